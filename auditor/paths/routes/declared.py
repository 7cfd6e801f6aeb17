"""What the code says of routes, by the binding that holds them: declarations, mounts and routers, not yet joined."""

from collections import defaultdict
from typing import NamedTuple

from auditor.facts.flow.events import Call
from auditor.knowledge.entries import Mount, Route, Router
from auditor.paths.routes.places import Place
from auditor.paths.written.arguments import Arguments

GROWING = frozenset(("append", "extend", "insert"))
"""Methods of a list that add to it."""


class Declared(NamedTuple):
    """One declaration: where it stands, its paths as written, the handler's text or the decorated definition."""

    path: str
    scope: int
    line: int
    row: Route
    given: Arguments
    callee: str
    decorated: int = -1
    """The definition that a decorator stands on, -1 for a call."""
    handler: str = ""
    table: Place | None = None
    """Where the table stands that a loop took the declaration from: its handler is named there."""


class Mounted(NamedTuple):
    """Something that hangs below a path; the prefix is None where the code does not tell it in so many words."""

    child: Place
    prefix: str | None
    replaces: bool
    regex: bool = False
    call: Call | None = None
    """The call that mounts it, which may hand dependencies along, and the file that it stands in."""
    path: str = ""


class Made(NamedTuple):
    """A router as its constructor makes it."""

    row: Router
    call: Call
    path: str
    given: Arguments


class Holder:
    """All that a binding holds."""

    def __init__(self) -> None:
        self.routes: list[Declared] = []
        self.mounts: list[Mounted] = []
        self.made: Made | None = None


class Told(NamedTuple):
    """A call of one file that speaks of routes: `inside` is the index of the innermost such call around it, or -1."""

    call: Call
    row: Route | Mount | Router | None
    """None for a list's own method."""
    inside: int


Holders = defaultdict[Place, Holder]
