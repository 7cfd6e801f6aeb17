"""What the lines of the grade count in a snapshot: weighted findings, shares, packages. None where it was not measured."""

import math
from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from auditor.judge.scale import CONFIDENCE_WEIGHT, LEAST_LINES, LINES, SEVERITY_WEIGHT, Line, plural
from auditor.model.finding import Confidence, Finding, Severity
from auditor.model.measure import Basis
from auditor.model.snapshot import Snapshot

CONTRACT = "contract/"
NAMED_PACKS = frozenset(pack for line in LINES for pack in line.packs)


class Weighed(msgspec.Struct, frozen=True):
    """A line's figure with what was counted and over what; without a figure, `counted` says why there is none."""

    figure: float | None
    counted: str
    per: str = ""
    share: float = 1.0
    """The share of the figure's subject that was seen at all, 0 to 1: what was not earns nothing."""


def weigh(line: Line, snapshot: Snapshot) -> Weighed:
    """What the line counts in the snapshot."""
    off = [rule for rule in snapshot.switched_off if _belongs(rule, line)]
    if off:
        return Weighed(None, f"{', '.join(off)} switched off")
    for name in line.needs:
        gap = _gap(snapshot, name)
        if gap is not None and not (name.startswith("complexity.") and _value(snapshot, "size.functions") == 0):
            return Weighed(None, gap)
    return COUNTERS.get(line.name, _density)(line, snapshot)


def grave(snapshot: Snapshot) -> Counter[str]:
    """How many findings of each severity cap the grade: those that count, of high or medium confidence, whoever found them."""
    found = [one for one in snapshot.findings if standing(one) and not one.rule.startswith(CONTRACT)]
    return Counter(severity(one) for one in found if one.confidence is not Confidence.LOW)


def counts(finding: Finding) -> bool:
    """Whether a finding weighs in the grade. Those of other tools do not: the scales are made for our own rules, and a tool
    more would make a team worse. What was softened in the contract is told for itself: the grade is about the code.
    """
    return standing(finding) and weighs(finding)


def weighs(finding: Finding) -> bool:
    """Whether a finding is of the kind that the scales are made for."""
    return "tool" not in finding.facts and not finding.rule.startswith(CONTRACT)


def standing(finding: Finding) -> bool:
    """Whether a finding stands. A decision with a reason takes it out; leaving a path or rule out does not."""
    return finding.suppressed is None or finding.suppressed.kind == "settings"


def severity(finding: Finding) -> str:
    """The severity for the grade: the rule's own where the settings made it lighter."""
    own = Severity(finding.facts.get("own_severity", finding.severity.value))
    return min(own, finding.severity, key=lambda one: one.rank).value


def code_lines(snapshot: Snapshot) -> float:
    """Lines of code in the judged source, 0 where that is unknown."""
    return _value(snapshot, "size.code_lines") or 0.0


def _belongs(rule: str, line: Line) -> bool:
    pack = rule.partition("/")[0]
    return pack in line.packs or ("*" in line.packs and pack not in NAMED_PACKS)


def _density(line: Line, snapshot: Snapshot) -> Weighed:
    mine = [finding for finding in snapshot.findings if _belongs(finding.rule, line) and weighs(finding)]
    counted = [finding for finding in mine if counts(finding)]
    weight = sum(SEVERITY_WEIGHT[severity(f)] * CONFIDENCE_WEIGHT[f.confidence.value] for f in counted)
    lines = code_lines(snapshot)
    left = f", {len(mine) - len(counted):,} more suppressed with a reason" if len(mine) > len(counted) else ""
    small = f", taken as {LEAST_LINES:,}" if lines < LEAST_LINES else ""
    return Weighed(
        weight * 1000 / max(lines, LEAST_LINES),
        f"{plural(len(counted), 'finding')} of weight {weight:,.1f}{left}",
        f"{plural(lines, 'line')} of code{small}",
    )


def _duplication(_: Line, snapshot: Snapshot) -> Weighed:
    share = _known(snapshot, "duplication.density_pct")
    return Weighed(share, f"{share:.1f} % duplicated", f"{plural(code_lines(snapshot), 'line')} of code")


def _complexity(_: Line, snapshot: Snapshot) -> Weighed:
    functions = _known(snapshot, "size.functions")
    if not functions:
        return Weighed(0.0, "no function")
    over = _known(snapshot, "complexity.functions_over_10")
    return Weighed(100 * over / functions, f"{over:,.0f} over 10", plural(functions, "function"))


def _maintainability(_: Line, snapshot: Snapshot) -> Weighed:
    index = _known(snapshot, "maintainability.average")
    files = snapshot.scope.files.get("source", 0)
    return Weighed(index, f"index {index:.1f}", plural(files, "source file") if files else "all source files")


def _dependencies(_: Line, snapshot: Snapshot) -> Weighed:
    waiting = [package for package in snapshot.packages if package.state == "not audited"]
    total = len(snapshot.packages)
    if total and len(waiting) == total:
        return Weighed(None, f"none of {plural(total, 'package')} was audited: {waiting[0].note or 'no reason was given'}")
    critical, high = _known(snapshot, "dependencies.critical"), _known(snapshot, "dependencies.high")
    unknown = _value(snapshot, "dependencies.unknown") or 0.0
    counted = _value(snapshot, "dependencies.vulnerable")
    vulnerable = int(counted) if counted is not None else sum(package.state == "vulnerable" for package in snapshot.packages)
    others = max(0.0, vulnerable - critical - high - unknown)
    known = plural(max(vulnerable, critical + high + unknown), "vulnerable package")
    return Weighed(
        4 * critical + 2 * (high + unknown) + others,
        f"{known}, {critical:,.0f} critical, {high:,.0f} high" + (f", {unknown:,.0f} unknown" if unknown else ""),
        f"{total - len(waiting):,} audited of {plural(total, 'package')}",
        share=1 - len(waiting) / total if total else 1.0,
    )


def _coverage(_: Line, snapshot: Snapshot) -> Weighed:
    share = _known(snapshot, "coverage.line_pct")
    return Weighed(share, f"{share:.1f} % run by tests", "lines that can be run")


COUNTERS: Mapping[str, Callable[[Line, Snapshot], Weighed]] = {
    "duplication": _duplication,
    "complexity": _complexity,
    "maintainability": _maintainability,
    "dependencies": _dependencies,
    "coverage": _coverage,
}
"""How a line counts, where it is not by weighing its packs' findings."""


def _gap(snapshot: Snapshot, name: str) -> str | None:
    """Why a measure can not be used, empty where no more is to be said than that; None where it can."""
    measure = snapshot.measure(name)
    if measure is None:
        return ""
    if measure.value is None or not math.isfinite(measure.value):
        return measure.note
    return (measure.note or "the figure is too old") if measure.basis is Basis.STALE else None


def _value(snapshot: Snapshot, name: str) -> float | None:
    measure = snapshot.measure(name)
    return None if measure is None or _gap(snapshot, name) is not None else measure.value


def _known(snapshot: Snapshot, name: str) -> float:
    """A measure that `needs` has made sure of."""
    return _value(snapshot, name) or 0.0
