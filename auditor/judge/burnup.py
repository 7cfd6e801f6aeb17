"""Promises kept over time: what each day's own figures say of the promises as they are written today."""

from auditor.judge.progress import progress
from auditor.model.history import Entry, Past
from auditor.model.measure import Measure
from auditor.model.review import Kept
from auditor.model.roadmap import Progress, Roadmap, State

UNPROVEN = (State.UNKNOWN, State.STALE)


def burnup(roadmap: Roadmap | None, past: Past) -> tuple[Kept, ...]:
    """A point a day of the past, oldest first; empty without promises."""
    if roadmap is None or not roadmap.targets:
        return ()
    return tuple(_kept(entry.at[:10], stands) for entry, stands in standing(roadmap, past))


def standing(roadmap: Roadmap, past: Past) -> tuple[tuple[Entry, tuple[Progress, ...]], ...]:
    """Where every promise stood at each entry of the past, by the figures of then."""
    wanted = {target.measure for target in roadmap.targets}
    series = [one for one in past.series if one.measure in wanted and not one.subject]
    values = [{point.at: point for point in one.points} for one in series]
    found = []
    for entry in past.entries:
        measures = tuple(
            Measure(one.measure, point.value, one.unit, source=one.source, basis=point.basis, note=point.note)
            for one, points in zip(series, values, strict=True)
            if (point := points.get(entry.at)) is not None
        )
        found.append((entry, progress(roadmap, measures)))
    return tuple(found)


def _kept(day: str, stands: tuple[Progress, ...]) -> Kept:
    states = [one.state for one in stands]
    return Kept(day, states.count(State.MET), len(states), sum(state in UNPROVEN for state in states))
