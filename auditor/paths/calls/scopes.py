"""Every scope of the project with what stands in it: calls, raises and reads, as written."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from auditor.facts.flow.events import Call, Flow, Raise, Read
from auditor.facts.values import Definition, FileFacts
from auditor.knowledge.load import Knowledge
from auditor.paths.calls.edge import Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols

E = TypeVar("E", Raise, Read)
"""What stands in a scope."""


class Scopes:
    """The scopes of the files that have been read, by node."""

    def __init__(self, files: Mapping[str, FileFacts], flows: Mapping[str, Flow], knowledge: Knowledge) -> None:
        self.files = files
        self.flows = flows
        self.knowledge = knowledge
        self.symbols = Symbols(files, flows, knowledge)
        self._by_last: dict[str, dict[str, list[int]]] = {}
        self._targets: dict[Node, frozenset[str]] = {}
        self._dotted: dict[tuple[str, int], str] = {}

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
        places = self.lasts(path)
        found = {place for some in names for name in some.intersection(places) for place in places[name]}
        return [self.flows[path].calls[place] for place in sorted(found)]

    def lasts(self, path: str) -> Mapping[str, list[int]]:
        """The last names of what a file calls, each with the places of its calls in the order of the source."""
        places = self._by_last.get(path)
        if places is None:
            places = self._by_last[path] = defaultdict(list)
            for place, call in enumerate(self.flows[path].calls):
                places[call.target.rpartition(".")[2]].append(place)
        return places

    def anywhere(self, *names: frozenset[str]) -> Iterator[tuple[str, Call]]:
        """The calls of one of these last names in all files, in the order of paths."""
        for path in sorted(self.flows):
            for call in self.called(path, *names):
                yield path, call

    def targets(self, node: Node) -> frozenset[str]:
        """What a scope calls, as written."""
        if node not in self._targets:
            self._targets[node] = frozenset(call.target for call in self.calls.get(node, ()))
        return self._targets[node]

    @cached_property
    def raises(self) -> dict[Node, list[Raise]]:
        """The raises of every scope."""
        return self._by_node(lambda flow: flow.raises)

    @cached_property
    def reads(self) -> dict[Node, list[Read]]:
        """The reads of every scope."""
        return self._by_node(lambda flow: flow.reads)

    @cached_property
    def parts(self) -> dict[Node, list[Read]]:
        """The parts that every scope picks by number."""
        return self._by_node(lambda flow: flow.parts)

    def _by_node(self, entries: Callable[[Flow], Iterable[E]]) -> dict[Node, list[E]]:
        found: dict[Node, list[E]] = defaultdict(list)
        for path, flow in self.flows.items():
            homes = self._homes[path]
            for entry in entries(flow):
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
