"""What a team has decided: the settings' sections as values, so that those who judge need not know where they stand."""

from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0)]


class Discover(msgspec.Struct, frozen=True):
    """Which files are looked at."""

    exclude: tuple[str, ...] = ()
    """Paths to leave out, in `.gitignore`'s language, relative to the project."""
    max_file_kib: Annotated[int, msgspec.Meta(ge=1, le=102400)] = 2048
    """Larger files are not read; they are listed as skipped."""
    kinds: dict[str, str] = {}
    """Patterns with the kind of file they name: source, test, migration, generated or vendored."""


class Rules(msgspec.Struct, frozen=True):
    """Which rules run, and where."""

    select: tuple[str, ...] = ()
    """Rules or packs to run; none named runs all."""
    ignore: tuple[str, ...] = ()
    """Rules or packs not to run; measures that they feed become unknown."""
    severity: dict[str, str] = {}
    """A rule's severity, where the team sees it differently."""
    path_ignores: dict[str, tuple[str, ...]] = {}
    """Patterns of paths with the rules or packs that are not wanted there."""
    boundaries: tuple[str, ...] = ()
    """Dotted names of functions that are meant to catch everything, such as a worker's main loop."""


class Gate(msgspec.Struct, frozen=True):
    """When a run fails. Bounds count findings that are not suppressed."""

    critical: Count | None = 0
    """Most findings of this severity; leave it out of the file for none."""
    high: Count | None = 0
    """Most findings of high severity."""
    medium: Count | None = None
    """Most findings of medium severity; not bounded unless set."""
    low: Count | None = None
    """Most findings of low severity; not bounded unless set."""
    confidence: str = "medium"
    """The least confidence that counts: high, medium or low."""
    min_grade: str = ""
    """The worst grade that passes, such as B+."""
    new_only: bool = False
    """Whether only findings that the baseline does not hold count."""
    claims: bool = False
    """Whether a target that is claimed but not met fails the run."""
    measures: dict[str, str] = {}
    """Bounds of measures, such as "duplication.density_pct" = "<= 5"; an unknown measure can not pass."""
    allow_skipped: tuple[str, ...] = ()
    """Patterns of files that may be left unread without the run ending in "could not judge"."""


class RoadmapPlace(msgspec.Struct, frozen=True):
    """Where the promises stand."""

    path: str = ""
    """The roadmap, relative to the project; roadmap.toml or docs/roadmap.toml unless set."""
    hot_paths: tuple[str, ...] = ()
    """Entry points that the roadmap calls hot, by route or dotted name."""


class Accepted(msgspec.Struct, frozen=True):
    """A risk that the team lives with until a day."""

    id: str
    """The advisory's id, or a rule's."""
    reason: str
    until: str = ""
    who: str = ""


class Supply(msgspec.Struct, frozen=True):
    """How dependencies are audited."""

    offline: bool = False
    """Whether no network may be used."""
    advisories: str = ""
    """A folder or zip of OSV documents inside the project to audit against."""
    budget_s: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 60.0
    """How long the audit of dependencies may take in all, in seconds."""
    licences: tuple[str, ...] = ()
    """SPDX expressions that are allowed; none named allows all."""
    accepted: tuple[Accepted, ...] = ()
    """Risks that the team lives with: id, reason, until, who."""
    allow_unaudited: dict[str, str] = {}
    """Packages that may stay unaudited, with the day until which."""


class Evidence(msgspec.Struct, frozen=True):
    """Figures of other tools."""

    max_age_days: Annotated[int, msgspec.Meta(ge=1)] = 30
    """Older figures are stale."""
