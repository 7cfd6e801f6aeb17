"""One sprint for its review: its promises with where they came from, what moved them, what can be shown, and what is left."""

import msgspec

from auditor.model.history import Comparison, Seen
from auditor.model.measure import Measure
from auditor.model.outlook import Feature, ReviewState, SprintState, Standpoint
from auditor.model.roadmap import Progress, Sprint, State
from auditor.model.units import convert
from auditor.model.verdict import Grade
from auditor.report.parts.basis import basis
from auditor.report.parts.figure import figure, journey
from auditor.report.plot.paint import Plot
from auditor.report.plot.trend import trend
from auditor.report.told.brief import current, in_time_words
from auditor.report.view import View

SPARK_TALL = 34


class PromiseRow(msgspec.Struct, frozen=True):
    """A promise of the sprint in words. `last` is the figure with which the sprint began."""

    number: int
    """Its place among all promises, from 1: the anchor of its evidence."""
    text: str
    state: str
    baseline: str
    last: str
    now: str
    goal: str
    trend: str
    """`better`, `worse`, `still`, or `not known`, since the sprint began."""
    plot: Plot | None
    expected: str
    measure: str
    by: Measure | None
    """The figure that it is judged by."""
    evidence: str
    """How sure the figure is, how old, and by whom."""
    link: str
    reason: str
    claimed: bool
    fixed: tuple[Seen, ...]
    """Findings behind the figure that were mended since the sprint began."""
    new: tuple[Seen, ...]


class Retro(msgspec.Struct, frozen=True):
    """A figure for the retrospective: at the sprint's start, and now."""

    name: str
    was: str
    now: str


class SprintBrief(msgspec.Struct, frozen=True):
    """A sprint with all that its review asks for. `earlier` are promises of sprints before it that are not kept."""

    sprint: Sprint
    state: SprintState | None
    rows: tuple[PromiseRow, ...]
    earlier: tuple[PromiseRow, ...]
    demo: tuple[Feature, ...]
    """Deliverables that the evidence shows, at least partly: what can be shown in the review."""
    missing: tuple[Feature, ...]
    """Deliverables that it does not show, or that no promise speaks of."""
    reviews: tuple[ReviewState, ...]
    """The reviews that the roadmap wants once the sprint is over, with what can be said to their questions."""
    retro: tuple[Retro, ...]
    since: str
    """The day of the audit with which the sprint began, ISO; empty where there is none."""


def sprint_brief(view: View) -> SprintBrief | None:
    """The running sprint, else the last that is over, else the first ahead; None where the roadmap has no sprint."""
    state = current(view.review.sprints)
    sprints = view.roadmap.sprints if view.roadmap else ()
    sprint = next((one for one in sprints if state is not None and one.name == state.name), sprints[0] if sprints else None)
    if sprint is None:
        return None
    last = sprint == sprints[-1]
    before = [one.name for one in sprints[: sprints.index(sprint)]]
    rows = [(number, one) for number, one in enumerate(_standpoints(view), 1)]
    compared = view.review.since_sprint
    features = state.features if state else ()
    shown = [one for one in features if one.state in ("kept", "partly")]
    unkept = [(n, one) for n, one in rows if one.progress.target.sprint in before and one.progress.state is not State.MET]
    return SprintBrief(
        sprint=sprint,
        state=state,
        rows=tuple(_row(view, number, one) for number, one in rows if one.progress.target.sprint == sprint.name),
        earlier=tuple(_row(view, number, one) for number, one in unkept),
        demo=tuple(shown),
        missing=tuple(one for one in features if one not in shown),
        reviews=tuple(one for one in view.verdict.reviews if one.sprint == sprint.name or (not one.sprint and last)),
        retro=_retro(view, compared),
        since=compared.before.at[:10] if compared else "",
    )


def _standpoints(view: View) -> tuple[Standpoint, ...]:
    return view.review.standpoints or tuple(Standpoint(one) for one in view.verdict.progress)


def _row(view: View, number: int, one: Standpoint) -> PromiseRow:
    row, compared = one.progress, view.review.since_sprint
    target = row.target
    measure = row.by
    start, now, goal = journey(row)
    last = _then(view, row)
    rule = measure.source if measure else ""
    return PromiseRow(
        number=number,
        text=target.text,
        state=row.state.value,
        baseline=start,
        last="not known" if last is None else figure(last, _unit(row)),
        now=now,
        goal=goal,
        trend=_moved(last, row),
        plot=_plot(view, number, row),
        expected=in_time_words(one, view.snapshot.taken_at),
        measure=target.measure,
        by=measure,
        evidence=basis(measure, view.snapshot.taken_at) if measure else "no figure",
        link=measure.link if measure else "",
        reason=row.reason,
        claimed=target.claimed,
        fixed=tuple(seen for seen in compared.fixed if seen.rule == rule) if compared else (),
        new=tuple(seen for seen in (*compared.new, *compared.returned) if seen.rule == rule) if compared else (),
    )


def _unit(row: Progress) -> str:
    """The unit of figures in the row, none for what is merely counted."""
    if row.target.relative:
        return "%" if row.target.measure.endswith("_pct") else ""
    return "" if row.target.unit in ("count", "packages", "files", "functions") else row.target.unit


def _then(view: View, row: Progress) -> float | None:
    """The figure with which the sprint began, in the promise's unit."""
    series, compared = view.review.past.one(row.target.measure), view.review.since_sprint
    point = series.at(compared.before.at) if series is not None and compared is not None else None
    if series is None or point is None or point.value is None:
        return None
    return point.value if row.target.relative else convert(point.value, series.unit, row.target.unit)


def _moved(last: float | None, row: Progress) -> str:
    if last is None or row.now is None:
        return "not known"
    if abs(row.now - last) < 1e-9:
        return "still"
    wants_less = row.target.comparator.startswith("<") or (row.target.comparator == "==" and row.target.goal == 0)
    return "better" if (row.now < last) == wants_less else "worse"


def _plot(view: View, number: int, row: Progress) -> Plot | None:
    series = view.review.past.one(row.target.measure)
    return trend(f"p{number}", row.target.text, series.points, _unit(row), row.goal, SPARK_TALL, True) if series else None


def _retro(view: View, compared: Comparison | None) -> tuple[Retro, ...]:
    """What a retrospective looks back on; empty where the sprint's start is not in the history."""
    if compared is None:
        return ()
    before, grade = compared.before, view.verdict.grade
    shot = view.snapshot
    unread = {skip.path for skip in shot.skipped if skip.kind == "unread"}
    rows = [
        _grades(before.grade, grade),
        Retro("Findings that count", figure(sum(before.severities.values())), figure(len(view.counted))),
        Retro("Findings mended", "", figure(len(compared.fixed))),
        Retro("Findings new", "", figure(len(compared.new))),
        Retro("Findings that came back", "", figure(len(compared.returned))),
        Retro("Findings newly suppressed", "", figure(len(compared.silenced))),
        Retro("Lines of source", figure(before.scope.lines.get("source")), figure(shot.scope.lines.get("source"))),
        Retro("Files not read, rules that failed", figure(before.unjudged), figure(len(unread) + len(shot.crashed))),
        Retro("Promises softened", "", figure(len(view.review.changes))),
    ]
    return tuple(rows)


def _grades(before: Grade, after: Grade) -> Retro:
    """The letters side by side; those of two formulas do not compare, and say so."""
    told = [f"{one.letter} ({_points(one.score)})" for one in (before, after)]
    if before.formula != after.formula:
        told = [f"{text} by formula {one.formula}" for text, one in zip(told, (before, after), strict=True)]
        told[1] += ": the two do not compare"
    return Retro("Grade", *told)


def _points(score: float | None) -> str:
    return "no points" if score is None else f"{figure(score)} points"
