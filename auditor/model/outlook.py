"""Where a target is heading: the line it should be on, its pace, and what the sprint's time says."""

from enum import StrEnum

import msgspec

from auditor.model.measure import Measure
from auditor.model.roadmap import Progress


class InTime(StrEnum):
    """Whether the forecast's range lies before the day it is wanted by."""

    YES = "yes"
    LIKELY = "likely"
    UNLIKELY = "unlikely"
    NO = "no"
    UNKNOWN = "unknown"


class Forecast(msgspec.Struct, frozen=True):
    """When a goal will be reached at the present pace. Days are ISO; empty: not within the horizon at that pace.

    `earliest` and `latest` bound the range of `confidence_pct`; `likely` is the middle estimate. A silent forecast has no
    day at all, `points` tells how few there were, and `note` says why.
    """

    points: int
    likely: str = ""
    earliest: str = ""
    latest: str = ""
    slope_per_week: float | None = None
    confidence_pct: float | None = None
    in_time: InTime = InTime.UNKNOWN
    note: str = ""

    @property
    def silent(self) -> bool:
        """Whether nothing can be said."""
        return self.slope_per_week is None


class Trajectory(msgspec.Struct, frozen=True):
    """Where a figure should stand on a day on the straight way from baseline to goal, and whether it is behind that."""

    day: str
    due: float
    now: float
    behind: bool
    note: str


class Standpoint(msgspec.Struct, frozen=True):
    """A target with all that is known of its way: progress, line and forecast. None where there is nothing to draw on."""

    progress: Progress
    trajectory: Trajectory | None = None
    forecast: Forecast | None = None


class Feature(msgspec.Struct, frozen=True):
    """One deliverable of a sprint with the targets that speak of it, and what can be said of it in a word."""

    text: str
    targets: tuple[str, ...]
    state: str
    """`kept`, `partly`, `not kept`, or `no evidence` where no target speaks of it or none could be judged."""


class SprintState(msgspec.Struct, frozen=True):
    """A sprint on a day: the share of its time that is gone against the share of its promises that are kept."""

    name: str
    phase: str
    """`past`, `current`, `ahead`, or `undated`."""
    time_gone: float | None
    """0 to 1; None where the sprint has no dates."""
    kept: int
    total: int
    features: tuple[Feature, ...] = ()
    risks: tuple[str, ...] = ()
    """Sentences: what got worse, what has no evidence, what falls behind."""
    verdict: str = ""
    """`on track`, `at risk`, `off track`, `kept`, `missed`, or `unknown`."""


class Answer(msgspec.Struct, frozen=True):
    """What is known of a review's question: the figures, and `measured`, `partly` (some of what was tried is unknown),
    `declared`, `stale` or `no evidence`.
    """

    text: str
    state: str
    figures: tuple[Measure, ...] = ()
    note: str = ""


class ReviewState(msgspec.Struct, frozen=True):
    """A promised review with what can be said to each of its questions."""

    name: str
    sprint: str
    answers: tuple[Answer, ...] = ()
