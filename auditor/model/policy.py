"""What a team has decided: the settings' sections as values, so that those who judge need not know where they stand."""

from typing import Annotated, Literal

import msgspec

Most = Annotated[int, msgspec.Meta(ge=0)] | Literal["any"]
"""How many are allowed; `any` for no bound."""
Grave = Literal["critical", "high", "medium", "low", "info"]
Sure = Literal["high", "medium", "low"]
Kind = Literal["source", "test", "migration", "generated", "vendored"]
Letter = Literal["", "A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F"]


class Discover(msgspec.Struct, frozen=True):
    """Which files are looked at."""

    exclude: tuple[str, ...] = ()
    """Paths to leave out, in `.gitignore`'s language, relative to the project."""
    max_file_kib: Annotated[int, msgspec.Meta(ge=1, le=102400)] = 2048
    """Larger files are not read; they are listed as skipped, and the run can not end green."""
    kinds: dict[str, Kind] = {}
    """Patterns in `.gitignore`'s language with the kind of file they name: `source` is judged, tests too where they are
    called so; `test`, `migration`, `generated` and `vendored` are not, but for the rules made for them."""


class Rules(msgspec.Struct, frozen=True):
    """Which rules run, and where."""

    select: tuple[str, ...] = ()
    """Rules or packs to run; none named runs all. What does not run caps the grade."""
    ignore: tuple[str, ...] = ()
    """Rules or packs not to run. What does not run caps the grade, and the measures it feeds become unknown."""
    severity: dict[str, Grave] = {}
    """A rule's severity in the gate and the reports, where the team sees it differently; the grade keeps the graver one."""
    path_ignores: dict[str, tuple[str, ...]] = {}
    """Folders or shell patterns of paths, with the rules or packs that are not wanted there; the grade counts them still."""
    boundaries: tuple[str, ...] = ()
    """Dotted names of functions that are meant to catch everything, such as a worker's main loop."""


class Paths(msgspec.Struct, frozen=True):
    """What is known of the ways through the project."""

    hot: tuple[str, ...] = ()
    """Entry points that must stay fast, as a route (`GET /orders`, `/api/orders*`) or a function (`shop.views.list_orders`,
    `shop.api.*`): what is asked of the database once per element below them is counted on its own."""


class Gate(msgspec.Struct, frozen=True):
    """When a run fails. Bounds count findings that are not suppressed."""

    critical: Most = 0
    """Most findings of critical severity; `"any"` takes the bound away."""
    high: Most = 0
    """Most findings of high severity."""
    medium: Most = "any"
    """Most findings of medium severity."""
    low: Most = "any"
    """Most findings of low severity."""
    confidence: Sure = "medium"
    """The least confidence that counts."""
    min_grade: Letter = ""
    """The worst grade that passes, such as `B+`."""
    new_only: bool = False
    """Whether only findings that the baseline does not hold count against the four bounds."""
    claims: bool = False
    """Whether a target that is claimed but not met fails the run; one that is claimed without evidence can not pass."""
    contract: bool = False
    """Whether a promise that was softened since the base commit fails the run."""
    measures: dict[str, str] = {}
    """Bounds of measures, such as `"duplication.density_pct" = "<= 5"`; an unknown or stale measure can not pass."""
    allow_skipped: tuple[str, ...] = ()
    """Patterns of files that may stay unread without keeping the run from green; `*` reaches over `/` too."""


class RoadmapPlace(msgspec.Struct, frozen=True):
    """Where the promises stand."""

    path: str = ""
    """The roadmap, relative to the project; `roadmap.toml` or `docs/roadmap.toml` unless set."""
    base: str = ""
    """The branch, tag or commit whose promises are the measure of today's; see docs/contract.md for what is taken unless set."""


Justified = Literal[
    "",
    "component_not_present",
    "vulnerable_code_not_present",
    "vulnerable_code_not_in_execute_path",
    "vulnerable_code_cannot_be_controlled_by_adversary",
    "inline_mitigations_already_exist",
]
"""Why a project is not affected, in the words of VEX; empty: it is, and lives with it."""


class Accepted(msgspec.Struct, frozen=True):
    """A risk that the team lives with until a day."""

    id: str
    """The advisory's id."""
    reason: str
    """Why it is no danger here, or not yet."""
    until: str = ""
    """The last day on which it is accepted (`2027-01-31`); after it, it counts again."""
    who: str = ""
    """Who decided."""
    justification: Justified = ""
    """Why the project is not affected at all, in the words of VEX; empty: it is affected, and lives with it."""


class Supply(msgspec.Struct, frozen=True):
    """How dependencies are audited."""

    offline: bool = False
    """Whether no network may be used; then only `--advisories` can tell what is vulnerable."""
    service: Literal["index", "osv"] = "index"
    """Who is asked for vulnerabilities over the network: the package index, or OSV."""
    environment: str = ""
    """An installed environment in the project, such as `.venv`: its versions, licences and modules are read, never run."""
    releases: bool = True
    """Whether the index is asked for newer releases of direct packages, and for licences where there is a policy."""
    allowed_licences: tuple[str, ...] = ()
    """The only licences that dependencies may have, by SPDX identifiers; none named: all that are not denied."""
    denied_licences: tuple[str, ...] = ()
    """Licences that no dependency may have, by SPDX identifiers."""
    exempt_licences: tuple[str, ...] = ()
    """Packages whose licence somebody has looked at."""
    budget_s: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 60.0
    """How long the audit of dependencies may take in all, in seconds."""
    accepted: tuple[Accepted, ...] = ()
    """Advisories that the team lives with, each a table of its own."""
    modules: dict[str, tuple[str, ...]] = {}
    """Modules that packages of the team's own install, where their names do not tell: `internal-client = ["acme.client"]`."""
    allow_unaudited: dict[str, str] = {}
    """Packages that may stay unaudited, with the last day on which they may; any other keeps the run from green."""


class Prometheus(msgspec.Struct, frozen=True):
    """A Prometheus server that is asked when a person says so."""

    url: str = ""
    """Where it answers; nothing is asked where it is empty. A token is read from `AUDITOR_PROMETHEUS_TOKEN`."""
    queries: dict[str, str] = {}
    """Names of measures with the PromQL that gives each: `"cache.hit_rate_pct" = "100 * sum(…) / sum(…)"`."""


class Sentry(msgspec.Struct, frozen=True):
    """A Sentry project whose issues are counted when a person says so."""

    organisation: str = ""
    """The organisation's short name; nothing is asked where it is empty."""
    project: str = ""
    """The project's short name."""
    url: str = "https://sentry.io"
    """Where it answers; a token is read from `AUDITOR_SENTRY_TOKEN`."""
    query: str = "is:unresolved"
    """Which issues count, in Sentry's own language."""


class EvidencePlace(msgspec.Struct, frozen=True):
    """Figures that other tools measured: where they lie, how old they may be, and who is asked for more."""

    folder: str = "evidence"
    """The folder of the project that holds them."""
    max_age_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 30
    """How old a figure may be, in days; an older one is stale, and no stale figure is good."""
    ages: dict[str, Annotated[int, msgspec.Meta(ge=0, le=3650)]] = {}
    """The same for measures whose names begin so: `coverage = 7`, `"http.p95_ms" = 90`."""
    severity: dict[str, Grave] = {}
    """The severity of other tools' findings, by tool (`ruff = "low"`) or by rule (`"bandit/B101" = "info"`)."""
    timeout_s: Annotated[float, msgspec.Meta(gt=0, le=300)] = 10.0
    """How long one source may take to answer, in seconds."""
    prometheus: Prometheus = Prometheus()
    """A Prometheus server."""
    sentry: Sentry = Sentry()
    """A Sentry project."""


class History(msgspec.Struct, frozen=True):
    """Where snapshots are kept. A server is named by `AUDITOR_HISTORY` or `--history` alone, never by a file of the tree."""

    record: bool = False
    """Whether every audit of the whole project keeps its snapshot; `--save` and `--no-save` win."""
    path: str = ".auditor/history.sqlite3"
    """The history's file, relative to the project. A new folder for it keeps itself out of version control."""
    name: str = ""
    """The project's name in a history that many projects share; the name of its folder unless set."""
