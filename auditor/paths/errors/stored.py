"""Rows that are handed to a function of the project which stores them: a repository's `add`, a helper that commits."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.errors.catching import Catching
from auditor.paths.errors.constraints import ADDS, FLUSHES, Constraints
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments

SESSION = "sqlalchemy.orm.Session."
WRITES = f"{SESSION}flush"
"""The library's call that the error comes from."""
REFUSAL = "sqlalchemy.exc.IntegrityError"


class Keeping(NamedTuple):
    """The parameter that a function adds to its session, and whether it writes at once."""

    place: int
    name: str
    at_once: bool
    caught: bool = False
    """Whether it answers by itself where the database refuses the row."""


class Stored:
    """Answers for one graph."""

    def __init__(self, graph: Graph, constraints: Constraints, catching: Catching) -> None:
        self.graph = graph
        self.constraints = constraints
        self.catching = catching

    def broken(self, node: Node) -> Iterator[Call]:
        """The calls of a scope that write a row, made there of what came from outside, which may break a constraint."""
        if not self._keeping:
            return
        edges = self.graph.edges(node)
        for edge in edges:
            keeping = self._keeping.get(edge.to) if edge.to is not None and not edge.read else None
            row = edge.arguments.get(keeping.place, keeping.name) if keeping is not None else None
            if keeping is None or keeping.caught or not row or not self.constraints.row_breaks(node, row):
                continue
            later = [one.call for one in edges if one.call.line > edge.call.line and _last(one.call) in FLUSHES]
            yield from [edge.call] if keeping.at_once else later[:1]

    def hands_rows(self, node: Node) -> bool:
        """Whether a scope hands such a row to a function that only adds it to a session."""
        for edge in self.graph.edges(node) if self._keeping else ():
            keeping = self._keeping.get(edge.to) if edge.to is not None and not edge.read else None
            row = edge.arguments.get(keeping.place, keeping.name) if keeping is not None and not keeping.at_once else None
            if row and self.constraints.row_breaks(node, row):
                return True
        return False

    @cached_property
    def _keeping(self) -> dict[Node, Keeping]:
        """By function: what it keeps of what it is given."""
        found: dict[Node, Keeping] = {}
        for path in self.graph.flows:
            for call in self.graph.called(path, frozenset(ADDS)):
                node = self.graph.node(path, call.scope)
                signature = self.graph.symbols.signature(Symbol("function", *node)) if node.scope >= 0 else None
                given = (*arguments(call.args).positional, "")[0]
                if signature is not None and given in signature.names and self._is_session(path, call):
                    place = signature.names.index(given) - (signature.first in ("self", "cls"))
                    writes = [one for one in self.graph.calls.get(node, ()) if _last(one) in FLUSHES]
                    first = next((one for one in writes if one.start > call.start), None)
                    caught = first is not None and self.catching.stopped(node, first.guard, REFUSAL)
                    found.setdefault(node, Keeping(place, given, bool(writes), caught))
        return found

    def _is_session(self, path: str, call: Call) -> bool:
        symbol = self.graph.symbols.chain(path, call.scope, call.target)
        name = self.graph.knowledge.normal(symbol.name) if symbol is not None and symbol.kind == "external" else ""
        return name.startswith(SESSION)


def _last(call: Call) -> str:
    return call.target.rpartition(".")[2]
