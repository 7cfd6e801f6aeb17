"""What a report on time shows first and draws: whether it is on track, what moved and why, what threatens, and the charts."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from auditor.model.change import Attribution
from auditor.model.finding import Severity
from auditor.model.history import Point, Seen, Series
from auditor.model.measure import Measure
from auditor.model.outlook import InTime, SprintState, Standpoint
from auditor.model.review import Size
from auditor.model.roadmap import State
from auditor.report.parts.figure import plural
from auditor.report.parts.group import Group
from auditor.report.parts.title import title
from auditor.report.plot.burnup import burnup
from auditor.report.plot.paint import Plot
from auditor.report.plot.trend import trend
from auditor.report.plot.waterfall import waterfall
from auditor.report.view import View

MOST_TRENDS = 9
STILL = 0.05
"""Points of the grade below which nothing is said to have moved."""
OTHERS = (
    "duplication.density_pct", "errors.swallowed", "errors.broad_handlers", "todo.security", "coverage.line_pct",
    "complexity.functions_over_10", "dependencies.count", "size.code_lines", "maintainability.average",
)  # fmt: skip
"""Measures whose trend is shown where the roadmap names too few."""
SMALL_PLACES, MEDIUM_PLACES = 3, 15


class Trend(msgspec.Struct, frozen=True):
    """A figure's chart and what stands beside it."""

    title: str
    plot: Plot
    measure: Measure | None
    promised: str


class Threat(msgspec.Struct, frozen=True):
    """All findings of one rule, as a risk: what they threaten is told by the rule's pack and its own words."""

    pack: str
    tool: str
    """The other tool that found them; empty for rules of our own."""
    group: Group
    why: str
    """The first sentence of the rule's reason."""
    size: Size
    new: int
    fixed: int
    oldest_days: int | None


class Brief(msgspec.Struct, frozen=True):
    """The first screen and the charts of a report on time. A chart is None where there is nothing to draw yet."""

    light: str
    """`on track`, `at risk`, `off track`, or `unknown`; without a roadmap `gate passed` or `gate failed`."""
    headline: str
    sprint: SprintState | None
    change: float | None
    """Points of the grade since last time."""
    since: str
    """The day of last time, ISO, or empty."""
    causes: Attribution | None
    grade: Plot | None
    waterfall: Plot | None
    burnup: Plot | None
    trends: tuple[Trend, ...]
    threats: tuple[Threat, ...]
    fixed: tuple[Seen, ...]
    new: tuple[Seen, ...]


def brief(view: View) -> Brief:
    """Made once for a report and handed to its templates."""
    review, grade = view.review, view.verdict.grade
    day = view.snapshot.taken_at[:10]
    before = review.before
    comparable = before is not None and not review.steps_note and before.grade.score is not None and grade.score is not None
    was = before.grade.score if before is not None and comparable else None
    change = round(grade.score - was, 1) if grade.score is not None and was is not None else None
    sprint = current(review.sprints)
    light = _light(sprint, view)
    sprints = view.roadmap.sprints if view.roadmap else ()
    compared = review.compared
    since = before.at[:10] if before else ""
    return Brief(
        light=light,
        headline=_headline(sprint, view),
        sprint=sprint,
        change=change,
        since=since,
        causes=_causes(review.attributions),
        grade=_grade_trend(view),
        waterfall=waterfall(was, grade.score, review.steps, spoken(since), spoken(day))
        if was is not None and grade.score is not None and review.steps
        else None,
        burnup=burnup(review.kept, review.standpoints, sprints, day),
        trends=tuple(_trends(view)),
        threats=threats(view),
        fixed=compared.fixed if compared else (),
        new=(*compared.new, *compared.returned) if compared else (),
    )


def _causes(attributions: Iterable[Attribution]) -> Attribution | None:
    """The grade's, without what rounding leaves; the largest part first."""
    told = next((one for one in attributions if one.figure == "grade.score"), None)
    if told is None:
        return None
    parts = sorted((one for one in told.parts if abs(one.amount) >= STILL), key=lambda one: -abs(one.amount))
    return msgspec.structs.replace(told, parts=tuple(parts))


def current(sprints: Iterable[SprintState]) -> SprintState | None:
    """The sprint that runs, else the last that is over, else the first ahead."""
    found = list(sprints)
    running = [one for one in found if one.phase == "current"]
    over = [one for one in found if one.phase == "past"]
    return running[0] if running else over[-1] if over else found[0] if found else None


def spoken(day: str, now: str = "") -> str:
    """`27 November`; with its year where that is not the year of `now`."""
    try:
        when = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return f"{when.day} {when:%B}" + (f" {when.year}" if now and not now.startswith(f"{when.year}") else "")


def _light(sprint: SprintState | None, view: View) -> str:
    if sprint is None:
        return {"passed": "gate passed", "failed": "gate failed"}.get(view.outcome, "unknown")
    words = {"kept": "on track", "missed": "off track"}
    return words.get(sprint.verdict, sprint.verdict or "unknown")


def _headline(sprint: SprintState | None, view: View) -> str:
    """The sprint's verdict in a sentence, or the gate's where there is no sprint."""
    if sprint is None:
        return f"There is no roadmap to be on track with. {view.summary[0]}"
    kept = f"{sprint.kept} of {plural(sprint.total, 'promise')} kept"
    late = sum(one.total - one.kept for one in view.review.sprints if one.phase == "past" and one.name != sprint.name)
    kept += f"; {late} earlier {'one is' if late == 1 else 'ones are'} open" if late else ""
    if sprint.phase == "past":
        return f"{sprint.name} is over with {kept}."
    if sprint.time_gone is None or sprint.phase == "ahead":
        return f"{sprint.name}: {kept}."
    return f"{sprint.name} has used {round(100 * sprint.time_gone)} % of its time, with {kept}."


def _grade_trend(view: View) -> Plot | None:
    formula, day = view.verdict.grade.formula, view.snapshot.taken_at
    points = [Point(one.at, one.commit, one.grade.score) for one in view.review.past.entries if one.grade.formula == formula]
    if not points or points[-1].at[:10] != day[:10]:
        points.append(Point(day, view.snapshot.commit, view.verdict.grade.score))
    return trend("grade", "Grade, points of 100", points, tall=64)


def _trends(view: View) -> Iterator[Trend]:
    promised = {one.progress.target.measure: one for one in view.review.standpoints}
    series = {one.measure: one for one in view.review.past.series if not one.subject}
    shown = 0
    for name in dict.fromkeys((*promised, *OTHERS)):
        if name in series and shown < MOST_TRENDS:
            drawn = _trend(view, series[name], promised.get(name))
            if drawn is not None:
                shown += 1
                yield drawn


def _trend(view: View, series: Series, promised: Standpoint | None) -> Trend | None:
    measure = view.snapshot.measure(series.measure)
    points = list(series.points)
    if measure is not None and (not points or points[-1].at[:10] != view.snapshot.taken_at[:10]):
        points.append(Point(view.snapshot.taken_at, view.snapshot.commit, measure.value, measure.basis))
    goal = promised.progress.goal if promised else None
    unit = "" if series.unit in ("count", "functions", "files", "lines", "packages") else series.unit
    name = "t-" + "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in series.measure).split())
    plot = trend(name, title(series.measure), points, unit, goal)
    said = promised.progress.target.text if promised else ""
    return None if plot is None else Trend(title(series.measure), plot, measure, said)


def threats(view: View) -> tuple[Threat, ...]:
    """Rules with findings that count, the gravest and most numerous first."""
    compared = view.review.compared
    seen = {one.fingerprint: one for one in view.review.past.seen}
    found = []
    for group in view.groups:
        if group.total:
            first = [seen[one.fingerprint].first_seen[:10] for one in group.findings if one.fingerprint in seen]
            found.append(
                Threat(
                    pack=group.rule.id.partition("/")[0],
                    tool=group.findings[0].facts.get("tool", ""),
                    group=group,
                    why=_first_sentence(group.rule.why),
                    size=effort(group.total),
                    new=sum(one.rule == group.rule.id for one in (*compared.new, *compared.returned)) if compared else 0,
                    fixed=sum(one.rule == group.rule.id for one in compared.fixed) if compared else 0,
                    oldest_days=_days(min(first), view.snapshot.taken_at) if first else None,
                )
            )
    return tuple(sorted(found, key=lambda one: (_lightness(one.group), one.group.rule.id)))


def _lightness(group: Group) -> list[int]:
    """Sorts what is critical before what is high, and so on, whatever the numbers: many light ones outweigh no grave one."""
    numbers = {count.name: count.number for count in group.counts}
    return [-numbers.get(severity.value, 0) for severity in Severity]


def effort(places: int) -> Size:
    """S for up to three places, M for up to fifteen, L for more."""
    return Size.SMALL if places <= SMALL_PLACES else Size.MEDIUM if places <= MEDIUM_PLACES else Size.LARGE


def _first_sentence(text: str) -> str:
    words = " ".join(text.split())
    for mark in (". ", ": "):
        if mark == ". " and mark in words:
            return words[: words.index(mark) + 1]
    return words


def _days(since: str, now: str) -> int:
    return (date.fromisoformat(now[:10]) - date.fromisoformat(since[:10])).days


def in_time_words(one: Standpoint, now: str) -> str:
    """What the forecast says of a promise, in a few words: `11 December, late`."""
    said = one.forecast
    if one.progress.state is State.MET:
        return "kept"
    if said is None or said.silent:
        return "no forecast yet" if said is None or not said.note else f"no forecast: {said.note}"
    if not said.likely:
        return "not at the present pace"
    sure = {InTime.YES: "in time", InTime.LIKELY: "likely in time", InTime.UNLIKELY: "unlikely in time", InTime.NO: "late"}
    word = sure.get(said.in_time, "")
    return f"{spoken(said.likely, now)}, {word}" if word else spoken(said.likely, now)
