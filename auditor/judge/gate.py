"""The gate: what fails a run by the team's own bounds, and what keeps it from being judged at all."""

import fnmatch
import operator
import re
from collections import Counter

import msgspec

from auditor.judge.scale import LETTERS
from auditor.model.finding import Confidence, Finding
from auditor.model.policy import Gate
from auditor.model.roadmap import Progress, State
from auditor.model.snapshot import Snapshot
from auditor.model.verdict import Grade

COMPARE = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "==": operator.eq}
BOUND = re.compile(r"\s*(<=|>=|==|<|>)\s*(-?\d+(?:\.\d+)?)\s*\Z")


class Reasons(msgspec.Struct, frozen=True):
    """Why a run fails, and why it could not be judged; both empty where it is clean."""

    failed: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()


def gate(
    snapshot: Snapshot, bounds: Gate, grade: Grade, progress: tuple[Progress, ...], known: frozenset[str] | None = None
) -> Reasons:
    """Holds a snapshot against the bounds. `known` are the baseline's fingerprints, None where there is no baseline."""
    counted = counting(snapshot.findings, bounds, known)
    failed = [*_too_many(counted, bounds), *_grade_too_low(grade, bounds), *_claims(progress, bounds)]
    missed, unknown = _measures(snapshot, bounds)
    unjudged = [*_unread(snapshot, bounds), *unknown]
    if not any(count for kind, count in snapshot.scope.files.items()):
        unjudged.insert(0, "nothing to judge: no Python file was found")
    return Reasons(tuple(failed + missed), tuple(unjudged))


def counting(findings: tuple[Finding, ...], bounds: Gate, known: frozenset[str] | None) -> tuple[Finding, ...]:
    """The findings that the gate counts: not suppressed, sure enough, and new where only new ones count."""
    order = list(Confidence)
    least = order.index(Confidence(bounds.confidence))
    return tuple(
        finding
        for finding in findings
        if finding.suppressed is None
        and order.index(finding.confidence) <= least
        and (known is None or finding.fingerprint not in known)
    )


def _too_many(findings: tuple[Finding, ...], bounds: Gate) -> list[str]:
    counts = Counter(finding.severity.value for finding in findings)
    limits = {"critical": bounds.critical, "high": bounds.high, "medium": bounds.medium, "low": bounds.low}
    return [
        f"{counts[name]} {name} finding{'s' * (counts[name] != 1)}, at most {limit} allowed"
        for name, limit in limits.items()
        if limit is not None and counts[name] > limit
    ]


def _grade_too_low(grade: Grade, bounds: Gate) -> list[str]:
    order = [name for name, _ in LETTERS]
    if bounds.min_grade and (grade.letter not in order or order.index(grade.letter) > order.index(bounds.min_grade)):
        return [f"grade {grade.letter}, at least {bounds.min_grade} asked for"]
    return []


def _claims(progress: tuple[Progress, ...], bounds: Gate) -> list[str]:
    if not bounds.claims:
        return []
    return [f"claimed but not met: {one.target.text}" for one in progress if one.state is State.CLAIMED]


def _measures(snapshot: Snapshot, bounds: Gate) -> tuple[list[str], list[str]]:
    """Bounds that are broken, and bounds on what is unknown."""
    missed, unknown = [], []
    for name, text in sorted(bounds.measures.items()):
        match = BOUND.match(text)
        measure = snapshot.measure(name)
        if measure is None or measure.value is None or match is None:
            why = measure.note if measure is not None and measure.note else "not measured"
            unknown.append(f"{name} {text} can not be judged: {why}")
        elif not COMPARE[match[1]](measure.value, float(match[2])):
            missed.append(f"{name} is {measure.value:g}, {text} asked for")
    return missed, unknown


def _unread(snapshot: Snapshot, bounds: Gate) -> list[str]:
    told = [
        skip
        for skip in snapshot.skipped
        if skip.kind == "unread" and not any(fnmatch.fnmatchcase(skip.path, pattern) for pattern in bounds.allow_skipped)
    ]
    reasons = []
    if snapshot.crashed:
        rules = ", ".join(sorted({crash.rule for crash in snapshot.crashed}))
        reasons.append(f"{rules} crashed on {len({crash.path for crash in snapshot.crashed})} files")
    if told:
        reasons.append(f"{len({skip.path for skip in told})} could not be read or judged, first {told[0].path}: {told[0].reason}")
    return reasons
