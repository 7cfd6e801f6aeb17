"""Settings that ask less than before: exclusions widened, bounds of the gate loosened."""

from collections.abc import Iterator

from auditor.judge.gate import BOUND
from auditor.judge.scale import letters
from auditor.model.contract import Change, Contract, Kind
from auditor.model.finding import Confidence, Severity
from auditor.model.policy import EvidencePlace, Gate, Most, Rules

JUDGED = ("source",)


def loosened(before: Contract, after: Contract) -> tuple[Change, ...]:
    """Every setting of the later contract that lets more pass, or lets less be looked at."""
    return (*_exclusions(before, after), *_gate(before.gate, after.gate), *_evidence(before.evidence, after.evidence))


def _exclusions(before: Contract, after: Contract) -> Iterator[Change]:
    yield from _more("discover", "exclude", before.discover.exclude, after.discover.exclude, "is no longer looked at")
    kinds = [pattern for pattern, kind in after.discover.kinds.items() if kind not in JUDGED]
    old_kinds = [pattern for pattern, kind in before.discover.kinds.items() if kind not in JUDGED]
    yield from _more("discover", "kinds", old_kinds, kinds, "no longer counts as source")
    if after.discover.max_file_kib < before.discover.max_file_kib:
        was, now = str(before.discover.max_file_kib), str(after.discover.max_file_kib)
        sentence = f"files over {now} KiB are no longer read; it was {was} KiB"
        yield Change(Kind.EXCLUSION, "discover.max_file_kib", was, now, sentence, place=("discover", -1, "max_file_kib"))
    yield from _rules(before.rules, after.rules)
    yield from _severities(before, after)
    unaudited = (tuple(before.supply.allow_unaudited), tuple(after.supply.allow_unaudited))
    yield from _more("supply", "allow_unaudited", *unaudited, "may stay unaudited")


def _rules(before: Rules, after: Rules) -> Iterator[Change]:
    yield from _more("rules", "ignore", before.ignore, after.ignore, "no longer runs")
    if after.select and set(after.select) != set(before.select):
        lost = sorted(set(before.select) - set(after.select)) if before.select else ["every rule that is not named"]
        for name in lost:
            sentence = f"{name} no longer runs"
            yield Change(Kind.EXCLUSION, f"rules.select: {name}", name, "", sentence, place=("rules", -1, "select"))
    yield from _more("rules", "boundaries", before.boundaries, after.boundaries, "may catch everything")
    old = [f"{rule} in {pattern}" for pattern, rules in before.path_ignores.items() for rule in rules]
    new = [f"{rule} in {pattern}" for pattern, rules in after.path_ignores.items() for rule in rules]
    yield from _more("rules", "path_ignores", old, new, "is no longer wanted")


def _severities(before: Contract, after: Contract) -> Iterator[Change]:
    for rule, now in after.rules.severity.items():
        was = before.rules.severity.get(rule, after.severities.get(rule, now))
        if Severity(now).rank > Severity(was).rank:
            sentence = f"{rule} counts as {now} instead of {was}"
            yield Change(Kind.EXCLUSION, f"rules.severity: {rule}", was, now, sentence, place=("rules", -1, "severity"))


def _more(
    section: str, key: str, before: list[str] | tuple[str, ...], after: list[str] | tuple[str, ...], what: str
) -> Iterator[Change]:
    for name in after:
        if name not in before:
            yield Change(Kind.EXCLUSION, f"{section}.{key}: {name}", "", name, f"{name} {what}", place=(section, -1, key))


def _gate(before: Gate, after: Gate) -> Iterator[Change]:
    for name in ("critical", "high", "medium", "low"):
        was, now = getattr(before, name), getattr(after, name)
        if _more_allowed(was, now):
            yield _bound(name, _most(was), _most(now), f"the gate lets {_found(now, name)} pass instead of {_most(was)}")
    order = [*letters(), ""]
    if order.index(after.min_grade) > order.index(before.min_grade):
        now = after.min_grade or "none"
        yield _bound("min_grade", before.min_grade, now, f"the least grade is {now} instead of {before.min_grade}")
    sure = list(Confidence)
    if sure.index(Confidence(after.confidence)) < sure.index(Confidence(before.confidence)):
        sentence = f"only findings of {after.confidence} confidence count, instead of {before.confidence}"
        yield _bound("confidence", before.confidence, after.confidence, sentence)
    if after.new_only and not before.new_only:
        yield _bound("new_only", "false", "true", "only new findings count")
    if before.claims and not after.claims:
        yield _bound("claims", "true", "false", "claims that are not met no longer fail the gate")
    if before.contract and not after.contract:
        yield _bound("contract", "true", "false", "softened promises no longer fail the gate")
    yield from _measures(before, after)
    for pattern in after.allow_skipped:
        if pattern not in before.allow_skipped:
            yield _bound(f"allow_skipped: {pattern}", "", pattern, f"{pattern} may stay unread")


def _measures(before: Gate, after: Gate) -> Iterator[Change]:
    for name, was in before.measures.items():
        now = after.measures.get(name, "")
        old, new = BOUND.match(was), BOUND.match(now)
        if old is None or was == now:
            continue
        same = new is not None and new[1][0] == old[1][0] != "="
        if new is None or not same or (float(new[2]) > float(old[2]) if old[1][0] == "<" else float(new[2]) < float(old[2])):
            yield _bound(f"measures: {name}", was, now, f"the bound of {name} went from {was} to {now or 'none'}")


def _evidence(before: EvidencePlace, after: EvidencePlace) -> Iterator[Change]:
    """Figures that may be older than before, and other tools' findings that weigh less."""
    limits = {"max_age_days": (before.max_age_days, after.max_age_days)}
    for name, days in after.ages.items():
        limits[f"ages: {name}"] = (before.ages.get(name, before.max_age_days), days)
    for name, (was, now) in limits.items():
        if now > was:
            sentence = f"figures may be {now:,} days old instead of {was:,} ({name})"
            place = ("evidence", -1, name.partition(":")[0])
            yield Change(Kind.BOUND, f"evidence.{name}", str(was), str(now), sentence, place=place)
    for name, grave in after.severity.items():
        old = before.severity.get(name)
        if old != grave and (old is None or Severity(grave).rank > Severity(old).rank) and grave in ("low", "info"):
            sentence = f"findings of {name} count as {grave}" + (f" instead of {old}" if old else "")
            place = ("evidence", -1, "severity")
            yield Change(Kind.EXCLUSION, f"evidence.severity: {name}", old or "", grave, sentence, place=place)


def _more_allowed(was: Most, now: Most) -> bool:
    return was != "any" and (now == "any" or now > was)


def _found(most: Most, name: str) -> str:
    return f"{_most(most)} {name} finding{'' if most == 1 else 's'}"


def _most(bound: Most) -> str:
    return "any number of" if bound == "any" else f"{bound:,}"


def _bound(subject: str, was: str, now: str, sentence: str) -> Change:
    key = subject.partition(":")[0]
    return Change(Kind.BOUND, f"gate.{subject}", was, now, sentence, place=("gate", -1, key))
