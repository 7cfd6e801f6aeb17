"""What the lines of the grade count in a snapshot: weighted findings, shares, packages. None where it was not measured."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from auditor.judge.lines import OTHERS, Line, Over, line_of
from auditor.judge.scale import CONFIDENCE_WEIGHT, SEVERITY_WEIGHT, SHARE_WEIGHT, plural
from auditor.model.finding import Confidence, Finding, Severity
from auditor.model.measure import Basis
from auditor.model.snapshot import Snapshot

CONTRACT = "contract/"


class Held(Protocol):
    """What a line looks at in a finding, of today or of the past."""

    @property
    def rule(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def confidence(self) -> Confidence: ...
    @property
    def facts(self) -> dict[str, str]: ...


class Weighed(msgspec.Struct, frozen=True):
    """A line's figure with what was counted and over what; without a figure, `counted` says why there is none."""

    figure: float | None
    counted: str
    per: str = ""
    share: float = 1.0
    """The share of the figure's subject that was seen at all, 0 to 1: what was not earns nothing."""
    applies: bool = True
    """Whether the project has anything that the line could be about."""


def weigh(line: Line, snapshot: Snapshot, mine: Sequence[Finding]) -> Weighed:
    """What the line counts in the snapshot; `mine` are the findings of its rules."""
    off = [rule for rule in snapshot.switched_off if line_of(rule) is line]
    nothing = _nothing(line, snapshot, mine, off)
    if nothing:
        return Weighed(None, nothing, applies=False)
    if off:
        return Weighed(None, f"{', '.join(off)} switched off")
    gap = next((gap for name in line.needs if (gap := _gap(snapshot, name)) is not None), None)
    if gap is not None:
        return Weighed(None, gap)
    return _findings(line, snapshot, mine) if line.over is not None else COUNTERS[line.name](snapshot)


def _nothing(line: Line, snapshot: Snapshot, mine: Sequence[Finding], off: Sequence[str]) -> str:
    """Why the project has nothing that the line could be about; empty where it may have."""
    if line.rules == (OTHERS,):
        own = any(line_of(rule.id) is line and not rule.id.startswith(CONTRACT) for rule in snapshot.rules)
        return "" if own or mine or off else "the team has no rules of its own"
    measures = (snapshot.measure(name) for name in line.needs)
    note = next((one.note for one in measures if one is not None and one.basis is Basis.ABSENT), "")
    return "" if line.share and any(counts(one) for one in mine) else note


def sorted_out(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings that the scales are made for, by the name of their line."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if weighs(finding):
            found.setdefault(line_of(finding.rule).name, []).append(finding)
    return found


def amount(line: Line, findings: Iterable[Held]) -> tuple[float, int]:
    """What findings of one line come to, and how many they are: things for a share, where a doubtful one counts in part."""
    if not line.share:
        each = [SEVERITY_WEIGHT[severity(one)] * CONFIDENCE_WEIGHT[one.confidence.value] for one in findings]
        return sum(each), len(each)
    things: dict[object, float] = {}
    for number, one in enumerate(findings):
        thing = one.facts.get(line.thing, number) if line.thing else number
        things[thing] = max(things.get(thing, 0.0), SHARE_WEIGHT[one.confidence.value])
    return sum(things.values()), len(things)


def density(over: Over, weight: float, number: float) -> float:
    """What comes to so many of what it is held against."""
    return weight * over.each / max(number, over.least)


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


def severity(finding: Held) -> str:
    """The severity for the grade: the rule's own where the settings made it lighter."""
    own = Severity(finding.facts.get("own_severity", finding.severity.value))
    return min(own, finding.severity, key=lambda one: one.rank).value


def code_lines(snapshot: Snapshot) -> float:
    """Lines of code in the judged source, 0 where that is unknown."""
    return _value(snapshot, "size.code_lines") or 0.0


def _findings(line: Line, snapshot: Snapshot, mine: Sequence[Finding]) -> Weighed:
    over = line.over
    assert over is not None
    counted = [finding for finding in mine if counts(finding)]
    weight, number = amount(line, counted)
    whole = _value(snapshot, over.measure)
    if whole is None:  # nothing that it could be about, and yet findings: all of it is bad
        return Weighed(over.each, f"{number:,} {line.share}", f"{number:,} found")
    left = f", {len(mine) - len(counted):,} more suppressed with a reason" if len(mine) > len(counted) else ""
    if line.share:
        doubtful = f", some in doubt: counted as {weight:,.1f}" if weight < number else ""
        whole = max(whole, number)
        said = f"{number:,} {line.share}{doubtful}{left}"
        return Weighed(density(over, weight, whole), said, over.told(whole))
    said = f"{plural(len(counted), 'finding')} of weight {weight:,.1f}{left}"
    return Weighed(density(over, weight, whole), said, over.told(whole))


def _duplication(snapshot: Snapshot) -> Weighed:
    share = _known(snapshot, "duplication.density_pct")
    return Weighed(share, f"{share:.1f} % duplicated", f"{plural(code_lines(snapshot), 'line')} of code")


def _complexity(snapshot: Snapshot) -> Weighed:
    functions = _known(snapshot, "size.functions")
    if not functions:
        return Weighed(0.0, "no function")
    over = _known(snapshot, "complexity.functions_over_10")
    return Weighed(100 * over / functions, f"{over:,.0f} over 10", plural(functions, "function"))


def _maintainability(snapshot: Snapshot) -> Weighed:
    index = _known(snapshot, "maintainability.average")
    files = snapshot.scope.files.get("source", 0)
    return Weighed(index, f"index {index:.1f}", plural(files, "source file") if files else "all source files")


def _dependencies(snapshot: Snapshot) -> Weighed:
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


def _coverage(snapshot: Snapshot) -> Weighed:
    share = _known(snapshot, "coverage.line_pct")
    return Weighed(share, f"{share:.1f} % run by tests", "lines that can be run")


COUNTERS: Mapping[str, Callable[[Snapshot], Weighed]] = {
    "duplication": _duplication,
    "complexity": _complexity,
    "maintainability": _maintainability,
    "dependencies": _dependencies,
    "coverage": _coverage,
}
"""How a line counts, where it is not by its rules' findings."""


def _gap(snapshot: Snapshot, name: str) -> str | None:
    """Why a measure can not be used, empty where no more is to be said than that; None where it can, or where there is
    nothing to measure.
    """
    measure = snapshot.measure(name)
    if measure is None:
        return ""
    if measure.basis is Basis.ABSENT or (name.startswith("complexity.") and _value(snapshot, "size.functions") == 0):
        return None
    if measure.value is None or not math.isfinite(measure.value):
        return measure.note
    return (measure.note or "the figure is too old") if measure.basis is Basis.STALE else None


def _value(snapshot: Snapshot, name: str) -> float | None:
    measure = snapshot.measure(name)
    return None if measure is None or _gap(snapshot, name) is not None else measure.value


def _known(snapshot: Snapshot, name: str) -> float:
    """A measure that `needs` has made sure of."""
    return _value(snapshot, name) or 0.0
