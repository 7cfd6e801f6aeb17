"""One sentence → comparator, goal, baseline and unit, in the light of the measure that it is about."""

import re

import msgspec

from auditor.model.units import convert, dimension
from auditor.roadmap.binding import Bindable
from auditor.roadmap.promise.cues import FALLING, RISING, Reading, Role, read_roles
from auditor.roadmap.promise.masking import mask, mask_conditions
from auditor.roadmap.promise.quantity import Quantity, quantities, unit_named
from auditor.roadmap.promise.wording import normalise, parts_as_shares

_ALL = re.compile(r"\b(?:all|every|each|everywhere|fully|entire|entirely|throughout|complete coverage|any)\b", re.I)
_GONE = re.compile(
    r"\b(?:eliminat\w*|eradicat\w*|get rid of|remov\w+|resolv\w+|fixed|closed|cleared|retired|deleted|dropped|gone|purged|burn(?:ed|t)? down)\b",
    re.I,
)
_WITHOUT = re.compile(r"\b(?:un[a-z]{4,}|without|missing|lack(?:s|ing)?|not|hard[- ]delet\w*)\b", re.I)
_LOWER_IS_BETTER = re.compile(
    r"\b(?:times?|latency|duration|delay|lag|errors?|bugs?|incidents?|defects?|debt|complexity|size|cost|churn|vulnerab\w+|warnings?|"
    r"violations?|failures?|flak\w+|mttr|lead|stale|backlog|smells?|memory|cpu|bundle|crash\w*|rollbacks?|queue|issues?|todos?|outages?|"
    r"regressions?|duplicat\w+|unused|outdated|loss|pages|alerts?|tickets|downtime|change failure|lines|findings|escapes?|leaks?|secrets)\b",
    re.I,
)
_HIGHER_IS_BETTER = re.compile(
    r"\b(?:coverage|rate of success|success|availability|uptime|hit|score|satisfaction|nps|throughput|velocity|adoption|"
    r"maintainability|grade|pass|frequency|compliance|documented|typed|share|reuse|index|conversion)\b",
    re.I,
)
_RATIO = re.compile(r"\bratio\b", re.I)


class Promise(msgspec.Struct, frozen=True):
    """What a sentence promises. `explicit`: it states a figure, or all, or none; else only that something is done."""

    comparator: str = "=="
    goal: float | None = None
    baseline: float | None = None
    unit: str = ""
    relative: bool = False
    explicit: bool = False
    compares: bool = False
    """A comparator, a baseline or a change is said in words: surely a promise about a figure."""


class _Context(msgspec.Struct, frozen=True):
    """The whole sentence and what is known beside it."""

    text: str
    measure: Bindable | None
    unit: str
    baseline: Quantity | None

    @property
    def wants_share(self) -> bool:
        return self.measure is not None and self.measure.unit == "%"


def read_promise(
    text: str, measure: Bindable | None = None, goal_text: str = "", baseline_text: str = "", unit_text: str = ""
) -> Promise:
    """The promise of `text`, or, from a table's row, of `goal_text` with `text` as the metric's name."""
    whole = normalise(text)
    share_like = measure is not None and (measure.kind == "share" or measure.unit == "%")
    stated = normalise(goal_text) if goal_text else whole
    if share_like or "%" in stated:
        stated = parts_as_shares(stated)
    figures = _figures(stated)
    unit = unit_named(unit_text) or unit_named(text) or _unit_in_brackets(text)
    context = _Context(f"{whole} {stated}" if goal_text else whole, measure, unit, _baseline_cell(baseline_text, share_like))
    readings = tuple(reading for reading in read_roles(mask_conditions(stated), figures) if reading.role is not Role.ASIDE)
    readings = _flip(stated, readings, read_roles(mask_conditions(stated), figures), context)
    promise = _from_figures(readings, context, is_cell=bool(goal_text))
    if promise is None:
        promise = _without_figures(readings, context)
    return _with_completeness(promise, context)


def _figures(stated: str) -> tuple[Quantity, ...]:
    """Without deadlines and loads, unless nothing else is left."""
    found = quantities(mask_conditions(stated))
    return found or quantities(mask(stated))


def _unit_in_brackets(text: str) -> str:
    return unit_named(text)


def _baseline_cell(text: str, share_like: bool) -> Quantity | None:
    """The first figure of a table's cell for the present state."""
    if not text:
        return None
    words = normalise(text)
    found = quantities(mask(parts_as_shares(words) if share_like else words))
    return found[0] if found else None


def _flip(
    stated: str, readings: tuple[Reading, ...], all_readings: tuple[Reading, ...], context: _Context
) -> tuple[Reading, ...]:
    """`no function above complexity 15` is a ceiling of 15, `no module below 70 %` a floor of 70."""
    measure = context.measure
    if len(all_readings) < 2 or measure is None or measure.kind != "level" or all_readings[0].quantity.value != 0:
        return readings
    first, second = all_readings[0], all_readings[1]
    if first.quantity.unit or first.role is not Role.FREE:
        return readings
    words = stated[first.quantity.end : second.quantity.start]
    below = re.search(r"<|\b(?:below|under|less than|lower than)\b", words, re.I)
    above = re.search(r">|\b(?:above|over|more than|higher than|greater than|slower than|longer than|exceed\w*)\b", words, re.I)
    if dimension(second.quantity.unit or measure.unit) != dimension(measure.unit) or not (below or above):
        return readings
    flipped = Reading(second.quantity, Role.GOAL, ">=" if below else "<=")
    return (flipped, *(reading for reading in readings if reading.quantity not in (first.quantity, second.quantity)))


def _from_figures(readings: tuple[Reading, ...], context: _Context, is_cell: bool) -> Promise | None:
    """The promise that the figures make, or None where no figure is a goal."""
    goal = _choose_goal(readings, context)
    change = next((reading for reading in readings if reading.role is Role.CHANGE), None)
    baseline = _choose_baseline(readings, goal, context)
    if change and (goal is None or (goal.role is Role.FREE) or change.quantity.start < goal.quantity.start):
        is_figure = goal is not None and goal.role is Role.FREE and bool(goal.quantity.unit)
        return _change(change, baseline or (goal.quantity if goal and is_figure else None), context)
    if goal is None or _is_detail(goal, context):
        return None
    return _absolute(goal, baseline, context)


def _is_detail(goal: Reading, context: _Context) -> bool:
    """`breakers with a 5 s timeout`, `slow queries (> 1 s) eliminated`: the figure says which, the goal is all or none."""
    figure = goal.quantity
    if context.measure is not None:
        return context.measure.kind != "level" and dimension(figure.unit) in ("time", "size")
    bracketed = re.search(r"\([<>]=? ?[^()]*\)", context.text)
    return bool(bracketed and goal.comparator and _GONE.search(context.text) and len(quantities(context.text)) == 1)


def _choose_goal(readings: tuple[Reading, ...], context: _Context) -> Reading | None:
    def fits(reading: Reading) -> bool:
        unit = reading.quantity.unit
        return context.measure is None or not unit or dimension(unit) == dimension(context.measure.unit)

    goals = [reading for reading in readings if reading.role is Role.GOAL]
    compared = [reading for reading in goals if reading.comparator]
    free = [reading for reading in readings if reading.role is Role.FREE]
    for group in (compared, goals):
        fitting = [reading for reading in group if fits(reading)] or group
        if fitting:
            zero_first = free and free[0].quantity.value == 0 and free[0].quantity.start < fitting[0].quantity.start
            return free[0] if zero_first and free else fitting[0]
    fitting = [reading for reading in free if fits(reading)] or free
    if len(fitting) == 2 and _same_kind(fitting[0].quantity, fitting[1].quantity):
        return fitting[0]
    return fitting[0] if fitting else None


def _same_kind(one: Quantity, other: Quantity) -> bool:
    return not one.unit or not other.unit or dimension(one.unit) == dimension(other.unit)


def _choose_baseline(readings: tuple[Reading, ...], goal: Reading | None, context: _Context) -> Quantity | None:
    if context.baseline is not None:
        return context.baseline
    said = next((reading.quantity for reading in readings if reading.role is Role.BASELINE), None)
    if said is not None or goal is None or goal.role is not Role.GOAL:
        return said
    for reading in readings:
        is_before = reading.quantity.start < goal.quantity.start
        alike = bool(reading.quantity.unit) == bool(goal.quantity.unit) and _same_kind(reading.quantity, goal.quantity)
        if reading.role is Role.FREE and is_before and alike and reading.quantity.value:
            return reading.quantity
    return None


def _rises(context: _Context, text: str) -> bool:
    """Whether more is better here: by the measure, else by the verb, else by what is counted."""
    if context.measure is not None:
        return context.measure.better == "higher"
    falling, rising = FALLING.search(text), RISING.search(text)
    if bool(falling) != bool(rising):
        return bool(rising)
    if _HIGHER_IS_BETTER.search(text):
        return True
    return not _LOWER_IS_BETTER.search(text)


def _change(change: Reading, baseline: Quantity | None, context: _Context) -> Promise:
    """`by 40 %` counts from the baseline; an amount (`by 10 points`) with a stated baseline is worked out at once."""
    figure = change.quantity
    rises = _rises(context, context.text) if change.rises is None else change.rises
    comparator = ">=" if rises else "<="
    base_unit = (baseline.unit if baseline else "") or context.unit or (context.measure.unit if context.measure else "")
    base = baseline.value if baseline else None
    if figure.unit in ("%", "x"):
        goal = figure.value if figure.unit == "%" else (figure.value - 1) * 100
        return Promise(comparator, goal, base, "%", relative=True, explicit=True, compares=True)
    unit = "points" if figure.unit == "points" else figure.unit or base_unit or "count"
    if base is None:
        return Promise(comparator, figure.value, None, unit, relative=True, explicit=True, compares=True)
    amount = figure.value if unit == "points" else convert(figure.value, unit, base_unit)
    goal = base + (amount or 0) * (1 if rises else -1)
    return Promise(comparator, round(goal, 6), base, base_unit or "%", explicit=True, compares=True)


def _absolute(goal: Reading, baseline: Quantity | None, context: _Context) -> Promise:
    figure = goal.quantity
    unit = figure.unit or (baseline.unit if baseline else "") or context.unit
    if unit == "points" and context.wants_share:
        unit = "%"
    rises = _goal_rises(goal, baseline, context)
    value = figure.value if figure.high is None or rises else figure.high
    base = _baseline_value(baseline, unit)
    if not unit and context.wants_share and 0 < value <= 1 and (rises or _RATIO.search(context.text)):
        value, base, unit = round(value * 100, 6), None if base is None else round(base * 100, 6), "%"
    comparator = goal.comparator or (">=" if rises else "<=" if value or unit == "%" else "==")
    if not goal.comparator and value == 0:
        comparator = "=="
    unit = unit or (context.measure.unit if context.measure else "count")
    compares = bool(goal.comparator) or baseline is not None or (goal.role is Role.GOAL and bool(figure.unit))
    return Promise(comparator, value, base, unit, explicit=True, compares=compares)


def _goal_rises(goal: Reading, baseline: Quantity | None, context: _Context) -> bool:
    if goal.comparator:
        return goal.comparator in (">", ">=")
    if baseline is not None and _same_kind(baseline, goal.quantity):
        start = convert(baseline.value, baseline.unit, goal.quantity.unit) if baseline.unit else baseline.value
        if start is not None and start != goal.quantity.value:
            return goal.quantity.value > start
    if context.measure is None and dimension(goal.quantity.unit) in ("time", "size") and not RISING.search(context.text):
        return False
    return _rises(context, context.text)


def _baseline_value(baseline: Quantity | None, unit: str) -> float | None:
    if baseline is None:
        return None
    have = "%" if baseline.unit == "points" and unit == "%" else baseline.unit
    found = convert(baseline.value, have, unit)
    return None if found is None else round(found, 6)


def _without_figures(readings: tuple[Reading, ...], context: _Context) -> Promise:
    """No goal in figures: all, gone, or simply done. A share of leftovers resolved is a reduction by that share."""
    baseline = _choose_baseline(readings, None, context)
    text = context.text
    says_all = bool(_ALL.search(text))
    if context.measure is not None and context.measure.kind in ("share", "leftover"):
        gone = says_all or bool(_GONE.search(text))
        is_share = context.measure.kind == "share"
        unit = context.measure.unit
        base = _baseline_value(baseline, unit)
        return Promise(">=" if is_share else "==", 100.0 if is_share else 0.0, base, unit, explicit=gone)
    if context.measure is not None:
        comparator = ">=" if context.measure.better == "higher" else "<="
        base = _baseline_value(baseline, context.measure.unit)
        return Promise(comparator, None, base, context.measure.unit)
    leftovers = bool(_GONE.search(text)) and (not says_all or bool(_LOWER_IS_BETTER.search(text)))
    if says_all or (leftovers and re.search(r"\([<>]", text)):
        unit, goal = ("count", 0.0) if leftovers else ("%", 100.0)
        return Promise("==" if leftovers else ">=", goal, _baseline_value(baseline, unit), unit, explicit=True)
    if baseline is not None:
        unit = baseline.unit or "count"
        return Promise(">=" if _rises(context, text) else "<=", None, baseline.value, unit)
    return Promise()


def _with_completeness(promise: Promise, context: _Context) -> Promise:
    """Zero unguarded is all guarded; all resolved is none left; 90 % resolved is a reduction by 90 %."""
    measure = context.measure
    if measure is not None and measure.kind == "leftover" and promise.relative and (promise.goal, promise.unit) == (100, "%"):
        return Promise("==", 0.0, promise.baseline, measure.unit, explicit=True, compares=True)
    if measure is None or promise.goal is None or promise.relative:
        return promise
    is_count = dimension(promise.unit) == "count" or (promise.unit == measure.unit and promise.goal == 0)
    if measure.kind == "share" and promise.goal == 0 and is_count and (_WITHOUT.search(context.text)):
        base = None if promise.baseline is None or promise.unit != "%" else promise.baseline
        return Promise(">=", 100.0, base, "%", explicit=True, compares=promise.compares)
    if measure.kind == "leftover" and promise.unit == "%":
        if promise.goal == 100:
            return Promise("==", 0.0, None, measure.unit, explicit=True, compares=promise.compares)
        if _GONE.search(context.text) or promise.comparator in (">", ">=", "=="):
            return Promise("<=", promise.goal, None, "%", relative=True, explicit=True, compares=True)
    return promise
