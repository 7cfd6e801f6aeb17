"""Coverage: Cobertura's XML (which coverage.py writes too), coverage.py's JSON, and LCOV."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from auditor.evidence.forms.markup import number
from auditor.evidence.record import Evidence, Refused, from_epoch, from_iso
from auditor.model.measure import Measure, unknown

HALF = re.compile(r"\(\s*(\d{1,9})\s*/\s*(\d{1,9})\s*\)")


def cobertura(root: Element, file: str) -> Evidence:
    """Lines and branches as counted in the file's own `line` elements; its head is only asked where it has none."""
    if root.get("clover") or root.find("project") is not None:
        raise Refused("this is Clover's XML, which is not read: write Cobertura's, LCOV or coverage.py's JSON")
    lines, branches = _counted(root)
    tool = "coverage.py" if _by_coverage_py(root) else "Cobertura"
    if not lines[1]:
        lines = _head(root, "lines", "line-rate")
        branches = _head(root, "branches", "branch-rate")
    return evidence("coverage", tool, file, from_epoch(root.get("timestamp", "")), lines, branches)


def _by_coverage_py(root: Element) -> bool:
    return re.match(r"\d+\.\d+(\.\d+)*", root.get("version", "")) is not None and root.get("complexity") == "0"


def _counted(root: Element) -> tuple[tuple[float, float], tuple[float, float]]:
    """Covered and valid lines, then branches. A line that several classes of one file share counts once, at its best."""
    hits: dict[tuple[str, str], bool] = {}
    ways: dict[tuple[str, str], tuple[int, int]] = {}
    for one in root.iter("class"):
        name = one.get("filename", "")
        for line in one.findall("lines/line"):
            place = (name, line.get("number", ""))
            hits[place] = hits.get(place, False) or (number(line, "hits") or 0) > 0
            half = HALF.search(line.get("condition-coverage", ""))
            if half and int(half[1]) <= int(half[2]):
                ways[place] = max(ways.get(place, (0, 0)), (int(half[1]), int(half[2])))
    branches = (float(sum(done for done, _ in ways.values())), float(sum(of for _, of in ways.values())))
    return (float(sum(hits.values())), float(len(hits))), branches


def _head(root: Element, what: str, share: str) -> tuple[float, float]:
    covered, valid = number(root, f"{what}-covered"), number(root, f"{what}-valid")
    if covered is not None and valid:
        return covered, valid
    rate = number(root, share)
    return (rate, 1.0) if rate is not None and valid is None else (0.0, 0.0)


def coverage_json(page: Mapping[str, object], file: str) -> Evidence:
    """coverage.py's JSON. Its `percent_covered` mixes branches in, so lines are counted from statements."""
    totals, meta = page.get("totals"), page.get("meta")
    if not isinstance(totals, dict):
        raise Refused("the JSON holds no totals")
    meta = meta if isinstance(meta, dict) else {}
    lines = (_figure(totals, "covered_lines"), _figure(totals, "num_statements"))
    branches = (_figure(totals, "covered_branches"), _figure(totals, "num_branches"))
    return evidence("coverage", "coverage.py", file, from_iso(str(meta.get("timestamp", ""))), lines, branches)


def _figure(table: Mapping[str, object], key: str) -> float:
    value = table.get(key, 0)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def lcov(text: str, file: str) -> Evidence:
    """LCOV's tracefile: lines from its `DA` entries, which tools write more faithfully than the sums `LF` and `LH`."""
    hits: dict[tuple[str, str], bool] = {}
    ways: dict[tuple[str, str], bool] = {}
    sums = dict.fromkeys(("LH", "LF", "BRH", "BRF"), 0.0)
    name = ""
    for line in text.splitlines():
        key, _, value = line.strip().partition(":")
        parts = value.split(",")
        if key == "SF":
            name = value
        elif key == "DA" and len(parts) >= 2:
            hits[name, parts[0]] = hits.get((name, parts[0]), False) or _count(parts[1]) > 0
        elif key == "BRDA" and len(parts) >= 4:
            way = (name, ",".join(parts[:3]))
            ways[way] = ways.get(way, False) or _count(parts[3]) > 0
        elif key in sums:
            sums[key] += max(_count(value), 0.0)
    lines = (float(sum(hits.values())), float(len(hits))) if hits else (sums["LH"], sums["LF"])
    branches = (float(sum(ways.values())), float(len(ways))) if ways else (sums["BRH"], sums["BRF"])
    return evidence("coverage", "LCOV", file, "", lines, branches)


def _count(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def evidence(
    kind: str, tool: str, file: str, taken_at: str, lines: tuple[float, float], branches: tuple[float, float]
) -> Evidence:
    """Shares of what was counted; where there was nothing to cover, the share is unknown and not 100."""
    found = [_share("coverage.line_pct", lines, tool, "no line that can be run was counted")]
    if branches[1]:
        found.append(_share("coverage.branch_pct", branches, tool, ""))
    return Evidence(kind=kind, tool=tool, file=file, taken_at=taken_at, measures=tuple(found))


def _share(name: str, counted: tuple[float, float], tool: str, note: str) -> Measure:
    covered, valid = counted
    if not 0 <= covered <= valid or not valid:
        return unknown(name, note or "more was covered than there is", "%", source=tool)
    detail = f"{covered:,.0f} of {valid:,.0f}" if valid > 1 else ""
    return Measure(name, round(100 * covered / valid, 4), "%", source=tool, note=detail)
