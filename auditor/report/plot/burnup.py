"""Promises against time: how many were kept on each day, how many are due by when, and when the rest may be expected."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from auditor.model.outlook import Standpoint
from auditor.model.review import Kept
from auditor.model.roadmap import Sprint, State
from auditor.report.extra import extra
from auditor.report.parts.figure import plural
from auditor.report.plot.paint import INK, MAIN, SOFT, WARN, Plot, chart_of, spec, unchecked
from auditor.report.visible import cut, visible

LATER_DAYS = 61


def burnup(kept: Sequence[Kept], standpoints: Sequence[Standpoint], sprints: Sequence[Sprint], today: str) -> Plot | None:
    """Kept promises as a step line, those due by each sprint's end as a grey one, the expected ones dashed with their range.

    None without promises. Days are ISO.
    """
    total = len(standpoints)
    if not total:
        return None
    now = sum(one.progress.state is State.MET for one in standpoints)
    line = [*((one.day, one.kept) for one in kept if one.day < today), (today, now)]
    due = _due(standpoints, sprints, line[0][0])
    likely, early, late = (_expected(standpoints, today, now, name) for name in ("likely", "earliest", "latest"))
    ends = [(sprint.ends, cut(visible(sprint.name), 22)) for sprint in sprints if sprint.ends and sprint.ends >= line[0][0]]
    last = _horizon(today, [day for day, _ in (*due, *ends)], [day for day, _ in likely])
    likely, early, late = ([one for one in steps if one[0] <= last] for steps in (likely, early, late))
    drawing = _spec(line, due, _to(likely, last), _band(early, late, today, now, last), ends, (line[0][0], last), today, total)
    rows = [("Day", "Kept", "Of"), *((day, str(number), str(total)) for day, number in _thin(line))]
    rows += [(f"{day} (expected)", str(number), str(total)) for day, number in likely[1:]]
    known = likely[-1][1] - now
    words = f"{now} of {plural(total, 'promise')} kept on {today}. Due by the sprints' ends: " + ", ".join(
        f"{number} by {day}" for day, number in due[1:]
    )
    more = f"At the present pace {known} more can be expected, the last on {likely[-1][0]}." if known else "No more is foretold."
    return Plot("burnup", f"{words}. {more}", drawing, tuple(rows))


def _horizon(today: str, planned: list[str], expected: list[str]) -> str:
    """The last day that is drawn: of the plan, and of what is expected no more than two months after it."""
    plan = max([today, *planned])
    far = (date.fromisoformat(plan) + timedelta(days=LATER_DAYS)).isoformat()
    return max([plan, *(day for day in expected if day <= far)])


def _due(standpoints: Iterable[Standpoint], sprints: Iterable[Sprint], first: str) -> list[tuple[str, int]]:
    ends = {sprint.name: sprint.ends for sprint in sprints if sprint.ends}
    days = sorted(ends[one.progress.target.sprint] for one in standpoints if one.progress.target.sprint in ends)
    steps = {day: number for number, day in enumerate(days, 1)}
    before = max((number for day, number in steps.items() if day < first), default=0)
    return [(first, before), *((day, number) for day, number in steps.items() if day >= first)]


def _expected(standpoints: Iterable[Standpoint], today: str, now: int, name: str) -> list[tuple[str, int]]:
    """Kept promises from today on, by one of the forecast's days; those without one never come."""
    waiting = [one.forecast for one in standpoints if one.progress.state is not State.MET and one.forecast is not None]
    days = sorted(max(day, today) for said in waiting if (day := getattr(said, name)))
    steps = {day: now + number for number, day in enumerate(days, 1)}
    return [(today, now), *steps.items()]


def _to(steps: list[tuple[str, int]], last: str) -> list[tuple[str, int]]:
    return [*steps, (last, steps[-1][1])] if steps[-1][0] < last else steps


def _band(
    early: list[tuple[str, int]], late: list[tuple[str, int]], today: str, now: int, last: str
) -> list[tuple[str, int, int]]:
    days = sorted({today, last, *(day for day, _ in (*early, *late) if day <= last)})
    return [(day, _at(late, day, now), _at(early, day, now)) for day in days]


def _at(steps: list[tuple[str, int]], day: str, now: int) -> int:
    return max((number for when, number in steps if when <= day), default=now)


def _thin(line: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The days on which the number changed, and the last."""
    return [one for number, one in enumerate(line) if number in (0, len(line) - 1) or one[1] != line[number - 1][1]]


@unchecked
def _spec(
    line: list[tuple[str, int]],
    due: list[tuple[str, int]],
    likely: list[tuple[str, int]],
    band: list[tuple[str, int, int]],
    ends: list[tuple[str, str]],
    span: tuple[str, str],
    today: str,
    total: int,
) -> dict[str, Any]:
    with extra("a chart"):
        import altair as alt

    first, last = span
    days = alt.Axis(grid=False, format="%-d %b", tickCount=6, labelOverlap=True)
    x = alt.X("day:T", title=None, scale=alt.Scale(domain=[first, last]), axis=days)
    counts = alt.Axis(tickCount=min(total, 5), format="d", tickMinStep=1)
    y = alt.Y("n:Q", title="promises", scale=alt.Scale(domain=[0, total]), axis=counts)
    step: Any = {"interpolate": "step-after"}
    names: Any = {"color": INK, "fontSize": 10.5}
    now = chart_of([(today, line[-1][1], "today")], "day", "n", "name")
    drawn = [
        chart_of(band, "day", "low", "high").mark_area(color=MAIN, opacity=0.14, **step).encode(x=x, y="low:Q", y2="high:Q"),
        chart_of(_to(due, last), "day", "n").mark_line(color=SOFT, strokeWidth=1.5, **step).encode(x=x, y=y),
        chart_of(likely, "day", "n").mark_line(color=MAIN, strokeWidth=2, strokeDash=[4, 4], **step).encode(x=x, y=y),
        chart_of(line, "day", "n").mark_line(color=MAIN, strokeWidth=3, **step).encode(x=x, y=y),
        chart_of(ends, "day", "name").mark_rule(color=SOFT, strokeDash=[2, 3], strokeWidth=1).encode(x=x),
        now.mark_rule(color=WARN, strokeWidth=1.5).encode(x=x),
        now.mark_point(color=MAIN, filled=True, size=70, opacity=1).encode(x=x, y=y),
        now.mark_text(align="left", baseline="bottom", dx=4, **names).encode(x=x, y=alt.value(206), text="name:N"),
    ]
    for row, height in ((0, -26), (1, -13)):  # two rows, so that short sprints' names do not run into each other
        marks = chart_of(ends[row::2], "day", "name").mark_text(align="right", baseline="top", dx=-4, **names)
        drawn.append(marks.encode(x=x, y=alt.value(height), text="name:N"))
    return spec(drawn, 640, 210)
