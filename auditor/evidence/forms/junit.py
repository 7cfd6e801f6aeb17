"""JUnit's XML: how many tests ran, failed, broke and were skipped."""

from xml.etree.ElementTree import Element

from auditor.evidence.record import Evidence, from_iso
from auditor.model.measure import Measure, unknown

TOOL = "JUnit XML"


def junit(root: Element, file: str) -> Evidence:
    """Counts the cases themselves: what a suite's head says is often wrong where suites are merged."""
    counts = dict.fromkeys(("failed", "errors", "skipped", "total"), 0)
    for case in root.iter("testcase"):
        counts["total"] += 1
        marks = {mark.tag for mark in case}
        if "error" in marks:
            counts["errors"] += 1
        elif "failure" in marks:
            counts["failed"] += 1
        elif "skipped" in marks:
            counts["skipped"] += 1
    suites = [root, *root.iter("testsuite")]
    newest = max((from_iso(suite.get("timestamp", "")) for suite in suites), default="")
    ran = counts["total"] - counts["skipped"]
    found = [Measure(f"tests.{name}", count, "count", source=TOOL) for name, count in sorted(counts.items())]
    if ran:
        passed = ran - counts["failed"] - counts["errors"]
        note = f"{passed:,} of {ran:,} that ran"
        share = Measure("tests.passed_pct", round(100 * passed / ran, 4), "%", source=TOOL, note=note)
    else:
        share = unknown("tests.passed_pct", "no test ran", "%", source=TOOL)
    return Evidence(kind="junit", tool=TOOL, file=file, taken_at=newest, measures=(*found, share))
