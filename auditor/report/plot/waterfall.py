"""The way from one grade to the next: a bar for each part of it that earned more or less."""

from collections.abc import Sequence
from typing import Any

from auditor.model.review import Step
from auditor.report.extra import extra
from auditor.report.parts.figure import number
from auditor.report.plot.paint import DOWN, INK, LINE, SOFT, UP, Plot, chart_of, spec, unchecked
from auditor.report.visible import cut, visible

MOST_STEPS = 6
Row = tuple[str, float, float, float, str, str]
"""Name, from, to, the right edge, label, kind."""


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


@unchecked
def _spec(rows: list[Row]) -> dict[str, Any]:
    with extra("a chart"):
        import altair as alt

    ends = [value for row in rows for value in row[1:3]]
    room = max(max(ends) - min(ends), 1) * 0.22
    scale = alt.Scale(domain=[min(ends) - room, max(ends) + room], nice=False, zero=False)
    axis = {"grid": True, "gridColor": LINE, "domain": False, "ticks": False}
    words = {"labelColor": INK, "labelFontSize": 12, "labelLimit": 190}
    y = alt.Y("what:N", sort=[row[0] for row in rows], title=None, scale=alt.Scale(padding=0.35))
    x = alt.X("from:Q", scale=scale, title=None, axis=None)
    paint = alt.Color("kind:N", scale=alt.Scale(domain=["up", "down", "end"], range=[UP, DOWN, SOFT]), legend=None)
    chart = chart_of(rows, "what", "from", "to", "edge", "label", "kind")
    bars = chart.transform_filter("datum.kind != 'end'").mark_bar(cornerRadius=2).encode(y=y, x=x, x2="to:Q", color=paint)
    marks = chart.transform_filter("datum.kind == 'end'").mark_tick(thickness=4, size=20).encode(y=y, x=x, color=paint)
    beside = alt.X("edge:Q", scale=scale, axis=None)
    texts = chart.mark_text(align="left", dx=8, fontWeight=600, fontSize=12, color=INK).encode(y=y, x=beside, text="label:N")
    return spec((bars, marks, texts), 300, alt.Step(27), axisY={**axis, **words})
