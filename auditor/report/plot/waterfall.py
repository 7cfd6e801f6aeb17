"""The way from one grade to the next: a bar for each part of it that earned more or less."""

from collections.abc import Sequence
from typing import Any

from auditor.model.review import Step
from auditor.report.parts.figure import number
from auditor.report.plot.paint import DOWN, INK, LINE, SOFT, UP, Plot, layer, spec
from auditor.report.visible import cut, visible

MOST_STEPS = 6
Row = tuple[str, float, float, float, str, str]
NAMES = "what from to edge label kind"
"""Of a row's values: its name, where it begins and ends, its right edge, its label, and whether it goes up or down."""


def waterfall(was: float, now: float, steps: Sequence[Step], before: str, after: str) -> Plot:
    """Points of a hundred, from `was` to `now`. Steps beyond the sixth are drawn as one; `before` and `after` are days."""
    moves = _with_rest(steps)
    rows: list[Row] = [(before, was, was, was, number(was), "end")]
    level = was
    for name, change in moves:
        then = level + change
        rows.append((name, level, then, max(level, then), signed(change), "up" if change > 0 else "down"))
        level = then
    rows.append((after, now, now, now, number(now), "end"))
    moved = ", ".join(f"{name} {signed(change)}" for name, change in moves) or "nothing moved"
    words = f"The grade went from {number(was)} points on {before} to {number(now)} on {after}: {moved}."
    table = (("Part of the grade", "Points"), *((name, signed(change)) for name, change in moves))
    return Plot("waterfall", words, _spec(rows), table)


def signed(change: float) -> str:
    """`+2.1`, `−0.4`, `±0`."""
    return f"+{number(change)}" if change > 0 else f"−{number(-change)}" if change < 0 else "±0"


def _with_rest(steps: Sequence[Step]) -> list[tuple[str, float]]:
    named = [(cut(visible(step.name), 28), step.change) for step in steps]
    if len(named) <= MOST_STEPS:
        return named
    return [*named[: MOST_STEPS - 1], ("everything else", sum(change for _, change in named[MOST_STEPS - 1 :]))]


def _spec(rows: list[Row]) -> dict[str, Any]:
    ends = [value for row in rows for value in row[1:3]]
    room = max(max(ends) - min(ends), 1) * 0.22
    scale = {"domain": [min(ends) - room, max(ends) + room], "nice": False, "zero": False}
    order = {"sort": [row[0] for row in rows], "title": None, "scale": {"padding": 0.35}}
    y = {"field": "what", "type": "nominal", **order}
    x = {"field": "from", "type": "quantitative", "scale": scale, "title": None, "axis": None}
    paint = {"domain": ["up", "down", "end"], "range": [UP, DOWN, SOFT]}
    color = {"field": "kind", "type": "nominal", "scale": paint, "legend": None}
    moves, stops = [row for row in rows if row[-1] != "end"], [row for row in rows if row[-1] == "end"]
    texts = {"align": "left", "dx": 8, "fontWeight": 600, "fontSize": 12, "color": INK}
    drawn = [
        layer(moves, NAMES, "bar", {"cornerRadius": 2}, y=y, x=x, x2={"field": "to"}, color=color),
        layer(stops, NAMES, "tick", {"thickness": 4, "size": 20}, y=y, x=x, color=color),
        layer(rows, NAMES, "text", texts, y=y, x={**x, "field": "edge"}, text={"field": "label", "type": "nominal"}),
    ]
    axis = {"grid": True, "gridColor": LINE, "domain": False, "ticks": False}
    words = {"labelColor": INK, "labelFontSize": 12, "labelLimit": 190}
    return spec(drawn, 300, {"step": 27}, axisY={**axis, **words})
