"""Promises against time: how many were kept on each day, how many are due by when, and when the rest may be expected."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from auditor.model.outlook import Standpoint
from auditor.model.review import Kept
from auditor.model.roadmap import Sprint, State
from auditor.report.parts.figure import plural
from auditor.report.plot.paint import INK, MAIN, SOFT, WARN, Plot, layer, spec
from auditor.report.visible import cut, visible

LATER_DAYS = 61
HEIGHT = 210
BELOW = {"value": HEIGHT - 4}
"""Just above the axis, where the word for today stands."""


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
    day = {"field": "day", "type": "temporal", "title": None, "scale": {"domain": list(span)}}
    x = {**day, "axis": {"grid": False, "format": "%-d %b", "tickCount": 6, "labelOverlap": True}}
    promises = {"field": "n", "type": "quantitative", "title": "promises", "scale": {"domain": [0, total]}}
    y = {**promises, "axis": {"tickCount": min(total, 5), "format": "d", "tickMinStep": 1}}
    low, high = {**y, "field": "low"}, {"field": "high"}
    name = {"field": "name", "type": "nominal"}
    names = {"color": INK, "fontSize": 10.5}
    now = [(today, line[-1][1], "today")]

    def steps(color: str, **look: Any) -> dict[str, Any]:
        return {"interpolate": "step-after", "color": color, **look}

    drawn = [
        layer(band, "day low high", "area", steps(MAIN, opacity=0.14), x=x, y=low, y2=high),
        layer(_to(due, span[1]), "day n", "line", steps(SOFT, strokeWidth=1.5), x=x, y=y),
        layer(likely, "day n", "line", steps(MAIN, strokeWidth=2, strokeDash=[4, 4]), x=x, y=y),
        layer(line, "day n", "line", steps(MAIN, strokeWidth=3), x=x, y=y),
        layer(ends, "day name", "rule", {"color": SOFT, "strokeDash": [2, 3], "strokeWidth": 1}, x=x),
        layer(now, "day n name", "rule", {"color": WARN, "strokeWidth": 1.5}, x=x),
        layer(now, "day n name", "point", {"color": MAIN, "filled": True, "size": 70, "opacity": 1}, x=x, y=y),
        layer(now, "day n name", "text", {"align": "left", "baseline": "bottom", "dx": 4, **names}, x=x, y=BELOW, text=name),
    ]
    for row, height in ((0, -26), (1, -13)):  # two rows, so that short sprints' names do not run into each other
        look = {"align": "right", "baseline": "top", "dx": -4, **names}
        drawn.append(layer(ends[row::2], "day name", "text", look, x=x, y={"value": height}, text=name))
    return spec(drawn, 640, HEIGHT)
