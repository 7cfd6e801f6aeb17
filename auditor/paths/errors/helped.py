"""Errors that end in a function of the project that is handed what lets them out: a `lambda`, or a function by its name."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.names.symbol import Symbol

Stopped = Callable[[Node, int, str], bool]
"""Whether a guard of a scope stops an error of a type."""


class Lambda(NamedTuple):
    """A `lambda` that a call hands over: where the call stands, its text, and the guards around where it is called."""

    start: int
    end: int
    text: str
    callee: Node
    guards: tuple[int, ...]


class Helped:
    """Answers for one graph."""

    def __init__(self, graph: Graph, stopped: Stopped) -> None:
        self.graph = graph
        self.stopped = stopped
        self._lambdas: dict[Node, tuple[Lambda, ...]] = {}

    def stops(self, node: Node, edge: Edge, name: str) -> bool:
        """Whether a call is made for its scope by a function of the project that stops an error of a type around it."""
        if edge.within is not None:
            return all(self.stopped(edge.within, guard, name) for guard in edge.guards)
        return any(
            one.start <= edge.call.start
            and edge.call.end < one.end
            and edge.call.target.partition("(")[0] in one.text
            and all(self.stopped(one.callee, at, name) for at in one.guards)
            for one in self._handed(node)
        )

    def _handed(self, node: Node) -> tuple[Lambda, ...]:
        if node not in self._lambdas:
            has = any("lambda" in call.args for call in self.graph.calls.get(node, ()))
            self._lambdas[node] = tuple(self._find(node)) if has else ()
        return self._lambdas[node]

    def _find(self, node: Node) -> Iterator[Lambda]:
        for edge in self.graph.edges(node):
            if edge.to is None or "lambda" not in edge.call.args or edge.read:
                continue
            signature = self.graph.symbols.signature(Symbol("function", *edge.to))
            names = signature.names[signature.first in ("self", "cls") :]
            for name, text in (*zip(names, edge.arguments.positional, strict=False), *edge.arguments.keywords.items()):
                called = (c.guard for c in self.graph.calls.get(edge.to, ()) if c.target == name)
                if text.startswith("lambda") and (guards := tuple(called)):
                    yield Lambda(edge.call.start, edge.call.end, text, edge.to, guards)
