"""A line, item or row that may be a promise, with all that its place says of it."""

from enum import IntEnum

import msgspec

from auditor.roadmap.calendar.labels import Label


class Strength(IntEnum):
    """How surely a candidate is meant as a promise; the weaker count only where the stronger say nothing."""

    METRIC = 3
    """Under success metrics, in a table with targets, a key result: always a promise."""
    GOAL = 2
    """Under goals or objectives: a promise where it states a figure."""
    WORK = 1
    """A sprint's own items and deliverables: only where nothing else states that sprint's metrics."""
    LOOSE = 0
    """Anywhere else: only where the page states no promise at all."""


class Candidate(msgspec.Struct, frozen=True):
    """`text` is shown; `name`, `goal_text`, `baseline_text` and `unit_text` are a table row's cells (else empty)."""

    text: str
    line: int
    strength: Strength
    name: str = ""
    goal_text: str = ""
    baseline_text: str = ""
    unit_text: str = ""
    mark: bool | None = None
    label: Label | None = None
    """The sprint that the place names: the section's, or the row's cell."""
    when: str = ""
    """Text that may name a sprint or a date: the row's `by` cell, else the promise's own text."""
    category: str = ""
    around: str = ""
    """The headings around that of the category: `Stream "Tests"` over `Trust`, for a promise of the pass rate."""
    whole: bool = False
    """Stated for the whole, so that no sprint's words claim it: `Each sprint must meet`, the last goal beside the sprints'."""
    part: bool = False
    """A row for a layer, module or service: the project's figure does not judge it."""
    prose: bool = False
    """Running text: a promise only where it states a figure of something measurable."""
    subject: str = ""
    """What the sentence before names, where this one says no more than `all of them`."""
    said: str = ""
    """The words that promise, where `text` shows more so that it can be understood; empty where they are all of it."""
    among: int = 0
    """The line of what its list or table stands under: the same for all of its items or rows; 0 for what stands alone."""
    due: tuple[str, ...] = ()
    """Texts that may say by which day it is due, the nearest first."""
    owner: str = ""
    """Who answers for it, where the page names them."""
    forbidden: bool = False
    """The words say what must not be: `coverage is below 70 %` of `the build fails when coverage is below 70 %`."""
    agreed: bool = False
    """Stands among work that is agreed on: a promise, whatever it is about."""
