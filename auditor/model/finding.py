"""A finding: one place in the code where a rule has something to say, and how sure and how grave it is."""

import hashlib
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """What happens if the finding is left."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for critical up to 4 for info: sorting by it puts the gravest first."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure the rule is that the finding is right."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Location(msgspec.Struct, frozen=True, order=True):
    """A stretch of a file. The path is relative to the audited root, with `/`; lines and columns count from 1."""

    path: str
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0


class Hop(msgspec.Struct, frozen=True):
    """One step on the way from an entry point to an effect."""

    location: Location
    text: str


class Related(msgspec.Struct, frozen=True):
    """Another place that belongs to the finding: the other copies of a clone, the members of a family."""

    location: Location
    text: str = ""


class Suppression(msgspec.Struct, frozen=True):
    """Why a finding is not counted: a comment in the code, or an accepted risk in the settings."""

    kind: str
    """`comment`, `accepted`, or `settings` where a path or rule was left out without a reason: the grade counts it."""
    reason: str
    until: str = ""
    """ISO date after which it counts again; empty: no end."""
    line: int = 0


class Finding(msgspec.Struct, frozen=True):
    """What a rule found. `facts` holds the rule's own plain words (category, age, ticket …) for reports."""

    rule: str
    severity: Severity
    confidence: Confidence
    location: Location
    message: str
    path: tuple[Hop, ...] = ()
    related: tuple[Related, ...] = ()
    fingerprint: str = ""
    facts: dict[str, str] = {}
    suppressed: Suppression | None = None

    @property
    def sort_key(self) -> tuple[int, str, int, int, str, str]:
        """Gravest first, then by place: the order in which every report shows findings."""
        place = self.location
        return (self.severity.rank, place.path, place.line, place.column, self.rule, self.message)


def fingerprint(rule: str, path: str, line_text: str, occurrence: int) -> str:
    """Sixteen hex digits that name a finding across edits above it.

    Made of the rule, the path, the line's text with white space folded, and how many same lines of this rule
    came before it in the file (0 for the first); never of the line number.
    """
    text = "\0".join((rule, path, " ".join(line_text.split()), str(occurrence)))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
