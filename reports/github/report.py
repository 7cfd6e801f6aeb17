"""Findings as annotations of a GitHub workflow. For the job's page: `--format markdown --output "$GITHUB_STEP_SUMMARY"`."""

from auditor.report import Finding, Report, View, visible

MOST = 50
"""GitHub shows no more annotations of a job than that, and ten of one kind in a step."""
LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "notice", "info": "notice"}


class Github(Report):
    """A line a finding, gravest first; the last line says how the gate went and how many findings are not shown."""

    name = "github"
    title = "annotations of a GitHub workflow, on standard output"

    def render(self, view: View) -> str:
        lines = [_command(finding) for finding in view.counted[:MOST]]
        left = len(view.counted) - MOST
        more = f"; {left:,} more findings stand in the other reports" if left > 0 else ""
        level = "notice" if view.verdict.passed else "error"
        summary = " ".join(view.summary)
        return "\n".join((*lines, f"::{level} title=auditor::{_text(summary + more)}", ""))


def _command(finding: Finding) -> str:
    place = finding.location
    pairs = [("title", finding.rule)]
    if place.path:
        pairs = [("file", place.path), ("line", str(max(place.line, 1))), ("col", str(max(place.column, 1))), *pairs]
        pairs += [("endLine", str(place.end_line))] if place.end_line > place.line else []
    said = ",".join(f"{name}={_property(value)}" for name, value in pairs)
    return f"::{LEVELS[finding.severity]} {said}::{_text(finding.message)}"


def _text(text: str) -> str:
    """What follows the second `::`: one line, in which only `%` is read."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
