"""What a sentence promises, as a value, and what is known beside it: measure, unit, which way is better."""

import re

import msgspec

from auditor.model.units import convert
from auditor.roadmap.binding import Bindable
from auditor.roadmap.promise.cues import FALLING, RISING
from auditor.roadmap.promise.quantity import Quantity

LOWER_IS_BETTER = re.compile(
    r"\b(?:times?|latency|duration|delay|lag|errors?|bugs?|incidents?|defects?|debt|complexity|size|cost|churn|"
    r"vulnerab\w+|warnings?|"
    r"violations?|failures?|flak\w+|mttr|lead|stale|backlog|smells?|memory|cpu|bundle|crash\w*|rollbacks?|queue|"
    r"issues?|todos?|outages?|"
    r"regressions?|duplicat\w+|unused|outdated|loss|pages|alerts?|tickets|downtime|change failure|lines|findings|"
    r"escapes?|leaks?|secrets)\b",
    re.I,
)
_HIGHER_IS_BETTER = re.compile(
    r"\b(?:coverage|rate of success|success|availability|uptime|hit|score|satisfaction|nps|throughput|velocity|"
    r"adoption|"
    r"maintainability|grade|pass|frequency|compliance|documented|typed|share|reuse|index|conversion)\b",
    re.I,
)


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


class Context(msgspec.Struct, frozen=True):
    """The whole sentence and what is known beside it."""

    text: str
    measure: Bindable | None
    unit: str
    baseline: Quantity | None

    @property
    def wants_share(self) -> bool:
        return self.measure is not None and self.measure.unit == "%"


def should_rise(context: Context, text: str) -> bool:
    """Whether more is better here: by the measure, else by the verb, else by what is counted."""
    if context.measure is not None:
        return context.measure.better == "higher"
    falling, rising = FALLING.search(text), RISING.search(text)
    if bool(falling) != bool(rising):
        return bool(rising)
    if _HIGHER_IS_BETTER.search(text):
        return True
    return not LOWER_IS_BETTER.search(text)


def baseline_value(baseline: Quantity | None, unit: str) -> float | None:
    if baseline is None:
        return None
    have = "%" if baseline.unit == "points" and unit == "%" else baseline.unit
    found = convert(baseline.value, have, unit)
    return None if found is None else round(found, 6)
