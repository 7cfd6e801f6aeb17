"""A verdict: whether the snapshot is good by the settings, which grade it earns, and the sums behind the grade."""

import msgspec

from auditor.model.outlook import ReviewState
from auditor.model.roadmap import Progress


class GradeLine(msgspec.Struct, frozen=True):
    """One line of the grade's working: what was counted, over what, and what it earns of what it could.

    `points` is None where the line was not measured: it earns nothing and caps the grade. `of` is 0 where the project has
    nothing that the line could be about: it is left out, and the others weigh the more, so that all sum to a hundred.
    """

    name: str
    counted: str
    per: str
    points: float | None
    of: float
    note: str = ""

    @property
    def applies(self) -> bool:
        """Whether the line is part of the sum at all."""
        return self.of > 0


class Grade(msgspec.Struct, frozen=True):
    """A letter from A+ to F, or `-` where there was nothing to judge, by a versioned formula."""

    letter: str
    score: float | None
    formula: str
    lines: tuple[GradeLine, ...] = ()
    caps: tuple[str, ...] = ()
    """Sentences such as `capped at B+: coverage not measured`."""


class Verdict(msgspec.Struct, frozen=True):
    """`passed` is None where the tool could not judge. `exit_code` is 0, 1 or 3 as the plan has it."""

    passed: bool | None
    exit_code: int
    reasons: tuple[str, ...]
    grade: Grade
    progress: tuple[Progress, ...] = ()
    reviews: tuple[ReviewState, ...] = ()
    kept: tuple[str, ...] = ()
    """The bounds that hold, in words."""
