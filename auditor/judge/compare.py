"""Two snapshots of one history beside each other: which findings came and went, which figures moved, what else differs."""

from collections.abc import Iterable, Iterator

from auditor.model.history import Change, Comparison, Conditions, Entry, Past, Point, Seen


def compare(past: Past, before: Entry, after: Entry) -> Comparison:
    """What differs between two entries of a past, `before` the earlier.

    The past has to hold the findings of both: they were asked for as such, or one of them is the newest.
    """
    early = {one.fingerprint for one in past.seen if one.counted(before.at)}
    late = {one.fingerprint for one in past.seen if one.counted(after.at)}
    came = [one for one in past.seen if one.fingerprint in late - early]
    went = [one for one in past.seen if one.fingerprint in early - late]
    return Comparison(
        before=before,
        after=after,
        open=_gravest_first(one for one in past.seen if one.fingerprint in early & late),
        new=_gravest_first(one for one in came if one.first_seen > before.at),
        returned=_gravest_first(one for one in came if one.first_seen <= before.at and not one.stood(before.at)),
        resumed=_gravest_first(one for one in came if one.stood(before.at)),
        fixed=_gravest_first(one for one in went if not one.stood(after.at)),
        silenced=_gravest_first(one for one in went if one.stood(after.at)),
        changes=tuple(_changes(past, before.at, after.at)),
        differing=tuple(_differing(past.conditions[before.conditions], past.conditions[after.conditions])),
    )


def _gravest_first(findings: Iterable[Seen]) -> tuple[Seen, ...]:
    return tuple(sorted(findings, key=lambda one: (one.severity.rank, one.path, one.line, one.rule, one.fingerprint)))


def _changes(past: Past, before: str, after: str) -> Iterator[Change]:
    for one in sorted(past.series, key=lambda series: (series.measure, series.subject)):
        early, late = one.at(before), one.at(after)
        if _told(early) != _told(late):
            yield Change(one.measure, one.subject, one.unit, early, late)


def _told(point: Point | None) -> tuple[object, ...]:
    return () if point is None else (point.value, point.basis)


def _differing(before: Conditions, after: Conditions) -> Iterator[str]:
    pairs = (
        ("tool version", before.tool_version, after.tool_version),
        ("rules", before.rules, after.rules),
        ("dependencies", before.packages, after.packages),
        ("files looked at", before.discover, after.discover),
        ("choice of rules", before.choice, after.choice),
    )
    yield from (name for name, early, late in pairs if early != late)
