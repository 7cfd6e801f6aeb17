"""Errors that end in a function of the project that is handed what lets them out: a `lambda`, a function by its name, or what an
asynchronous one gives before it is awaited.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.names.symbol import Symbol

Stopped = Callable[[Node, int, str], bool]
"""Whether a guard of a scope stops an error of a type."""


class Handed(NamedTuple):
    """A `lambda` or an unawaited call that a call hands over: where the call stands, its text, and the guards around where it is
    called or awaited.
    """

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
        self._found: dict[Node, tuple[Handed, ...]] = {}

    def stops(self, node: Node, edge: Edge, name: str) -> bool:
        """Whether a call is made for its scope by a function of the project that stops an error of a type around it."""
        if edge.within is not None:
            return all(self.stopped(edge.within, guard, name) for guard in edge.guards)
        return any(
            one.start <= edge.call.start
            and edge.call.end < one.end
            and edge.call.target.partition("(")[0] in one.text
            and (one.text.startswith("lambda") or self._is_awaited_later(one, edge))
            and all(self.stopped(one.callee, at, name) for at in one.guards)
            for one in self._handed(node)
        )

    def _is_awaited_later(self, one: Handed, edge: Edge) -> bool:
        """Whether what is handed over is what an asynchronous function of the project gives, `answered(store(order))`."""
        definition = self.graph.definition(edge.to) if edge.to is not None else None
        begins = one.text.startswith(f"{edge.call.target.partition('(')[0]}(")
        return begins and definition is not None and definition.kind.startswith("async")

    def _handed(self, node: Node) -> tuple[Handed, ...]:
        if node not in self._found:
            has = any("(" in call.args for call in self.graph.calls.get(node, ()))
            self._found[node] = tuple(self._find(node)) if has else ()
        return self._found[node]

    def _find(self, node: Node) -> Iterator[Handed]:
        for edge in self.graph.edges(node):
            if edge.to is None or "(" not in edge.call.args or edge.read or edge.to.scope < 0:
                continue
            signature = self.graph.symbols.signature(Symbol("function", *edge.to))
            names = signature.names[signature.first in ("self", "cls") :]
            for name, text in (*zip(names, edge.arguments.positional, strict=False), *edge.arguments.keywords.items()):
                if text.startswith("lambda"):
                    run = tuple(c.guard for c in self.graph.calls.get(edge.to, ()) if c.target == name)
                else:
                    run = tuple(self._awaits(edge.to, name)) if text[:1].isalpha() and text.endswith(")") else ()
                if run:
                    yield Handed(edge.call.start, edge.call.end, text, edge.to, run)

    def _awaits(self, callee: Node, name: str) -> Iterator[int]:
        """The guards around where a scope keeps or hands back what a parameter gives: `result = await work`."""
        flow = self.graph.flows[callee.path]
        guards = [(one.line, at) for at, one in enumerate(flow.guards) if one.handlers]
        lines = [one.line for one in flow.assigns if one.scope == callee.scope and one.value == name]
        lines += [one.line for one in flow.returns if one.scope == callee.scope and one.value == name]
        for place in lines:
            yield max((at for line, at in guards if line < place < flow.guards[at].handlers[0].line), default=-1)
