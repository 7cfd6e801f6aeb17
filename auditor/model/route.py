"""A route of the audited application, and the ledger's row that joins what the code says with what was measured there."""

from enum import StrEnum

import msgspec

from auditor.model.finding import Location
from auditor.model.measure import Measure


class Route(msgspec.Struct, frozen=True):
    """A way in from outside, as the code says. None means that the code did not tell."""

    method: str
    """`GET`, `POST` …; `WEBSOCKET` where one is opened, `ANY` where the code names none."""
    path: str
    """The whole path with all prefixes, parameters as the framework writes them: `/api/v1/events/{id}`."""
    handler: str
    """Dotted name of the function or class that answers."""
    location: Location
    version: str = ""
    """`v1`; empty: no version in the path."""
    limited: str = ""
    """By what requests are counted: `address`, `user`, `tenant` …; empty: not limited; `unknown`: something of the project's
    own looks like a limiter, or settings that nobody here can read may name one."""
    handled: bool | None = None
    """Whether every error that can arise in it is answered for."""
    traced: bool | None = None
    queries_in_loops: int | None = None
    untimed_calls: int | None = None
    page: bool = False
    """Whether it answers people with a page rather than programs with data."""

    @property
    def name(self) -> str:
        """`GET /api/v1/events/{id}`: how measures of one route name their subject."""
        return f"{self.method} {self.path}"


class Standing(StrEnum):
    """What the measurements say of what the code says."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    NO_EVIDENCE = "no evidence"


class Entry(msgspec.Struct, frozen=True):
    """A ledger's row. `said` are the code's claims in words, `measured` the figures of this route, sorted by name."""

    route: Route
    said: tuple[str, ...]
    measured: tuple[Measure, ...]
    standing: Standing
    why: str


class Ledger(msgspec.Struct, frozen=True):
    """All rows, and the figures by route that fit no route of the code: nothing is dropped silently."""

    entries: tuple[Entry, ...] = ()
    unplaced: tuple[Measure, ...] = ()
