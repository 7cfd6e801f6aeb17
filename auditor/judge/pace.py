"""Which points of a figure's past compare with its newest one: what another rule or tool measured is another figure."""

from auditor.model.history import Conditions, Past, Point, Series

OWN = "auditor"
"""The source of measures that the tool itself takes, not by one rule."""


def alike(past: Past, series: Series) -> tuple[Point, ...]:
    """The points since the ruler last changed, oldest first; all of them where others measured the figure.

    The ruler of a measure that counts a rule's findings is that rule's digest; of any other measure of our own, the tool's
    version. What conditions do not tell is taken to be alike: a history without them has one ruler. A figure of another tool
    stands in every snapshot until it is measured anew: such repetitions are one point.
    """
    points = tuple(point for point in series.points if point.value is not None)
    if _foreign(series.source):
        return tuple(point for at, point in enumerate(points) if not at or point.value != points[at - 1].value)
    rulers = [_ruler(past, series, point) for point in points]
    newest = next((ruler for ruler in reversed(rulers) if ruler), "")
    since = next((at + 1 for at in range(len(points) - 1, -1, -1) if rulers[at] and rulers[at] != newest), 0)
    return points[since:]


def _foreign(source: str) -> bool:
    """Whether neither a rule nor the tool itself took the figure."""
    return source not in ("", OWN) and "/" not in source


def _ruler(past: Past, series: Series, point: Point) -> str:
    entry = past.entry(point.at)
    made = past.conditions.get(entry.conditions) if entry is not None else None
    return "" if made is None else ruler(made, series.source)


def ruler(made: Conditions, source: str) -> str:
    """What measured a figure under these conditions; empty where it was not the tool."""
    if "/" in source:
        return made.rules.get(source, "")
    return made.tool_version if source in ("", OWN) else ""
