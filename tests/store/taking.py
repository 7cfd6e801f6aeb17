"""Audits to be kept, each made in a line, and what the past should be by a plain look at all of them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from auditor.model.finding import Confidence, Finding, Location, Severity, Suppression
from auditor.model.history import Conditions, Seen, Stretch, Weighed
from auditor.model.measure import Basis, Measure
from auditor.model.snapshot import Snapshot
from auditor.model.taken import Taken
from auditor.model.verdict import Grade, Verdict

GRADE = Grade("B", 80.0, "1", caps=("capped at B+: coverage not measured",))


def at(day: int, hour: int = 9) -> str:
    """A moment: so many days after the first of January 2026."""
    return datetime.fromtimestamp(1_767_225_600 + day * 86_400 + hour * 3_600, UTC).isoformat(timespec="seconds")


def finding(name: str, severity: str = "high", counts: bool = True, line: int = 1, message: str = "says why") -> Finding:
    """A finding whose fingerprint is its name."""
    quiet = None if counts else Suppression("comment", "the vendor's SDK raises anything")
    place = Location("shop/pay.py", line)
    return Finding("errors/broad-except", Severity(severity), Confidence.HIGH, place, message, fingerprint=name, suppressed=quiet)


def taken(
    when: str,
    *findings: Finding,
    figures: tuple[Measure, ...] = (),
    commit: str = "",
    conditions: Conditions = Conditions("1"),  # noqa: B008  a frozen value
    dirty: bool | None = False,
) -> Taken:
    """An audit of that moment."""
    snapshot = Snapshot("shop", commit or f"c{when}", when, "1", findings=findings, measures=figures)
    return Taken(snapshot, Verdict(True, 0, (), GRADE), conditions, when, dirty=dirty)


def count(name: str, value: float | None, unit: str = "count") -> Measure:
    """A measure of the whole project."""
    return Measure(name, value, unit, basis=Basis.UNKNOWN if value is None else Basis.MEASURED)


def seen(audits: Sequence[Taken]) -> tuple[Seen, ...]:
    """What the past knows of all findings, worked out snapshot by snapshot."""
    line = sorted(audits, key=lambda one: one.at)
    names = sorted({name for one in line for name in one.findings})
    return tuple(_seen(name, line) for name in names)


def _seen(name: str, line: Sequence[Taken]) -> Seen:
    stretches: list[Stretch] = []
    weights: list[Weighed] = []
    standing = False
    last: Finding | None = None
    for one in line:
        found = one.findings.get(name)
        if found is None:
            standing = False
            continue
        stretches = [*stretches[:-1], Stretch(stretches[-1].first, one.at)] if standing else [*stretches, Stretch(one.at, one.at)]
        weight = Weighed(one.at, found.severity, found.suppressed is None)
        if not weights or (weights[-1].severity, weights[-1].counts) != (weight.severity, weight.counts):
            weights.append(weight)
        standing, last = True, found
    assert last is not None
    place = last.location
    return Seen(
        name, last.rule, last.confidence, place.path, place.line, last.message, tuple(stretches), tuple(weights), last.facts
    )
