"""When a goal will be reached at the present pace: Theil and Sen's slope with its range by Kendall's statistic.

The slope is the median of the slopes of all pairs of points (Theil 1950; Sen 1968), the line goes through the median of
what is left over (Conover 1980), and the range of the slope is the pair of order statistics that Kendall's distribution
gives (Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, section 9.3). docs/forecast.md says why.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations
from statistics import NormalDist, median

from auditor.model.history import Point
from auditor.model.measure import Basis
from auditor.model.outlook import Forecast, InTime

LEAST_POINTS = 4
"""With three points no pair of order statistics reaches 90 %: the two outermost slopes hold the true one at 67 %."""
CONFIDENCE = 0.90
WINDOW_DAYS = 84
"""The present pace is that of the last twelve weeks: what was done a year ago says little of next month."""
MOST_POINTS = 60
HORIZON_DAYS = 3 * 366
EXACT_POINTS = 40
SAME = 1e-9


def forecast(points: Iterable[Point], goal: float, comparator: str, wanted_by: str = "") -> Forecast:
    """When the figure will keep `comparator goal` (such as `<= 90`), from its past; `wanted_by` is the sprint's last day.

    Points may come in any order; of one day the latest counts. With fewer than four the forecast is silent. They have to
    be measured alike: `alike` of pace.py leaves out what another rule or tool measured.
    """
    line = window(points)
    if len(line) < LEAST_POINTS:
        return Forecast(len(line), note=f"{_points(len(line))} to compare, {LEAST_POINTS} are needed")
    days = [float((day - line[0][0]).days) for day, _ in line]
    values = [value for _, value in line]
    if comparator == "==":
        comparator = "<=" if values[0] > goal else ">="
    if _holds(values[-1], comparator, goal):
        return Forecast(len(line), in_time=InTime.YES, note="the goal is reached")
    low, middle, high, sure = slopes(days, values)
    quick, slow = (low, high) if comparator.startswith("<") else (high, low)
    reached = [_reached(days, values, slope, goal, comparator) for slope in (middle, quick, slow)]
    told = tuple(_day(line[0][0], offset) for offset in reached)
    return Forecast(
        points=len(line),
        likely=told[0],
        earliest=told[1],
        latest=told[2],
        slope_per_week=round(7 * middle, 6),
        confidence_pct=round(100 * sure, 1),
        in_time=_in_time(told, wanted_by),
        note=_note(told, middle),
    )


def window(points: Iterable[Point]) -> tuple[tuple[date, float], ...]:
    """The days and figures that count, the oldest first: one a day, of the last twelve weeks, sixty at most."""
    by_day = {point.at[:10]: point.value for point in sorted(points, key=lambda one: one.at) if _usable(point)}
    line = [(date.fromisoformat(day), value) for day, value in by_day.items() if value is not None]
    return tuple((day, value) for day, value in line if (line[-1][0] - day).days <= WINDOW_DAYS)[-MOST_POINTS:]


def _usable(point: Point) -> bool:
    """A stale figure repeats an older one: as a point of its own it would look like standing still."""
    return point.value is not None and math.isfinite(point.value) and point.basis is not Basis.STALE


def slopes(days: Sequence[float], values: Sequence[float]) -> tuple[float, float, float, float]:
    """The lowest, middle and highest slope (figure a day), and how sure the range between the outer two is, 0 to 1."""
    line = zip(days, values, strict=True)
    found = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(line, 2))
    rank, sure = _rank(len(days))
    return found[rank], median(found), found[-1 - rank], sure


@lru_cache(maxsize=256)
def _rank(points: int) -> tuple[int, float]:
    """Which order statistic from either end, from 0, bounds the slope with at least the wanted confidence; and with which.

    The slope lies between the r-th lowest and highest (from 1) with 1 - 2 P(K <= -(N - 2 r + 2)), N being all pairs.
    """
    pairs = points * (points - 1) // 2
    rank = 0
    while rank + 1 < (pairs + 1) // 2 and 1 - 2 * _at_most(points, rank + 1) >= CONFIDENCE:
        rank += 1
    return rank, 1 - 2 * _at_most(points, rank)


def _at_most(points: int, discordant: int) -> float:
    """The chance that so many points without a trend have at most that many discordant pairs (exact up to 40 points)."""
    if points > EXACT_POINTS:
        pairs = points * (points - 1) / 2
        spread = math.sqrt(points * (points - 1) * (2 * points + 5) / 72)
        return NormalDist().cdf((discordant + 0.5 - pairs / 2) / spread)
    return sum(_inversions(points)[: discordant + 1]) / math.factorial(points)


@lru_cache(maxsize=64)
def _inversions(points: int) -> tuple[int, ...]:
    """How many orders of so many things have 0, 1, 2 … inversions (Mahonian numbers)."""
    counts = [1]
    for number in range(2, points + 1):
        wider = [0] * (len(counts) + number - 1)
        for at, count in enumerate(counts):
            for step in range(number):
                wider[at + step] += count
        counts = wider
    return tuple(counts)


def _reached(days: Sequence[float], values: Sequence[float], slope: float, goal: float, comparator: str) -> float | None:
    """The day, counted from the first point, on which the line of that slope gets to the goal; None: it never does."""
    if (slope >= -SAME) if comparator.startswith("<") else (slope <= SAME):
        return None
    level = median(value - slope * day for day, value in zip(days, values, strict=True))
    return max((goal - level) / slope, days[-1] + 1)


def _day(first: date, offset: float | None) -> str:
    if offset is None or offset > HORIZON_DAYS:
        return ""
    return (first + timedelta(days=math.ceil(offset - SAME))).isoformat()


def _in_time(days: Sequence[str], wanted_by: str) -> InTime:
    likely, earliest, latest = days
    if not wanted_by:
        return InTime.UNKNOWN
    if not earliest or earliest > wanted_by:
        return InTime.NO
    if latest and latest <= wanted_by:
        return InTime.YES
    return InTime.LIKELY if likely and likely <= wanted_by else InTime.UNLIKELY


def _note(days: Sequence[str], slope: float) -> str:
    likely, earliest, latest = days
    if not earliest:
        return "at the present pace it is not reached" + ("" if abs(slope) > SAME else ": it does not move")
    if not likely:
        return f"not before {earliest}, and at the present pace not at all"
    return f"between {earliest} and {latest}" if latest else f"not before {earliest}; the pace is too uneven for a last day"


def _holds(value: float, comparator: str, goal: float) -> bool:
    close = math.isclose(value, goal, rel_tol=SAME, abs_tol=SAME)
    if comparator in ("<", ">"):
        return not close and (value < goal) == (comparator == "<")
    return close or (value < goal) == (comparator == "<=")


def _points(number: int) -> str:
    return f"{number} point{'' if number == 1 else 's'}"
