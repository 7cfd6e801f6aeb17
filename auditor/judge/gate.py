"""The gate: what fails a run by the team's own bounds, and what keeps it from being judged at all."""

import fnmatch
import operator
import re
from collections import Counter
from collections.abc import Mapping

import msgspec

from auditor.judge.baseline import new_findings
from auditor.judge.failures import failures
from auditor.judge.scale import letters, plural
from auditor.model.closest import closest
from auditor.model.finding import Confidence, Finding
from auditor.model.measure import Basis
from auditor.model.policy import Gate, Supply
from auditor.model.roadmap import Progress, State
from auditor.model.snapshot import Snapshot
from auditor.model.verdict import Grade

COMPARE = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "==": operator.eq}
BOUND = re.compile(r"\s*(<=|>=|==|<|>)\s*(-?\d{1,15}(?:\.\d{1,15})?)\s*\Z")
LONGEST = 160
"""Characters of a name in a reason."""
NAMED = 3
"""How many unread files are named in a reason; the reports list them all."""


class Reasons(msgspec.Struct, frozen=True):
    """Why a run fails, and why it could not be judged; both empty where it is clean. `kept` are the bounds that hold."""

    failed: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def gate(
    snapshot: Snapshot,
    bounds: Gate,
    grade: Grade,
    progress: tuple[Progress, ...],
    known: frozenset[str] | None = None,
    supply: Supply = Supply(),  # noqa: B008  a frozen value
) -> Reasons:
    """Holds a snapshot against the bounds. `known` are the baseline's fingerprints, None where there is no baseline;
    `supply` says which packages may stay unaudited, and until when.
    """
    counted = counting(snapshot.findings, bounds, known)
    missed, unknown, within = _measures(snapshot, bounds)
    claimed, unproven = _claims(progress, bounds)
    unjudged = [*_nothing(snapshot), *_baseline(bounds, known), *_unread(snapshot, bounds), *unknown, *unproven]
    unjudged += unaudited(snapshot, bounds, supply)
    many, few = _numbers(snapshot.findings, counted, bounds, known)
    low, enough = _grade(grade, bounds)
    failed = (*many, *low, *missed, *claimed, *_softened(snapshot, bounds))
    return Reasons(failed, tuple(unjudged), (*few, *enough, *within))


def counting(findings: tuple[Finding, ...], bounds: Gate, known: frozenset[str] | None = None) -> tuple[Finding, ...]:
    """The findings that the gate counts: not suppressed, sure enough, and new where there is a baseline."""
    order = list(Confidence)
    least = order.index(Confidence(bounds.confidence))
    sure = tuple(one for one in findings if one.suppressed is None and order.index(one.confidence) <= least)
    return sure if known is None else new_findings(sure, known)


def _numbers(
    findings: tuple[Finding, ...], counting: tuple[Finding, ...], bounds: Gate, known: frozenset[str] | None
) -> tuple[list[str], list[str]]:
    """The bounds of findings that are broken, and those that are kept, with how many findings no bound counts."""
    counts = Counter(finding.severity.value for finding in counting)
    unsuppressed = Counter(finding.severity.value for finding in findings if finding.suppressed is None)
    limits = {"critical": bounds.critical, "high": bounds.high, "medium": bounds.medium, "low": bounds.low}
    new = "" if known is None else "new "
    broken: list[str] = []
    kept: list[str] = []
    for name, limit in limits.items():
        if isinstance(limit, int):
            told = f"{plural(counts[name], f'{new}{name} finding')}, at most {limit:,} allowed"
            beside = unsuppressed[name] - counts[name]
            why = "less sure" if known is None else "known or less sure"
            told += f"; {beside:,} more, {why}, not counted" if beside else ""
            (broken if counts[name] > limit else kept).append(told)
    return broken, kept


def _grade(grade: Grade, bounds: Gate) -> tuple[list[str], list[str]]:
    """The bound of the grade, as broken or as kept."""
    if not bounds.min_grade:
        return [], []
    order = letters()
    told = [f"grade {grade.letter}, at least {bounds.min_grade} asked for"]
    kept = grade.letter in order and order.index(grade.letter) <= order.index(bounds.min_grade)
    return ([], told) if kept else (told, [])


def _claims(progress: tuple[Progress, ...], bounds: Gate) -> tuple[list[str], list[str]]:
    """Claims that the evidence speaks against, and claims without evidence."""
    if not bounds.claims:
        return [], []
    unknown = (State.UNKNOWN, State.STALE)
    return (
        [f"claimed but not met: {one.target.text}" for one in progress if one.state is State.CLAIMED],
        [f"claimed without evidence: {one.target.text}" for one in progress if one.target.claimed and one.state in unknown],
    )


def _softened(snapshot: Snapshot, bounds: Gate) -> list[str]:
    """Promises that are softer than in the base commit."""
    if not bounds.contract:
        return []
    return [f"softened: {one.message}" for one in snapshot.findings if one.rule.startswith("contract/") and not one.suppressed]


def _measures(snapshot: Snapshot, bounds: Gate) -> tuple[list[str], list[str], list[str]]:
    """Bounds that are broken, bounds on what is unknown, and bounds that are kept."""
    missed: list[str] = []
    unknown: list[str] = []
    kept: list[str] = []
    for name, text in sorted(bounds.measures.items()):
        bound = BOUND.match(text)
        measure = snapshot.measure(name)
        if bound is None:
            unknown.append(f"{name}: {text!r} is no bound")
        elif measure is None:
            unknown.append(f"{name} {text} can not be judged: {_no_measure(name, snapshot)}")
        elif measure.value is None or measure.basis is Basis.STALE:
            why = measure.note or ("its figure is too old" if measure.value is not None else "not measured")
            unknown.append(f"{name} {text} can not be judged: {why}")
        else:
            holds = COMPARE[bound[1]](measure.value, float(bound[2]))
            (kept if holds else missed).append(f"{name} is {measure.value:,.10g}, {text} asked for")
    return missed, unknown, kept


def _no_measure(name: str, snapshot: Snapshot) -> str:
    near = closest(name, {one.name for one in snapshot.measures})
    return f"no measure has this name, did you mean {near}?" if near else "nothing measures it"


def _nothing(snapshot: Snapshot) -> list[str]:
    return [] if any(snapshot.scope.files.values()) else ["nothing to judge: no Python file was found"]


def _baseline(bounds: Gate, known: frozenset[str] | None) -> list[str]:
    if bounds.new_only and known is None:
        return ["only new findings are to count, but there is no baseline: write one with `auditor baseline`"]
    return []


def _unread(snapshot: Snapshot, bounds: Gate) -> list[str]:
    """What kept the audit from seeing all: rules that crashed, and files that are neither read nor allowed to be unread."""
    reasons = [failures(snapshot)] if snapshot.crashed else []
    unread = {
        skip.path: skip.reason
        for skip in reversed(snapshot.skipped)
        if skip.kind == "unread" and not any(fnmatch.fnmatchcase(skip.path, pattern) for pattern in bounds.allow_skipped)
    }
    return [*reasons, f"could not be judged: {_some(unread)}"] if unread else reasons


def unaudited(snapshot: Snapshot, bounds: Gate, supply: Supply) -> list[str]:
    """Packages that nobody audited, where findings are bounded at all: each may hold what the bounds forbid."""
    today = snapshot.taken_at[:10]
    allowed = {_normal(name) for name, until in supply.allow_unaudited.items() if until >= today}
    waiting = {one.name: one.note for one in snapshot.packages if one.state == "not audited" and _normal(one.name) not in allowed}
    bounded = any(isinstance(limit, int) for limit in (bounds.critical, bounds.high, bounds.medium, bounds.low))
    if not (waiting and bounded):
        return []
    return [f"{len(waiting):,} of {plural(len(snapshot.packages), 'package')} not audited: {_some(waiting)}"]


def _normal(name: str) -> str:
    """A package's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _some(found: Mapping[str, str]) -> str:
    """The first names with what is said of them, and how many there are besides."""
    first = ", ".join(f"{_short(name)} ({found[name]})" for name in sorted(found)[:NAMED])
    return first + (f" and {len(found) - NAMED:,} more" if len(found) > NAMED else "")


def _short(name: str) -> str:
    """A name as far as a line has room for it: of a path that goes on and on, both ends."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST // 2]}…{name[-LONGEST // 2 :]}"
