"""The past as reports and judges see it: brief snapshots on a line of time, figures over it, and what became of findings.

Times are ISO in UTC to the second (`2026-01-05T09:00:00+00:00`), so they sort as texts. A time names one snapshot: no two
of a project share one.
"""

from bisect import bisect_left, bisect_right

import msgspec

from auditor.model.finding import Confidence, Severity
from auditor.model.measure import Basis
from auditor.model.policy import Discover, Rules
from auditor.model.snapshot import Scope
from auditor.model.verdict import Grade


class Conditions(msgspec.Struct, frozen=True):
    """What a figure depends on besides the code: two snapshots with equal conditions differ by their code alone."""

    tool_version: str
    rules: dict[str, str] = {}
    """The rules that ran, by id, each with the digest of its file."""
    packages: dict[str, str] = {}
    """The dependencies that were audited, by name, with their versions; empty where they were left out."""
    discover: Discover = Discover()
    choice: Rules = Rules()
    """The settings' section on rules: what was switched off, left out by path, or weighed otherwise."""


class Entry(msgspec.Struct, frozen=True):
    """A snapshot in brief."""

    at: str
    """The moment that it speaks of: when it was taken, or for a past commit when that was made."""
    commit: str
    made_at: str
    """When the audit ran."""
    grade: Grade
    passed: bool | None
    severities: dict[Severity, int]
    """Numbers of the findings that count."""
    suppressed: int
    unjudged: int
    """Files that could not be read and rules that crashed."""
    scope: Scope
    conditions: str
    """The key of its conditions in `Past.conditions`."""
    backfilled: bool = False
    dirty: bool | None = None
    """Whether the tree differed from the commit; None where git did not know."""


class Point(msgspec.Struct, frozen=True):
    """A figure at a moment. `value` is None where it was attempted and is unknown."""

    at: str
    commit: str
    value: float | None
    basis: Basis = Basis.MEASURED
    note: str = ""
    taken_at: str = ""
    """When it was measured, where the audit itself did not."""
    link: str = ""


class Series(msgspec.Struct, frozen=True):
    """A measure over time, oldest first. A snapshot in which nobody attempted it has no point."""

    measure: str
    subject: str
    unit: str
    points: tuple[Point, ...]
    source: str = ""

    def at(self, moment: str) -> Point | None:
        """The point of exactly that moment."""
        place = bisect_left(self.points, moment, key=lambda point: point.at)
        return self.points[place] if place < len(self.points) and self.points[place].at == moment else None


class Stretch(msgspec.Struct, frozen=True, order=True):
    """A run of snapshots without a gap, by the moments of its first and its last."""

    first: str
    last: str


class Weighed(msgspec.Struct, frozen=True, order=True):
    """How grave a finding was from a moment on, and whether it counted: it does unless it is suppressed."""

    since: str
    severity: Severity
    counts: bool


class Seen(msgspec.Struct, frozen=True):
    """All that is known of one finding: what it says, as last seen, when it stood, and how it weighed then."""

    fingerprint: str
    rule: str
    confidence: Confidence
    path: str
    line: int
    message: str
    stretches: tuple[Stretch, ...]
    """Oldest first. Between two of them it was gone."""
    weights: tuple[Weighed, ...]
    """Oldest first; the first begins with the first stretch."""
    facts: dict[str, str] = {}

    @property
    def first_seen(self) -> str:
        """The moment of the first snapshot that had it."""
        return self.stretches[0].first

    @property
    def last_seen(self) -> str:
        """The moment of the last snapshot that had it."""
        return self.stretches[-1].last

    @property
    def severity(self) -> Severity:
        """As last seen."""
        return self.weights[-1].severity

    def stood(self, moment: str) -> bool:
        """Whether the snapshot of that moment had it."""
        return any(stretch.first <= moment <= stretch.last for stretch in self.stretches)

    def counted(self, moment: str) -> bool:
        """Whether the snapshot of that moment had it, not suppressed."""
        weight = next((one for one in reversed(self.weights) if one.since <= moment), None)
        return weight is not None and weight.counts and self.stood(moment)


class Past(msgspec.Struct, frozen=True):
    """What a report may see of a project's history, oldest first. An empty one is the history of a project that has none.

    `entries` hold the last snapshot of each day, farther back of each week or of four, the oldest, and those that were asked
    for. `seen` holds the findings that stand in the newest snapshot, those that stood at a moment that was asked for, and those
    that were asked for by name. What `whole` reads holds everything.
    """

    entries: tuple[Entry, ...] = ()
    series: tuple[Series, ...] = ()
    seen: tuple[Seen, ...] = ()
    conditions: dict[str, Conditions] = {}

    @property
    def newest(self) -> Entry | None:
        """The last entry."""
        return self.entries[-1] if self.entries else None

    def entry(self, moment: str) -> Entry | None:
        """The last entry at or before a moment, which may be a day (`2026-01-05`: its end counts)."""
        upto = f"{moment}T24" if len(moment) == len("2026-01-05") else moment
        place = bisect_right(self.entries, upto, key=lambda entry: entry.at)
        return self.entries[place - 1] if place else None

    def one(self, measure: str, subject: str = "") -> Series | None:
        """The series of a measure."""
        return next((one for one in self.series if one.measure == measure and one.subject == subject), None)


class Change(msgspec.Struct, frozen=True):
    """A measure at two moments; a side is None where it was not attempted then."""

    measure: str
    subject: str
    unit: str
    before: Point | None
    after: Point | None


class Comparison(msgspec.Struct, frozen=True):
    """What differs between two snapshots. Findings are gravest first.

    Those that count later are `open`, `new`, `returned` and `resumed` together; those that counted earlier are `open`,
    `fixed` and `silenced`.
    """

    before: Entry
    after: Entry
    open: tuple[Seen, ...]
    """Counted in both."""
    new: tuple[Seen, ...]
    """Counts in the later one, and had not been seen up to the earlier."""
    returned: tuple[Seen, ...]
    """Counts in the later one; was gone in the earlier, and had been seen before that."""
    resumed: tuple[Seen, ...]
    """Counts in the later one; was suppressed in the earlier."""
    fixed: tuple[Seen, ...]
    """Counted in the earlier one, and is gone from the later."""
    silenced: tuple[Seen, ...]
    """Counted in the earlier one, and is suppressed in the later."""
    changes: tuple[Change, ...]
    """Measures whose value or basis differ, by name and subject."""
    differing: tuple[str, ...]
    """Which conditions differ, of `tool version`, `rules`, `dependencies`, `files looked at`, `choice of rules`."""
