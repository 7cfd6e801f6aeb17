"""A roadmap: sprints and the targets promised in them, and where each target stands."""

from enum import StrEnum

import msgspec

from auditor.model.measure import Measure

MANUAL = "manual"
"""The measure of a target that no tool can take: it needs evidence that a person brings."""


REVIEW = "review"
"""The measure of what a person says to a question of a review."""


class Sprint(msgspec.Struct, frozen=True):
    """A stretch of time with a name. Dates are ISO (`2026-01-05`) or empty; weeks count from 1, both ends included."""

    name: str
    starts: str = ""
    ends: str = ""
    weeks: tuple[int, int] | None = None
    title: str = ""
    goal: str = ""
    deliverables: tuple[str, ...] = ()


class Proof(msgspec.Struct, frozen=True):
    """A figure that a person answers for. `date` is the ISO day of the measurement, `link` where a reader can check it."""

    value: float
    date: str
    who: str
    link: str
    note: str = ""


class Target(msgspec.Struct, frozen=True):
    """One promise: a measure, a comparator and a goal.

    `comparator` is one of `<  <=  >  >=  ==`. With `relative`, the goal is the share in percent by which the measure is to
    fall (comparator `<=` …) or rise from the baseline. `claimed` is what the roadmap's author ticked, never evidence.
    """

    text: str
    measure: str = MANUAL
    comparator: str = "=="
    goal: float | None = None
    baseline: float | None = None
    unit: str = ""
    sprint: str = ""
    claimed: bool = False
    relative: bool = False
    category: str = ""
    evidence: str = ""
    """For a manual target: what would satisfy it."""
    line: int = 0
    proof: Proof | None = None
    """A figure that a person brings; it counts where no tool has measured the target."""
    due: str = ""
    """The ISO day by which the promise itself is due, where it says one; else its sprint's last day counts."""
    owner: str = ""
    """Who answers for it, as the roadmap names them."""
    part: str = ""
    """The part of the code that it is about, in the roadmap's words; empty for the whole project."""
    since: str = ""
    """The ISO day of the baseline, where nobody stated one and the first figure of the history stands in for it."""


class Question(msgspec.Struct, frozen=True):
    """Something that a review is to look at. `measures` answer it, a name with `*` at its end stands for all that begin so."""

    text: str
    measures: tuple[str, ...] = ()
    proof: Proof | None = None
    line: int = 0


class PlannedReview(msgspec.Struct, frozen=True):
    """A look back that the team has promised, such as after a sprint; `sprint` is empty for one of the whole."""

    name: str
    sprint: str = ""
    questions: tuple[Question, ...] = ()

    def subject(self, question: Question) -> str:
        """The subject of the measure that is a person's word on a question."""
        return f"{self.name}: {question.text}"


class Unread(msgspec.Struct, frozen=True):
    """A line of the page that looks like a promise and was not read as one: what it promises is unknown."""

    text: str
    line: int = 0


class Roadmap(msgspec.Struct, frozen=True):
    """What a team promised, as read from `roadmap.toml` or Markdown."""

    title: str = ""
    starts: str = ""
    sprints: tuple[Sprint, ...] = ()
    targets: tuple[Target, ...] = ()
    source: str = ""
    """The file it was read from, relative to the project where it can be."""
    reviews: tuple[PlannedReview, ...] = ()
    unread: tuple[Unread, ...] = ()


class State(StrEnum):
    """Where a target stands, by evidence alone."""

    MET = "met"
    ON_THE_WAY = "on the way"
    WORSE = "worse"
    UNKNOWN = "unknown"
    STALE = "stale"
    CLAIMED = "claimed but not met"


class Progress(msgspec.Struct, frozen=True):
    """A target beside what was measured. `share` is the part of the way from baseline to goal, 0 to 1, None if unknown."""

    target: Target
    state: State
    now: float | None
    goal: float | None
    """The absolute goal: a relative one is worked out from the baseline."""
    share: float | None
    reason: str
    by: Measure | None = None
    """The figure that the state comes from, or that should have been one; None where nothing was attempted."""
