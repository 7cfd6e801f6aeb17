"""Who calls whom: every scope of the project with its calls, resolved as far as the text tells."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from auditor.facts.flow.events import Call, Flow, Raise, Read
from auditor.facts.values import Definition, FileFacts
from auditor.knowledge.load import Knowledge
from auditor.paths.calls.alike import named_alike
from auditor.paths.calls.calling import Calling
from auditor.paths.calls.edge import Edge, Node
from auditor.paths.calls.handing import handed_over
from auditor.paths.names.rows import rows_handed
from auditor.paths.names.symbols import Symbol, Symbols

__all__ = ["Edge", "Graph", "Node"]


class Graph:
    """The call graph. Edges of a scope are worked out when somebody asks for them, and remembered."""

    def __init__(self, files: Mapping[str, FileFacts], flows: Mapping[str, Flow], knowledge: Knowledge) -> None:
        self.files = files
        self.flows = flows
        self.knowledge = knowledge
        self.symbols = Symbols(files, flows, knowledge)
        self.calling = Calling(self)
        self._by_last: dict[str, dict[str, list[int]]] = {}
        self._targets: dict[Node, frozenset[str]] = {}
        self._edges: dict[Node, tuple[Edge, ...]] = {}
        self._again: set[Node] = set()
        self._dotted: dict[tuple[str, int], str] = {}
        self.symbols.given = named_alike(self.symbols) | rows_handed(self.symbols) | handed_over(self)
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

    def definition(self, node: Node) -> Definition | None:
        """The definition of a node, None for a module."""
        return self.files[node.path].definitions[node.scope] if node.scope >= 0 else None

    def name(self, node: Node) -> str:
        """A node's name for people: `Cart.total`, or the file for a module."""
        definition = self.definition(node)
        return definition.qualname if definition is not None else node.path

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every function of judged source, and every module, in the order of paths."""
        return tuple(
            Node(path, scope)
            for path, file in sorted(self.files.items())
            if file.kind == "source" and path in self.flows
            for scope in (-1, *(i for i, d in enumerate(file.definitions) if d.kind != "class"))
        )

    @cached_property
    def calls(self) -> dict[Node, list[Call]]:
        """The calls of every scope; those of a class body belong to the scope around it."""
        found: dict[Node, list[Call]] = defaultdict(list)
        for path, flow in self.flows.items():
            homes = self._homes[path]
            for call in flow.calls:
                found[homes[call.scope]].append(call)
        return found

    def called(self, path: str, *names: frozenset[str]) -> list[Call]:
        """A file's calls of one of these last names, in the order of the source."""
        places = self._by_last.get(path)
        if places is None:
            places = self._by_last[path] = defaultdict(list)
            for place, call in enumerate(self.flows[path].calls):
                places[call.target.rpartition(".")[2]].append(place)
        found = {place for some in names for name in some.intersection(places) for place in places[name]}
        return [self.flows[path].calls[place] for place in sorted(found)]

    def targets(self, node: Node) -> frozenset[str]:
        """What a scope calls, as written."""
        if node not in self._targets:
            self._targets[node] = frozenset(call.target for call in self.calls.get(node, ()))
        return self._targets[node]

    @cached_property
    def raises(self) -> dict[Node, list[Raise]]:
        """The raises of every scope."""
        found: dict[Node, list[Raise]] = defaultdict(list)
        for path, flow in self.flows.items():
            homes = self._homes[path]
            for entry in flow.raises:
                found[homes[entry.scope]].append(entry)
        return found

    @cached_property
    def reads(self) -> dict[Node, list[Read]]:
        """The reads of every scope."""
        found: dict[Node, list[Read]] = defaultdict(list)
        for path, flow in self.flows.items():
            homes = self._homes[path]
            for entry in flow.reads:
                found[homes[entry.scope]].append(entry)
        return found

    def node(self, path: str, scope: int) -> Node:
        """The node that a scope's code runs in: a class body runs in the scope around it."""
        return self._homes[path][scope]

    @cached_property
    def _homes(self) -> dict[str, list[Node]]:
        """By file: the node of every scope, that of the module last, where -1 finds it."""
        found = {}
        for path in self.flows:
            homes = [Node(path, -1)]
            for scope, definition in enumerate(self.files[path].definitions):
                homes.insert(scope, homes[definition.parent] if definition.kind == "class" else Node(path, scope))
            found[path] = homes
        return found

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
        """The edges of a scope's calls, those of lost ones worked out anew."""
        for call, edges in groupby((edge for edge in known if not edge.read), key=attrgetter("call")):
            before = tuple(edges)
            yield from self.calling.resolve(node, call) if any(map(_lost, before)) else before

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
    def subclasses(self) -> dict[Symbol, tuple[Symbol, ...]]:
        """By class of the project: the classes that descend from it, in the order of paths."""
        found: dict[Symbol, list[Symbol]] = defaultdict(list)
        for path, file in sorted(self.files.items()):
            if path in self.flows:
                for place, definition in enumerate(file.definitions):
                    if definition.kind == "class" and definition.bases:
                        klass = Symbol("class", path, place)
                        for base in self.symbols.members.mro(klass)[1:]:
                            if base.kind == "class":
                                found[base].append(klass)
        return {base: tuple(classes) for base, classes in found.items()}

    def dotted(self, symbol: Symbol) -> str:
        """The full dotted name of a project's symbol."""
        if symbol.kind == "external":
            return symbol.name
        known = self._dotted.get((symbol.path, symbol.place))
        if known is None:
            module = self.symbols.modules.name_of[symbol.path]
            known = f"{module}.{self.symbols.definition(symbol).qualname}" if symbol.place >= 0 else module
            self._dotted[symbol.path, symbol.place] = known
        return known


def _lost(edge: Edge) -> bool:
    return edge.to is None and not edge.name
