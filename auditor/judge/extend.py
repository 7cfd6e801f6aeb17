"""The past with today's audit at its end, as it would be read had the audit been kept."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import msgspec

from auditor.model.finding import Finding
from auditor.model.history import Entry, Past, Point, Seen, Series, Stretch, Weighed
from auditor.model.measure import Basis, Measure
from auditor.model.taken import Taken, key_of
from auditor.model.units import convert


def extended(past: Past, taken: Taken) -> Past:
    """The past with one more entry, which becomes the newest: a moment that lies before it is moved behind it.

    The past has to hold all that is known of the audit's own findings: one that is not there is taken for new.
    """
    newest = past.newest
    at = taken.at if newest is None or taken.at > newest.at else _next_second(newest.at)
    entry = msgspec.structs.replace(taken.entry, at=at)
    return Past(
        entries=(*past.entries, entry),
        series=tuple(sorted(_series(past, taken.figures, entry), key=lambda one: (one.measure, one.subject))),
        seen=tuple(sorted(_seen(past, taken.findings, at), key=lambda one: one.fingerprint)),
        conditions={**past.conditions, key_of(taken.conditions): taken.conditions},
    )


def _next_second(moment: str) -> str:
    return (datetime.fromisoformat(moment) + timedelta(seconds=1)).isoformat(timespec="seconds")


def _seen(past: Past, found: Mapping[str, Finding], at: str) -> Iterator[Seen]:
    before = past.newest.at if past.newest is not None else ""
    known = {one.fingerprint for one in past.seen}
    for one in past.seen:
        yield _again(one, found[one.fingerprint], before, at) if one.fingerprint in found else one
    for name, finding in found.items():
        if name not in known:
            yield _told(name, finding, (Stretch(at, at),), (_weighed(finding, at),))


def _again(one: Seen, finding: Finding, before: str, at: str) -> Seen:
    goes_on = one.last_seen == before
    stretches = (*one.stretches[:-1], Stretch(one.stretches[-1].first, at)) if goes_on else (*one.stretches, Stretch(at, at))
    weight = _weighed(finding, at)
    same = (one.weights[-1].severity, one.weights[-1].counts) == (weight.severity, weight.counts)
    return _told(one.fingerprint, finding, stretches, one.weights if same else (*one.weights, weight))


def _told(name: str, finding: Finding, stretches: tuple[Stretch, ...], weights: tuple[Weighed, ...]) -> Seen:
    place = finding.location
    return Seen(
        name, finding.rule, finding.confidence, place.path, place.line, finding.message, stretches, weights, finding.facts
    )


def _weighed(finding: Finding, at: str) -> Weighed:
    return Weighed(at, finding.severity, finding.suppressed is None)


def _series(past: Past, figures: Mapping[tuple[str, str], Measure], entry: Entry) -> Iterator[Series]:
    known = {(one.measure, one.subject): one for one in past.series}
    for name, one in known.items():
        yield _longer(one, figures[name], entry) if name in figures else one
    for name, figure in figures.items():
        if name not in known and not figure.subject:
            yield Series(*name, figure.unit, (_point(figure, entry),), figure.source)


def _longer(one: Series, figure: Measure, entry: Entry) -> Series:
    """With one more point. The newest known figure says the unit, and the earlier ones are turned into it."""
    if not figure.known:
        return msgspec.structs.replace(one, points=(*one.points, _point(figure, entry)))
    earlier = tuple(_turned(point, one.unit, figure.unit) for point in one.points)
    return Series(one.measure, one.subject, figure.unit, (*earlier, _point(figure, entry)), figure.source)


def _turned(point: Point, have: str, want: str) -> Point:
    if point.value is None or have == want:
        return point
    value = convert(point.value, have, want)
    if value is None:
        return msgspec.structs.replace(point, value=None, basis=Basis.UNKNOWN, note=f"was measured in {have or 'no unit'}")
    return msgspec.structs.replace(point, value=value)


def _point(figure: Measure, entry: Entry) -> Point:
    value = None if figure.value is None else float(figure.value)
    return Point(entry.at, entry.commit, value, figure.basis, figure.note, figure.taken_at, figure.link)
