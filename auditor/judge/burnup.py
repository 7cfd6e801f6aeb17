"""Promises kept over time: what each day's own figures say of the promises as they are written today."""

from collections.abc import Iterable
from datetime import date, timedelta

from auditor.judge.progress import progress
from auditor.model.history import Entry, Past
from auditor.model.measure import Measure
from auditor.model.review import Kept
from auditor.model.roadmap import Progress, Roadmap, State

HALF_YEAR, LEAD = timedelta(days=182), timedelta(days=28)
MOST_DAYS = 120
"""More points than that are thinned evenly: a chart shows no more."""
UNPROVEN = (State.UNKNOWN, State.STALE)


def burnup(roadmap: Roadmap | None, past: Past) -> tuple[Kept, ...]:
    """A point a day of the last half year, or since four weeks before the first sprint, oldest first; empty without promises."""
    if roadmap is None or not roadmap.targets or past.newest is None:
        return ()
    end = date.fromisoformat(past.newest.at[:10])
    begins = [sprint.starts for sprint in roadmap.sprints if sprint.starts]
    first = date.fromisoformat(min(begins)) - LEAD if begins else end
    since = min(first, end - HALF_YEAR).isoformat()
    entries = [entry for entry in past.entries if entry.at[:10] >= since]
    apart = -(-len(entries) // MOST_DAYS)
    return tuple(_kept(entry.at[:10], stands) for entry, stands in standing(roadmap, past, entries[::-1][::apart][::-1]))


def standing(roadmap: Roadmap, past: Past, entries: Iterable[Entry]) -> tuple[tuple[Entry, tuple[Progress, ...]], ...]:
    """Where every promise stood at each of these entries of the past, by the figures of then."""
    wanted = {(target.measure, about) for target in roadmap.targets for about in ("", target.text)}
    series = [one for one in past.series if (one.measure, one.subject) in wanted]
    values = [{point.at: point for point in one.points} for one in series]
    found = []
    for entry in entries:
        measures = tuple(
            Measure(one.measure, point.value, one.unit, one.subject, one.source, point.basis, point.note)
            for one, points in zip(series, values, strict=True)
            if (point := points.get(entry.at)) is not None
        )
        found.append((entry, progress(roadmap, measures)))
    return tuple(found)


def _kept(day: str, stands: tuple[Progress, ...]) -> Kept:
    states = [one.state for one in stands]
    return Kept(day, states.count(State.MET), len(states), sum(state in UNPROVEN for state in states))
