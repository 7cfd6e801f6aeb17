"""One sentence → comparator, goal, baseline and unit, in the light of the measure that it is about."""

import re

from auditor.model.units import convert, dimension
from auditor.roadmap.binding import Bindable
from auditor.roadmap.promise.completeness import with_completeness, without_figures
from auditor.roadmap.promise.cue_words import Role
from auditor.roadmap.promise.cues import GONE, RISING, Reading, read_roles
from auditor.roadmap.promise.masking import mask, mask_conditions
from auditor.roadmap.promise.quantity import Quantity, quantities, unit_named
from auditor.roadmap.promise.value import Context, Promise, baseline_value, should_rise
from auditor.roadmap.promise.wording import normalise, parts_as_shares

_PART_OF_ALL = re.compile(r"\b(?:all|every|each|everywhere|throughout)\b[^()]*\([^()\d]{0,12}\d+ ?(?:/|of|out of) ?\d+", re.I)
"""`runbook for every service (7/12 written)`."""
_SHARE_OF = re.compile(
    r"\b(\d{1,4}) (?:out )?of (?:all |our )?(100?)(?= [a-z])(?! (?:of|in|by|from|to|at|with|is|are|on)\b)", re.I
)
"""`9 out of 10 deployments` is a share of them."""
_SHARE_OF_ALL = re.compile(r"\d ?%\+? of (?:all |the |our )?[a-z]", re.I)
_LIMITED = re.compile(
    r"\b(?:not|never|n't)\b(?: \w+){0,2} (?:grow|rise|increase|worsen|regress|drop|fall|decrease|slow(?: down)?|change|degrade|"
    r"shrink)s? by more than[ ~]*\Z",
    re.I,
)
"""`does not grow by more than 10 %`."""
_EACH = re.compile(r"\b(?:each|all|every)\b", re.I)
_PARTED = re.compile(r",\s+and\b|[;.]\s")
_KNOWN = re.compile(r"\b(?:the|our|these|those)\s+\Z", re.I)
"""`the two biggest users of the library` counts what is there."""
_NO_PERIOD = frozenset(("", "months", "weeks", "days"))
"""`no month below 99.5 %`: the months are counted, and none is a time."""
_RATIO = re.compile(r"\bratio\b", re.I)


_NAME_AND_GOAL = re.compile(
    r"(?P<name>[^:]*\d[^:]*|[^:]+(?=:\s+0 left of)):\s+(?P<goal>0(?: (?:left|remaining|open))?(?: (?:out )?of (?P<of>\d+))?|"
    r"~?\d[\w.,% /]{0,15}\s*->\s*[<>=~]*\d[^:]*)[\s.]*(?:\([^()\d]*\))?"
)
"""`Payouts stuck for more than 24 h: none`, `Tests quarantined > 14 days: 9 → 0`: what stands before the colon says of what."""


def read_promise(
    text: str, measure: Bindable | None = None, goal_text: str = "", baseline_text: str = "", unit_text: str = ""
) -> Promise:
    """The promise of `text`, or, from a table's row, of `goal_text` with `text` as the metric's name."""
    whole = normalise(text)
    if not goal_text and (said := _NAME_AND_GOAL.fullmatch(whole)):
        text, goal_text, baseline_text = said["name"], said["goal"], baseline_text or said["of"] or ""
        whole = text
    share_like = measure is not None and (measure.kind == "share" or measure.unit == "%")
    stated = normalise(goal_text) if goal_text else whole
    if measure is None:
        stated = _SHARE_OF.sub(lambda found: parts_as_shares(f"{found[1]} of {found[2]}"), stated)
    if share_like or "%" in stated or _PART_OF_ALL.search(stated):
        stated = parts_as_shares(stated)
    masked = mask_conditions(stated)
    figures = quantities(masked)
    if not figures:  # nothing but deadlines and loads: then one of these is the promise, `fixed within 7 days`
        masked = mask(stated)
        figures = quantities(masked)
    unit = unit_named(unit_text) or unit_named(text) or _unit_in_brackets(text)
    if measure is not None and unit and dimension(unit) != dimension(measure.unit):
        unit = ""  # `cov (lines)` says of what
    base = _of_kind(_baseline_cell(baseline_text, share_like) or (_said_beside(whole) if goal_text else None), measure)
    context = Context(f"{whole} {stated}" if goal_text else whole, measure, unit, base)
    roles = read_roles(masked, figures)
    readings = tuple(reading for reading in roles if reading.role is not Role.ASIDE)
    readings = _flip(stated, readings, roles, context)
    promise = _from_figures(readings, stated, context, is_cell=bool(goal_text))
    if promise is None:
        promise = without_figures(_choose_baseline(readings, None, context), context)
    return with_completeness(promise, context)


def states_figure(text: str) -> bool:
    """Whether the text states any figure: a number, none, a half."""
    return bool(quantities(mask(normalise(text))))


def _unit_in_brackets(text: str) -> str:
    return unit_named(text)


def _baseline_cell(text: str, share_like: bool) -> Quantity | None:
    """The first figure of a table's cell for the present state."""
    if not text:
        return None
    words = normalise(text)
    found = quantities(mask(parts_as_shares(words) if share_like else words))
    return found[0] if found else None


def _said_beside(name: str) -> Quantity | None:
    """The baseline that a metric's own name gives: `Coverage (start 55 %)`."""
    plain = mask_conditions(name)
    roles = read_roles(plain, quantities(plain)) if "(" in name else ()
    return next((reading.quantity for reading in roles if reading.role is Role.BASELINE), None)


def _of_kind(baseline: Quantity | None, measure: Bindable | None) -> Quantity | None:
    """None for a figure that counts in another kind than the measure: it tells of something else."""
    if baseline is None or measure is None or dimension(baseline.unit) not in ("time", "size", "share"):
        return baseline
    return baseline if dimension(baseline.unit) == dimension(measure.unit) else None


def _flip(stated: str, readings: tuple[Reading, ...], all_readings: tuple[Reading, ...], context: Context) -> tuple[Reading, ...]:
    """`no function above complexity 15` is a ceiling of 15, `no module below 70 %` a floor of 70."""
    measure = context.measure
    nobody = measure is not None and measure.kind == "leftover" and re.match(r"0 ha(?:s|ve) to\b", stated)
    is_bound = measure is None or measure.kind == "level" or nobody
    if len(all_readings) < 2 or all_readings[0].quantity.value != 0 or not is_bound:
        return readings
    first, second = all_readings[0], all_readings[1]
    if first.quantity.unit not in _NO_PERIOD or first.role is not Role.FREE:
        return readings
    words = stated[first.quantity.end : second.quantity.start]
    if ":" in words:
        return readings  # `so that nobody forgets: the error rate is under 1 %`
    below = re.search(r"<|\b(?:below|under|less than|lower than)\b", words, re.I)
    above = re.search(
        r">|\b(?:above|over|more (?:complex )?than|higher than|greater than|slower than|longer than|(?:larg|bigg)er than|"
        r"exceed\w*)\b",
        words,
        re.I,
    )
    unit = measure.unit if measure else "lines" if re.search(r"\b(?:longer|larger|bigger) than\b", words) else ""
    if not unit or dimension(second.quantity.unit or unit) != dimension(unit) or not (below or above):
        return readings
    flipped = Reading(second.quantity, Role.GOAL, ">=" if below else "<=")
    return (flipped, *(reading for reading in readings if reading.quantity not in (first.quantity, second.quantity)))


def _works_out(stated: str, change: Reading, goal: Reading) -> bool:
    """Whether the goal is what the change comes to: `by 5 points, to 76 %`."""
    between = stated[change.quantity.end : goal.quantity.start]
    if re.fullmatch(r"\s*[,;(–-]?\s*from\s+~?[\d.,]+\s?[\w%]*\s+(?:down |up )?to\s+[~<>=]*\s*", between, re.I):
        return True
    return re.fullmatch(r"\s*[,;(–-]?\s*(?:i\.e\.,?|that is,?|down|up)?\s*to\s+[~<>=]*\s*", between, re.I) is not None


def _from_figures(readings: tuple[Reading, ...], stated: str, context: Context, is_cell: bool) -> Promise | None:
    """The promise that the figures make, or None where no figure is a goal."""
    goal = _choose_goal(readings, context)
    change = next((reading for reading in readings if reading.role is Role.CHANGE), None)
    baseline = _choose_baseline(readings, goal, context)
    if change and goal and goal.role is Role.GOAL and _works_out(stated, change, goal):
        change = None
    if change and _LIMITED.search(stated[: change.quantity.start]):
        return Promise()  # how far it may move, which is neither a bound nor a cut
    if change and (goal is None or (goal.role is Role.FREE) or change.quantity.start < goal.quantity.start):
        is_figure = goal is not None and goal.role is Role.FREE and bool(goal.quantity.unit)
        return _change(change, baseline or (goal.quantity if goal and is_figure else None), context)
    if goal is None or (not is_cell and (_is_detail(goal, context) or _counts_all(goal, context))):
        return None
    return _absolute(goal, baseline, context)


def _is_detail(goal: Reading, context: Context) -> bool:
    """`breakers with a 5 s timeout`, `slow queries (> 1 s) eliminated`: it says which, the goal is all or none."""
    figure = goal.quantity
    if context.baseline is not None and dimension(context.baseline.unit) == dimension(figure.unit):
        return False  # `from 300 days to 60`
    if goal.role is Role.FREE and figure.value and not figure.unit and _KNOWN.search(context.text[: figure.start]):
        return True
    if context.measure is not None:
        return context.measure.kind != "level" and dimension(figure.unit) in ("time", "size")
    bracketed = re.search(r"\([<>]=? ?[^()]*\)", context.text)
    return bool(bracketed and goal.comparator and GONE.search(context.text) and len(quantities(context.text)) == 1)


def _counts_all(goal: Reading, context: Context) -> bool:
    """`the seven services each have a breaker` counts what all of them are: the goal is all, and no 7 %."""
    is_count = not goal.quantity.unit and goal.role is Role.FREE and goal.quantity.value > 1
    is_share = context.measure is not None and context.measure.kind == "share" and not context.unit
    return is_count and is_share and bool(_EACH.search(context.text)) and "%" not in context.text


def _choose_goal(readings: tuple[Reading, ...], context: Context) -> Reading | None:
    def fits(reading: Reading) -> bool:
        unit = reading.quantity.unit
        return context.measure is None or not unit or dimension(unit) == dimension(context.measure.unit)

    if context.measure is None and (share := _share_in_time(readings, context)):
        return share
    goals = [reading for reading in readings if reading.role is Role.GOAL]
    compared = [reading for reading in goals if reading.comparator]
    free = [reading for reading in readings if reading.role is Role.FREE]
    for group in (compared, goals):
        fitting = [reading for reading in group if fits(reading)] or group
        if fitting:
            zero_first = free and free[0].quantity.value == 0 and free[0].quantity.start < fitting[0].quantity.start
            if zero_first and fitting[0].comparator and ": " in context.text[free[0].quantity.end : fitting[0].quantity.start]:
                return fitting[0]  # `no file gets a new TODO: we stay at or below 140`
            return free[0] if zero_first and free else fitting[0]
    fitting = [reading for reading in free if fits(reading)] or free
    if len(fitting) == 2 and _same_kind(fitting[0].quantity, fitting[1].quantity):
        return fitting[0]
    return fitting[0] if fitting else None


def _share_in_time(readings: tuple[Reading, ...], context: Context) -> Reading | None:
    """`99.9 % of bookings processed within 1 minute` promises the share; the minute says of what."""
    if len(readings) < 2 or readings[0].quantity.unit != "%" or readings[0].role not in (Role.FREE, Role.GOAL):
        return None
    is_time = dimension(readings[1].quantity.unit) == "time" and readings[1].role is Role.GOAL
    return readings[0] if is_time and _SHARE_OF_ALL.search(context.text) else None


def _same_kind(one: Quantity, other: Quantity) -> bool:
    return not one.unit or not other.unit or dimension(one.unit) == dimension(other.unit)


def _choose_baseline(readings: tuple[Reading, ...], goal: Reading | None, context: Context) -> Quantity | None:
    stated = (reading.quantity for reading in readings if reading.role is Role.BASELINE)
    said = next((one for one in stated if goal is None or not _is_apart(one, goal.quantity, context.text)), context.baseline)
    if said is not None or goal is None or goal.role is not Role.GOAL:
        return said
    for reading in readings:
        is_before = reading.quantity.start < goal.quantity.start
        alike = bool(reading.quantity.unit) == bool(goal.quantity.unit) and _same_kind(reading.quantity, goal.quantity)
        if reading.role is Role.FREE and is_before and alike and reading.quantity.value:
            return reading.quantity
    return None


def _is_apart(stood: Quantity, goal: Quantity, text: str) -> bool:
    """Whether a figure without a unit stands in another clause than the share that is promised: it tells of something else."""
    between = text[stood.end : goal.start] if stood.end <= goal.start else ""
    return goal.unit == "%" and not stood.unit and _PARTED.search(between) is not None


def _change(change: Reading, baseline: Quantity | None, context: Context) -> Promise:
    """`by 40 %` counts from the baseline; an amount (`by 10 points`) with a stated baseline is worked out at once."""
    figure = change.quantity
    rises = should_rise(context, context.text) if change.rises is None else change.rises
    comparator = ">=" if rises else "<="
    base_unit = (baseline.unit if baseline else "") or context.unit or (context.measure.unit if context.measure else "")
    base = baseline.value if baseline else None
    if figure.unit in ("%", "x"):
        goal = figure.value if figure.unit == "%" else (figure.value - 1) * 100
        return Promise(comparator, goal, base, "%", relative=True, explicit=True, compares=True)
    counted = "lines" if re.search(r"\blines\b", context.text, re.I) else "count"
    base_unit = "" if base is None and base_unit == "%" else base_unit  # a share does not fall by 2,500 lines
    unit = figure.unit or base_unit or counted
    if base is None:
        return Promise(comparator, figure.value, None, unit, relative=True, explicit=True, compares=True)
    amount = figure.value if unit == "points" else convert(figure.value, unit, base_unit)
    goal = base + (amount or 0) * (1 if rises else -1)
    return Promise(
        comparator, round(goal, 6), base, base_unit or ("%" if unit == "points" else unit), explicit=True, compares=True
    )


def _absolute(goal: Reading, baseline: Quantity | None, context: Context) -> Promise:
    figure = goal.quantity
    unit = figure.unit or (baseline.unit if baseline else "") or context.unit
    if unit == "points" and context.wants_share:
        unit = "%"
    rises = _goal_rises(goal, baseline, context)
    value = figure.value if figure.high is None or rises else figure.high
    base = baseline_value(baseline, unit)
    if not unit and context.wants_share and 0 < value <= 1 and (rises or _RATIO.search(context.text)):
        value, base, unit = round(value * 100, 6), None if base is None else round(base * 100, 6), "%"
    comparator = goal.comparator or (">=" if rises else "<=" if value or unit == "%" else "==")
    if not goal.comparator and value == 0:
        comparator = "=="
    unit = unit or ("count" if context.measure is None or _counts_things(figure, context) else context.measure.unit)
    compares = bool(goal.comparator) or baseline is not None or (goal.role is Role.GOAL and bool(figure.unit))
    compares = compares or unit == "rps" or (unit == "%" and _SHARE_OF_ALL.search(context.text) is not None)
    return Promise(comparator, value, base, unit, explicit=True, compares=compares)


def _counts_things(figure: Quantity, context: Context) -> bool:
    """`breakers on 7 services` is no share of 7 %, however many services there are; nor is `coverage in 12 countries`."""
    measure, said, after = context.measure, context.text[figure.start : figure.end].strip(), context.text[figure.end :]
    if measure is None or figure.value <= 1 or said != f"{figure.value:g}":
        return False
    if measure.kind == "share":
        return re.match(r"\s[a-z][a-z-]{3,}", after, re.I) is not None
    is_place = re.search(r"\b(?:in|on|for|across|to|of) (?:all |the |our )*\Z", context.text[: figure.start], re.I)
    return measure.unit == "%" and is_place is not None and re.match(r"\s(?!across|as\b)[a-z-]{3,}s\b", after) is not None


def _goal_rises(goal: Reading, baseline: Quantity | None, context: Context) -> bool:
    if goal.comparator:
        return goal.comparator in (">", ">=")
    if baseline is not None and _same_kind(baseline, goal.quantity):
        start = convert(baseline.value, baseline.unit, goal.quantity.unit) if baseline.unit else baseline.value
        if start is not None and start != goal.quantity.value:
            return goal.quantity.value > start
    if goal.quantity.unit == "%" and goal.quantity.value == 100:
        return True
    if goal.quantity.unit == "%" and goal.quantity.value >= 50 and _SHARE_OF_ALL.search(context.text):
        return True  # `95 % of endpoints return structured errors`
    if context.measure is None and dimension(goal.quantity.unit) in ("time", "size") and not RISING.search(context.text):
        return False
    return should_rise(context, context.text)
