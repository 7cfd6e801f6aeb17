"""The two words of the call graph: a scope, and a call in it that leads somewhere."""

from typing import NamedTuple

from auditor.facts.flow.events import Call
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import Arguments, arguments


class Node(NamedTuple):
    """A scope: a file and the index of a definition in it, -1 for the module itself."""

    path: str
    scope: int


class Edge(NamedTuple):
    """One call as resolved: to a scope of the project, or to a dotted name outside it, or to nobody with the reason."""

    call: Call
    to: Node | None = None
    name: str = ""
    """The full dotted name, without brackets; of the project's own too."""
    reason: str = ""
    later: bool = False
    """Whether the callee is handed over to run elsewhere: its errors do not come back here."""
    model: Symbol | None = None
    """The mapped class that a query's method is called for."""
    read: bool = False
    """Whether it is a property that is read, no call."""
    within: Node | None = None
    """The function of the project that is handed what is called, and calls it there."""
    guards: tuple[int, ...] = ()
    """What stands around the calls there."""
    via: str = ""
    """The known runner that was handed the function: `pybreaker.CircuitBreaker.call`."""

    @property
    def arguments(self) -> Arguments:
        """What the call is given."""
        return arguments(self.call.args)
