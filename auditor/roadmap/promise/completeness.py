"""Promises without a figure of their own: all, none, gone or done, and what that means for the measure."""

import re

import msgspec

from auditor.model.units import dimension
from auditor.roadmap.binding import Bindable
from auditor.roadmap.promise.cues import GONE
from auditor.roadmap.promise.quantity import Quantity
from auditor.roadmap.promise.value import LOWER_IS_BETTER, Context, Promise, baseline_value, should_rise

_ALL = re.compile(r"\b(?:all(?!-)|every|each|everywhere|fully|entire|entirely|throughout|complete coverage|any)\b", re.I)
_ALL_OF_THEM = re.compile(
    r"\b(?:all (?:of )?(?:the |our )?|(?:fix|resolve|close|eliminate|patch|clear|drop|remove|delete|retire|replace)(?:e?s)? "
    r"(?:the|our|these) (?:(?:last|remaining|other|final|known|open) )?)(\d{1,6})\b(?! ?[%./])",
    re.I,
)
"""`Remove all 17 unused dependencies`: there are as many now."""
_ALL_COUNTED = re.compile(r"\b(?:all|each of|every one of) (?:of )?(?:the |our |its )?(\d{1,6})\b", re.I)
_FREE_OF = re.compile(r"\b(?:without|free of)\b", re.I)
_PART_GONE = re.compile(r"\d ?% of [^.;]{3,60}\b(?:gone|removed|deleted|eliminated|merged|resolved)\b", re.I)
"""`two thirds of the duplicated code is gone`."""
_WITHOUT = re.compile(r"\b(?:un[a-z]{4,}|without|missing|lack(?:s|ing)?|not|hard[- ]delet\w*)\b", re.I)


def without_figures(baseline: Quantity | None, context: Context) -> Promise:
    """No goal in figures: all, gone, or simply done. A share of leftovers resolved is a reduction by that share."""
    text = context.text
    says_all = bool(_ALL.search(text))
    is_leftover = context.measure is not None and context.measure.kind == "leftover"
    if baseline is None and (GONE.search(text) or is_leftover) and (counted := _ALL_OF_THEM.search(text)):
        baseline = Quantity(float(counted[1]), "", counted.start(1), counted.end(1))
    if context.measure is not None and context.measure.kind in ("share", "leftover"):
        gone = says_all or bool(GONE.search(text)) or (context.measure.kind == "leftover" and bool(_FREE_OF.search(text)))
        is_share = context.measure.kind == "share"
        unit = context.measure.unit
        base = _share_done(baseline, text) if is_share else baseline_value(baseline, unit)
        return Promise(
            ">=" if is_share else "==",
            100.0 if is_share else 0.0,
            base,
            unit,
            explicit=gone,
            compares=gone and not is_share and base is not None,
        )
    counts = context.measure is not None and context.measure.unit in ("count", "lines")
    if says_all and counts:
        return Promise(">=", 100.0, None, "%", explicit=True)  # `mypy strict in all 9 packages` is a share, no count of packages
    if context.measure is not None:
        comparator = ">=" if context.measure.better == "higher" else "<="
        base = baseline_value(baseline, context.measure.unit)
        return Promise(comparator, None, base, context.measure.unit)
    leftovers = bool(GONE.search(text)) and (not says_all or bool(LOWER_IS_BETTER.search(text)))
    if says_all or (leftovers and re.search(r"\([<>]", text)):
        unit, goal = ("count", 0.0) if leftovers else ("%", 100.0)
        base = baseline_value(baseline, unit)
        return Promise("==" if leftovers else ">=", goal, base, unit, explicit=True, compares=base is not None)
    if baseline is not None and leftovers:  # `compatibility code removed (about 1,900 lines)`
        return Promise("==", 0.0, baseline.value, baseline.unit or "count", explicit=True, compares=True)
    if baseline is not None:
        unit = baseline.unit or "count"
        return Promise(">=" if should_rise(context, text) else "<=", None, baseline.value, unit)
    return Promise()


def _share_done(baseline: Quantity | None, text: str) -> float | None:
    """`around all 14 services; 3 have one` is 21 %; of how many a count is, where nothing says it, is not known."""
    if baseline is None or baseline.unit or not baseline.value:
        return baseline_value(baseline, "%")
    whole = _ALL_COUNTED.search(text)
    if whole is None or not baseline.value < int(whole[1]):
        return None
    return round(100 * baseline.value / int(whole[1]), 2)


def with_completeness(promise: Promise, context: Context) -> Promise:
    """Zero unguarded is all guarded; all resolved is none left; 90 % resolved is a reduction by 90 %."""
    measure = context.measure
    if measure is not None and measure.kind == "leftover" and promise.relative and (promise.goal, promise.unit) == (100, "%"):
        return Promise("==", 0.0, promise.baseline, measure.unit, explicit=True, compares=True)
    if measure is None or promise.goal is None or promise.relative:
        return promise
    is_count = dimension(promise.unit) == "count" or (promise.unit == measure.unit and promise.goal == 0)
    if measure.kind == "share" and promise.goal == 0 and is_count and (_WITHOUT.search(context.text)):
        if promise.baseline is not None and "%" not in context.text:
            return msgspec.structs.replace(promise, unit="count")  # `unhandled errors: 6 → 0` counts what is left
        stated = promise.baseline if "%" in context.text else None
        base = None if stated is None else round(100 - stated, 6)
        return Promise(">=", 100.0, base, "%", explicit=True, compares=promise.compares)
    is_gone = measure.kind == "level" and measure.better == "lower" and promise.comparator in (">", ">=")
    if is_gone and promise.unit == "%" and _PART_GONE.search(context.text):
        return Promise("<=", promise.goal, promise.baseline, "%", relative=True, explicit=True, compares=True)
    if measure.kind == "leftover" and promise.unit == "%":
        if promise.goal == 100:
            return Promise("==", 0.0, None, measure.unit, explicit=True, compares=promise.compares)
        if GONE.search(context.text) or promise.comparator in (">", ">=", "=="):
            return Promise("<=", promise.goal, None, "%", relative=True, explicit=True, compares=True)
    return promise


_OTHERWISE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "=="}


def inverted(promise: Promise, measure: Bindable | None) -> Promise:
    """What is promised by forbidding this: at least 70 % where less fails, none where any fails."""
    if promise.relative:
        return promise
    if promise.goal is None or (measure is not None and measure.kind == "leftover" and promise.comparator == "=="):
        return Promise("==", 0.0, promise.baseline, measure.unit if measure else "count", explicit=True, compares=True)
    return msgspec.structs.replace(promise, comparator=_OTHERWISE[promise.comparator], explicit=True, compares=True)
