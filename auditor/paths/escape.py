"""Which errors each function can let out: raised in it or below it, and caught by nobody on the way.

A work list to the least fixed point over the call graph, so that recursion ends (Kildall, "A unified approach to global
program optimization", 1973).
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.events import Guard
from auditor.model.finding import Hop, Location
from auditor.paths.graph import Edge, Graph, Node
from auditor.paths.hierarchy import Hierarchy

SUPPRESS = re.compile(r"(?:contextlib\.)?suppress\((?P<types>[^()]*)\)?")


class Witness(NamedTuple):
    """Where an error comes from, one step down: the line of the call or raise, and the scope or name that lets it out."""

    line: int
    column: int
    below: Node | None
    name: str
    """What raises it, where nothing of the project stands below: `requests.get`, or empty for the function's own raise."""


class Escapes:
    """The errors that leave every scope. Types are canonical names of the hierarchy."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.hierarchy = Hierarchy(graph.symbols, graph.knowledge)
        self._handlers: dict[tuple[str, int], tuple[tuple[str, ...], ...]] = {}

    @cached_property
    def by_node(self) -> dict[Node, dict[str, Witness]]:
        """For each scope, the types that leave it, each with its first witness in the order of the source."""
        found: dict[Node, dict[str, Witness]] = defaultdict(dict)
        callers = self._callers()
        waiting: deque[Node] = deque()
        for node in self.graph.nodes:
            for name, guard, witness in self._sources(node):
                if name not in found[node] and not self.caught(node, guard, name):
                    found[node][name] = witness
            if found[node]:
                waiting.append(node)
        while waiting:
            node = waiting.popleft()
            for caller, edge in callers.get(node, ()):
                if self._carry(found[node], caller, edge, found[caller]):
                    waiting.append(caller)
        return dict(found)

    def _callers(self) -> dict[Node, list[tuple[Node, Edge]]]:
        callers: dict[Node, list[tuple[Node, Edge]]] = defaultdict(list)
        for node in self.graph.nodes:
            for edge in self.graph.edges(node):
                if edge.to is not None and not edge.later:
                    callers[edge.to].append((node, edge))
        return callers

    def _carry(self, below: dict[str, Witness], caller: Node, edge: Edge, above: dict[str, Witness]) -> bool:
        grown = False
        for name in below:
            if name not in above and not self.caught(caller, edge.call.guard, name):
                above[name] = Witness(edge.call.line, edge.call.column, edge.to, "")
                grown = True
        return grown

    def _sources(self, node: Node) -> Iterator[tuple[str, int, Witness]]:
        """What begins in a scope itself: its raises, and its calls of libraries that are known to raise."""
        for raised in self.graph.raises.get(node, ()):
            name = self.hierarchy.type_name(node.path, raised.scope, raised.type)
            if name:
                yield name, raised.guard, Witness(raised.line, raised.column, None, "")
        for edge in self.graph.edges(node):
            effect = self.graph.knowledge.effect(edge.name) if edge.name and edge.to is None else None
            for name in effect.raises if effect is not None else ():
                yield name, edge.call.guard, Witness(edge.call.line, edge.call.column, None, edge.name)

    def caught(self, node: Node, guard: int, name: str) -> bool:
        """Whether one of the guards around a place in a scope stops an error of a type for good."""
        guards = self.graph.flows[node.path].guards
        while guard >= 0:
            around = guards[guard]
            if around.final_exit:
                return True
            for handler, types in zip(around.handlers, self._types(node, guard, around), strict=False):
                if any(self.hierarchy.catches(kind, name) for kind in types):
                    if not handler.reraises:
                        return True
                    break
            if around.kind == "with" and self._suppressed(node, around, name):
                return True
            guard = around.parent
        return False

    def _types(self, node: Node, index: int, guard: Guard) -> tuple[tuple[str, ...], ...]:
        """For each handler of a guard, the types it names; a bare one catches BaseException.

        A type that can not be resolved stays as written: it then catches only what is written the same.
        """
        asked = (node.path, index)
        if asked not in self._handlers:
            self._handlers[asked] = tuple(
                tuple(self.hierarchy.type_name(node.path, node.scope, text) or text for text in handler.types)
                or ("BaseException",)
                for handler in guard.handlers
            )
        return self._handlers[asked]

    def _suppressed(self, node: Node, guard: Guard, name: str) -> bool:
        for context in guard.contexts:
            match = SUPPRESS.match(context)
            for text in match["types"].split(",") if match else ():
                kind = self.hierarchy.type_name(node.path, node.scope, text.strip())
                if kind and self.hierarchy.catches(kind, name):
                    return True
        return False

    def path(self, node: Node, name: str) -> tuple[Hop, ...]:
        """The way of an error from a scope down to where it is raised, a hop a call; at most fifty."""
        hops: list[Hop] = []
        here: Node | None = node
        while here is not None and len(hops) < 50:
            witness = self.by_node.get(here, {}).get(name)
            if witness is None:
                break
            place = Location(here.path, witness.line, witness.column)
            who = self.graph.name(here)
            if witness.below is not None:
                hops.append(Hop(place, f"{who} calls {self.graph.name(witness.below)}"))
            else:
                what = f"{witness.name} raises" if witness.name else "raises"
                hops.append(Hop(place, f"{who}: {what} {name.rpartition('.')[2]}"))
            here = witness.below
        return tuple(hops)
