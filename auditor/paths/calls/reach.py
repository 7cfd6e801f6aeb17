"""The search: what an entry point leads to, by which way, and who leads to a place. Breadth first, so ways are short."""

from collections import deque
from collections.abc import Iterable
from functools import cached_property

from auditor.model.finding import Hop, Location
from auditor.paths.calls.graph import Edge, Graph, Node

Way = tuple[tuple[Node, Edge], ...]
"""Steps from an entry point down: the scope, and the call in it that leads on."""


class Reach:
    """Answers for one graph. Work that is handed over to run later is followed too: the edge says so."""

    def __init__(self, graph: Graph, entries: Iterable[Node] = ()) -> None:
        self.graph = graph
        self.entries = tuple(dict.fromkeys(entries))

    def below(self, start: Node) -> dict[Node, tuple[Node, Edge] | None]:
        """Every scope that a scope leads to, itself first, each with the step before it."""
        return self._search((start,))

    @cached_property
    def from_entries(self) -> dict[Node, tuple[Node, Edge] | None]:
        """Every scope that some entry point leads to, each with the step before it on a shortest way; None for an entry."""
        return self._search(self.entries)

    def _search(self, starts: Iterable[Node]) -> dict[Node, tuple[Node, Edge] | None]:
        found: dict[Node, tuple[Node, Edge] | None] = dict.fromkeys(starts)
        waiting = deque(found)
        while waiting:
            node = waiting.popleft()
            for edge in self.graph.edges(node):
                if edge.to is not None and edge.to not in found:
                    found[edge.to] = (node, edge)
                    waiting.append(edge.to)
        return found

    def way(self, node: Node, found: dict[Node, tuple[Node, Edge] | None] | None = None) -> Way:
        """The steps that lead to a scope; none where it is an entry point or nothing leads to it."""
        known = self.from_entries if found is None else found
        steps: list[tuple[Node, Edge]] = []
        step = known.get(node)
        while step is not None and len(steps) < 100:
            steps.append(step)
            step = known.get(step[0])
        return tuple(reversed(steps))

    def hops(self, way: Way) -> tuple[Hop, ...]:
        """The steps as a reader follows them, each at the call that leads on."""
        return tuple(
            Hop(
                Location(node.path, edge.call.line, edge.call.column),
                f"{self.graph.name(node)} {'hands over' if edge.later else 'reads' if edge.read else 'calls'} "
                f"{self.graph.name(edge.to) if edge.to is not None else edge.name}",
            )
            for node, edge in way
        )
