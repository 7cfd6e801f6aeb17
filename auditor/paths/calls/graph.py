"""Who calls whom: every scope of the project with its calls, resolved as far as the text tells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from operator import attrgetter, itemgetter

from auditor.facts.flow.events import Flow
from auditor.facts.values import FileFacts
from auditor.knowledge.load import Knowledge
from auditor.knowledge.values import Effect
from auditor.paths.calls.alike import named_alike
from auditor.paths.calls.calling import Calling
from auditor.paths.calls.edge import Edge, Node
from auditor.paths.calls.handing import handed_over
from auditor.paths.calls.scopes import Scopes
from auditor.paths.names.rows import rows_handed

__all__ = ["Edge", "Graph", "Node"]


class Graph(Scopes):
    """The call graph: the scopes, and the edges between them, which are worked out when somebody asks, and remembered."""

    def __init__(self, files: Mapping[str, FileFacts], flows: Mapping[str, Flow], knowledge: Knowledge) -> None:
        super().__init__(files, flows, knowledge)
        self.calling = Calling(self)
        self._edges: dict[Node, tuple[Edge, ...]] = {}
        self._again: set[Node] = set()
        # What `self` is in a method that is handed a row has to be known before anybody asks.
        self.symbols.given = rows = rows_handed(self.symbols)
        self.symbols.given = named_alike(self.symbols) | rows | handed_over(self, self.edges)
        self.symbols.forget_unknown()
        lost = (node for node, edges in self._edges.items() if any(_lost(edge) for edge in edges))
        handed_to = (Node(path, scope) for path, scope, _ in self.symbols.given)
        self._again = {node for node in (*lost, *handed_to) if node in self._edges}
        """Scopes of which more can be said, now that it is known what callers hand over."""

    @cached_property
    def followed(self) -> tuple[int, int]:
        """How many calls lead to the project's own code, and how many may and could not be followed."""
        inside = lost = 0
        for node in self.nodes:
            for edge in self.edges(node):
                if not edge.read and not edge.later:
                    inside += edge.to is not None
                    lost += bool(edge.reason)
        return inside, lost

    def edges(self, node: Node) -> tuple[Edge, ...]:
        """The calls of a scope and the properties it reads, resolved, in the order of the source."""
        known = self._edges.get(node)
        if known is None:
            known = tuple(edge for call in self.calls.get(node, ()) for edge in self.calling.resolve(node, call))
        elif node in self._again:
            self._again.remove(node)
            known = tuple(self._asked_again(node, known))
        else:
            return known
        known += tuple(
            edge
            for read in self.reads.get(node, ())
            if not self.calling.properties.isdisjoint(read.text.split("."))
            for edge in self.calling.property(node, read)
        )
        self._edges[node] = known
        return known

    def _asked_again(self, node: Node, known: tuple[Edge, ...]) -> Iterator[Edge]:
        """The edges of a scope's calls, those of lost ones worked out anew; what these hand over stands there already."""
        for call, edges in groupby((edge for edge in known if not edge.read), key=attrgetter("call")):
            before = tuple(edges)
            if any(map(_lost, before)):
                yield from (edge for edge in self.calling.resolve(node, call) if edge.call == call or edge not in known)
            else:
                yield from before

    @cached_property
    def callers(self) -> dict[Node, list[tuple[Node, Edge]]]:
        """Who calls a scope, in the order of paths."""
        found: dict[Node, list[tuple[Node, Edge]]] = defaultdict(list)
        for node in self.nodes:
            for edge in self.edges(node):
                if edge.to is not None:
                    found[edge.to].append((node, edge))
        return found

    @cached_property
    def outside(self) -> Mapping[str, list[tuple[int, Node, Edge]]]:
        """The calls that lead out of the project by their dotted names, each with its place in the order of paths."""
        found: dict[str, list[tuple[int, Node, Edge]]] = defaultdict(list)
        place = 0
        for node in self.nodes:
            for edge in self.edges(node):
                if edge.to is None and edge.name:
                    found[edge.name].append((place, node, edge))
                    place += 1
        return found

    @cached_property
    def effects(self) -> Mapping[str, Effect]:
        """What the calls that lead out of the project do, by their dotted names, where something is known of it."""
        return {name: effect for name in self.outside if (effect := self.knowledge.effect(name)) is not None}

    def outward(self, names: Iterable[str]) -> list[tuple[Node, Edge]]:
        """The calls outside of some dotted names, in the order of paths."""
        found = (call for name in names for call in self.outside.get(name, ()))
        return [(node, edge) for _, node, edge in sorted(found, key=itemgetter(0))]

    def is_pooled(self, edge: Edge) -> bool:
        """Whether a pool of the program's own workers runs what is handed over: `pool.submit(load, key)`."""
        runner = self.knowledge.runner(edge.via) if edge.via else None
        return runner is not None and runner.passes


def _lost(edge: Edge) -> bool:
    return edge.to is None and not edge.name
