"""Transactions that end with a block: what was added in it is written, and may be refused, as the block is left."""

from collections.abc import Iterator
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.errors.catching import Catching
from auditor.paths.errors.constraints import FLUSHES, Constraints
from auditor.paths.errors.stored import REFUSAL, SESSION, Stored
from auditor.paths.names.symbol import Symbol

COMMITS = f"{SESSION}commit"
BEGINS = f"{SESSION}begin"
"""What begins a transaction that is written at the end of a block."""


class Refused(NamedTuple):
    """A block at whose end the database may refuse a row: its line, and what stands around it."""

    line: int
    guard: int


class Transactions:
    """Answers for one graph."""

    def __init__(self, graph: Graph, constraints: Constraints, catching: Catching, stored: Stored) -> None:
        self.graph = graph
        self.constraints = constraints
        self.catching = catching
        self.stored = stored
        self._managers: dict[Symbol, bool] = {}

    def refused(self, node: Node) -> Iterator[Refused]:
        """The blocks of a scope that write what came from outside to columns that have to be unique, as they end."""
        guards = self.graph.flows[node.path].guards
        for at in sorted(self._blocks(node)):
            if any(self._commits(node, context) for context in guards[at].contexts):
                if self.constraints.may_break_at(node, None) or self.stored.hands_rows(node):
                    yield Refused(guards[at].line, guards[at].parent)
                return

    def _blocks(self, node: Node) -> set[int]:
        """The blocks of `with` in a scope that something is called in."""
        guards, found = self.graph.flows[node.path].guards, set[int]()
        for call in self.graph.calls.get(node, ()):
            at = call.guard
            while at >= 0 and at not in found:
                if guards[at].contexts:
                    found.add(at)
                at = guards[at].parent
        return found

    def _commits(self, node: Node, context: str) -> bool:
        """Whether a context writes at the end of its block: a session's own, or a generator of the project that goes on so."""
        symbol = self.graph.symbols.chain(node.path, node.scope, elided(context.encode()).partition("()")[0])
        if symbol is None:
            return False
        if symbol.kind == "external":
            return self.graph.knowledge.normal(symbol.name).removesuffix("()") == BEGINS
        if symbol.kind != "function" or not symbol.path:
            return False
        if symbol not in self._managers:
            self._managers[symbol] = False
            self._managers[symbol] = self._goes_on(Node(symbol.path, symbol.place))
        return self._managers[symbol]

    def _goes_on(self, manager: Node) -> bool:
        """Whether a generator writes behind what it yields, or yields within a block that does, and lets out what is refused."""
        flow = self.graph.flows[manager.path]
        for entry in flow.yields:
            if entry.scope != manager.scope:
                continue
            later = [
                call
                for call in self.graph.calls.get(manager, ())
                if call.line > entry.line and call.target.rpartition(".")[2] in FLUSHES
            ]
            if any(not self.catching.stopped(manager, call.guard, REFUSAL) for call in later):
                return True
            at = entry.guard
            while at >= 0:
                around = flow.guards[at]
                if any(self._commits(manager, context) for context in around.contexts):
                    return not self.catching.stopped(manager, around.parent, REFUSAL)
                at = around.parent
        return False
