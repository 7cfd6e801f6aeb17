"""What is known on a Friday besides the audit itself: the past, the way of each promise, and what waits for a decision."""

from enum import StrEnum

import msgspec

from auditor.model.change import Attribution, Lever
from auditor.model.contract import Change
from auditor.model.history import Comparison, Entry, Past
from auditor.model.outlook import SprintState, Standpoint
from auditor.model.route import Ledger


class Size(StrEnum):
    """How much work something is, no finer: a day or less, some days, a week or more. Nobody can know it to the hour."""

    SMALL = "S"
    MEDIUM = "M"
    LARGE = "L"


class Step(msgspec.Struct, frozen=True):
    """One line of the grade beside last time: points that it earned of the hundred, and what they moved by."""

    name: str
    was: float | None
    now: float | None
    change: float
    note: str = ""


class Kept(msgspec.Struct, frozen=True):
    """How many promises were kept on a day (ISO), by the figures of that day; `unknown` had none to judge by."""

    day: str
    kept: int
    total: int
    unknown: int = 0


class Standing(StrEnum):
    """Whether an exemption still holds."""

    ACTIVE = "active"
    ENDING = "ending"
    ENDED = "ended"


class Exemption(msgspec.Struct, frozen=True):
    """Something that the team has decided to live with: a suppression in the code, or an accepted risk."""

    kind: str
    """`suppression`, `accepted risk`, `package left unaudited`, or `left out by the settings`."""
    what: str
    place: str
    reason: str
    until: str
    """ISO day; empty: no end was set."""
    who: str
    standing: Standing
    days_left: int | None
    fingerprint: str = ""


class HotSpot(msgspec.Struct, frozen=True):
    """A file that is changed often and is hard to read. `complexity` is the sum over its functions."""

    path: str
    changes: int
    complexity: int
    hardest: str
    """Its most complex function, with that figure."""

    @property
    def heat(self) -> int:
        """Change frequency times complexity."""
        return self.changes * self.complexity


class Decision(msgspec.Struct, frozen=True):
    """Something that a person has to decide, in words for one who does not read code. `anchor` leads to its evidence."""

    text: str
    why: str
    size: Size
    anchor: str


class Review(msgspec.Struct, frozen=True):
    """All that a report on time may see. The empty one is that of a project without history or promises."""

    past: Past = Past()
    before: Entry | None = None
    """The snapshot that this one is compared with: of a week ago, or the oldest there is."""
    compared: Comparison | None = None
    since_sprint: Comparison | None = None
    """This audit beside the one with which the running sprint, or the last one, began."""
    steps: tuple[Step, ...] = ()
    steps_note: str = ""
    """Why the two grades can not be compared line by line."""
    attributions: tuple[Attribution, ...] = ()
    standpoints: tuple[Standpoint, ...] = ()
    sprints: tuple[SprintState, ...] = ()
    kept: tuple[Kept, ...] = ()
    changes: tuple[Change, ...] = ()
    """Promises that were softened."""
    changes_since: str = ""
    """The commit or day that promises were compared with; empty: they were not."""
    levers: tuple[Lever, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    hot_spots: tuple[HotSpot, ...] = ()
    hot_note: str = ""
    """Why there are no hot spots, where that is so."""
    hot_days: int = 90
    decisions: tuple[Decision, ...] = ()
    ledger: Ledger = Ledger()
