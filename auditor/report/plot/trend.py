"""One figure over time, small: its line, its goal, and a dot for today."""

from collections.abc import Sequence
from typing import Any

from auditor.model.history import Point
from auditor.report.parts.figure import figure
from auditor.report.plot.paint import GOAL, MAIN, Plot, layer, spec
from auditor.report.visible import visible

WIDTH, HEIGHT = 250, 84
BARE_WIDTH = 120
MOST_POINTS = 160


def trend(
    name: str,
    title: str,
    points: Sequence[Point],
    unit: str = "",
    goal: float | None = None,
    tall: int = HEIGHT,
    bare: bool = False,
) -> Plot | None:
    """The known points of a figure, oldest first, gaps where it was unknown. None for fewer than two known points.

    A `bare` one has no axes and is as wide as a table's cell.
    """
    points = _thin(points, MOST_POINTS)
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    words = (
        f"{visible(title)}: from {figure(first.value, unit)} on {first.at[:10]} to {figure(last.value, unit)} on {last.at[:10]}"
        f", over {len(known)} audits" + (f", with the goal at {figure(goal, unit)}" if goal is not None else "") + "."
    )
    rows = [("Day", "Figure"), *((point.at[:10], figure(point.value, unit)) for point in _thin(points))]
    return Plot(name, words, _spec(points, goal, tall, bare), tuple(rows))


def _thin(points: Sequence[Point], most: int = 26) -> list[Point]:
    """At most so many of them, evenly apart, the last always among them."""
    apart = -(-len(points) // most)
    return list(points[::-1][::apart][::-1])


def _spec(points: Sequence[Point], goal: float | None, tall: int, bare: bool) -> dict[str, Any]:
    known = [(point.at[:19], point.value) for point in points if point.value is not None]
    values = [value for _, value in known] + ([goal] if goal is not None else [])
    room = (max(values) - min(values)) * 0.12 or abs(values[0]) * 0.1 or 1
    low = min(values) - room if min(values) else -room / 25  # a figure that stands at nothing is no middle between two
    scale = {"domain": [low, max(values) + room], "nice": False, "zero": False}
    form = "~s" if max(values) >= 1000 else ".6~g"
    months = {"grid": False, "format": "%b %Y", "tickCount": 3, "labelOverlap": True, "labelFlush": True, "ticks": False}
    whole = all(value == int(value) for value in values)
    levels = {"tickCount": 3, **({"tickMinStep": 1} if whole else {}), "domain": False, "ticks": False, "format": form}
    x = {"field": "day", "type": "temporal", "title": None, "axis": None if bare else months}
    y = {"field": "n", "type": "quantitative", "title": None, "scale": scale, "axis": None if bare else levels}
    line = [(point.at[:19], point.value) for point in points]
    gaps = {"color": MAIN, "strokeWidth": 2, "invalid": "break-paths-filter-domains"}
    dot = {"color": MAIN, "filled": True, "size": 45, "opacity": 1}
    drawn = [layer(line, "day n", "line", gaps, x=x, y=y), layer(known[-1:], "day n", "point", dot, x=x, y=y)]
    if goal is not None:
        dashes = {"color": GOAL, "strokeDash": [5, 3], "strokeWidth": 1.5}
        drawn.insert(0, layer([(goal,)], "n", "rule", dashes, y=y))
    return spec(drawn, BARE_WIDTH if bare else WIDTH, tall)
