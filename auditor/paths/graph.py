"""Who calls whom: every scope of the project with its calls, resolved as far as the text tells."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.events import Call, Flow, Raise, Read
from auditor.facts.values import Definition, FileFacts
from auditor.knowledge.load import Knowledge
from auditor.knowledge.names import spelt
from auditor.paths.arguments import Arguments, arguments
from auditor.paths.reasons import Reasons
from auditor.paths.symbols import Symbol, Symbols

LAMBDA = re.compile(r"^lambda\b[^:]*:\s*")


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
    via: str = ""
    """The known runner that was handed the function: `pybreaker.CircuitBreaker.call`."""

    @property
    def arguments(self) -> Arguments:
        """What the call is given."""
        return arguments(self.call.args)


class Graph:
    """The call graph. Edges of a scope are worked out when somebody asks for them, and remembered."""

    def __init__(self, files: Mapping[str, FileFacts], flows: Mapping[str, Flow], knowledge: Knowledge) -> None:
        self.files = files
        self.flows = flows
        self.knowledge = knowledge
        self.symbols = Symbols(files, flows, knowledge)
        self.reasons = Reasons(files)
        self._edges: dict[Node, tuple[Edge, ...]] = {}
        self._learn()

    def _learn(self) -> None:
        """Two rounds: what callers hand over tells what a parameter is, and so what is called on it."""
        handed: dict[tuple[str, int, str], set[Symbol]] = defaultdict(set)
        for node in self.nodes:
            for edge in self.edges(node):
                if edge.to is not None and edge.to.scope >= 0 and not edge.read:
                    self._hand_over(node, edge, handed)
        self.symbols.given = {asked: next(iter(known)) for asked, known in handed.items() if len(known) == 1}
        self.symbols.forget_unknown()
        unknown = [node for node, edges in self._edges.items() if any(edge.to is None and not edge.name for edge in edges)]
        for node in unknown:
            del self._edges[node]

    def _hand_over(self, node: Node, edge: Edge, handed: dict[tuple[str, int, str], set[Symbol]]) -> None:
        assert edge.to is not None
        signature = self.symbols.signature(Symbol("function", edge.to.path, edge.to.scope))
        names = [name for name in signature.names if name not in signature.annotations]
        if len(names) < 2 and (not names or names[0] in ("self", "cls")):
            return
        definition = self.files[edge.to.path].definitions[edge.to.scope]
        bound = definition.parent >= 0 and self.files[edge.to.path].definitions[definition.parent].kind == "class"
        shift = 1 if bound and "staticmethod" not in definition.decorators else 0
        given = edge.arguments
        pairs = [
            (signature.names[i + shift], text) for i, text in enumerate(given.positional) if i + shift < len(signature.names)
        ]
        for name, text in (*pairs, *given.keywords.items()):
            if name in names and text[:1].isidentifier() and len(text) < 80:
                from auditor.facts.flow.elide import elided

                symbol = self.symbols.chain(node.path, edge.call.scope, elided(text.encode()))
                if symbol is not None and symbol.kind in ("instance", "query", "many", "class", "function"):
                    handed[edge.to.path, edge.to.scope, name].add(symbol)

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
            for call in flow.calls:
                found[self.node(path, call.scope)].append(call)
        return found

    @cached_property
    def raises(self) -> dict[Node, list[Raise]]:
        """The raises of every scope."""
        found: dict[Node, list[Raise]] = defaultdict(list)
        for path, flow in self.flows.items():
            for entry in flow.raises:
                found[self.node(path, entry.scope)].append(entry)
        return found

    @cached_property
    def reads(self) -> dict[Node, list[Read]]:
        """The reads of every scope."""
        found: dict[Node, list[Read]] = defaultdict(list)
        for path, flow in self.flows.items():
            for entry in flow.reads:
                found[self.node(path, entry.scope)].append(entry)
        return found

    def node(self, path: str, scope: int) -> Node:
        """The node that a scope's code runs in: a class body runs in the scope around it."""
        definitions = self.files[path].definitions
        while scope >= 0 and definitions[scope].kind == "class":
            scope = definitions[scope].parent
        return Node(path, scope)

    def edges(self, node: Node) -> tuple[Edge, ...]:
        """The calls of a scope and the properties it reads, resolved, in the order of the source."""
        known = self._edges.get(node)
        if known is None:
            known = tuple(edge for call in self.calls.get(node, ()) for edge in self._resolve(node, call))
            known += tuple(edge for read in self.reads.get(node, ()) for edge in self._property(node, read))
            self._edges[node] = known
        return known

    @cached_property
    def _properties(self) -> frozenset[str]:
        """The names of the project's properties: only reads of these may run code."""
        members = self.symbols.members
        return frozenset(
            d.name
            for path, file in self.files.items()
            if path in self.flows
            for i, d in enumerate(file.definitions)
            if d.decorators and d.kind != "class" and members.is_property(Symbol("function", path, i))
        )

    def _property(self, node: Node, read: Read) -> Iterator[Edge]:
        """The properties of the project that a chain of attributes runs."""
        parts = read.text.split(".")
        for end in range(1, len(parts)):
            if parts[end] in self._properties:
                owner = self.symbols.chain(node.path, read.scope, ".".join(parts[:end]))
                found = self._property_of(owner, parts[end]) if owner is not None and owner.kind == "instance" else None
                if found is not None:
                    call = Call(read.scope, read.line, read.column, -1, ".".join(parts[: end + 1]), read.guard, read.loop)
                    yield Edge(call, Node(found.path, found.place), self.dotted(found), read=True)

    def _property_of(self, owner: Symbol, name: str) -> Symbol | None:
        for klass in self.symbols.members.mro(owner):
            index = self.symbols.table(klass.path).children.get((klass.place, name)) if klass.kind == "class" else None
            if index is not None:
                found = self.symbols.of(klass.path, index)
                return found if found.kind == "function" and self.symbols.members.is_property(found) else None
        return None

    def _resolve(self, node: Node, call: Call) -> Iterator[Edge]:
        yield from self._handed_over(node, call)
        symbol = self.symbols.chain(node.path, call.scope, call.target)
        if symbol is None:
            yield Edge(call, reason=self.reasons.of(call.target))
        elif symbol.kind == "external":
            yield self._outside(node, call, symbol)
        else:
            yield from self._inside(call, symbol)

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

    def _handed_over(self, node: Node, call: Call) -> Iterator[Edge]:
        """The functions that a known runner is given to run elsewhere or later, and those that run when they are told so."""
        owner, _, last = call.target.rpartition(".")
        if last in self._starters:
            yield from self._handed(node, call, (owner,), "", True)
        if last in self._runners:
            symbol = self.symbols.chain(node.path, call.scope, call.target)
            known = symbol is not None and symbol.kind == "external"
            name = self.knowledge.normal(symbol.name) if symbol is not None and known else call.target
            runner = self.knowledge.runner(name)
            if runner is not None:
                given = arguments(call.args)
                texts = tuple(text for argument in runner.takes if (text := given.named(argument)))
                yield from self._handed(node, call, texts, name if known else "", runner.later)

    def _handed(self, node: Node, call: Call, texts: tuple[str, ...], via: str, later: bool) -> Iterator[Edge]:
        for text in texts:
            plain = LAMBDA.sub("", text).partition("(")[0]
            symbol = self.symbols.chain(node.path, call.scope, plain) if plain else None
            if symbol is not None and symbol.kind == "function" and symbol.path:
                yield Edge(call, Node(symbol.path, symbol.place), self.dotted(symbol), later=later, via=via)

    @cached_property
    def _starters(self) -> frozenset[str]:
        """Methods of a function itself that have it run elsewhere: `delay`."""
        rows = (row for library in self.knowledge.libraries for row in library.runner)
        return frozenset(name.rpartition(".")[2] for row in rows for name in row.methods)

    @cached_property
    def _runners(self) -> frozenset[str]:
        """Last names of calls that may take a function over."""
        rows = (row for library in self.knowledge.libraries for row in library.runner)
        return frozenset(name.rpartition(".")[2] for row in rows for text in row.calls for name in spelt(text))

    def _outside(self, node: Node, call: Call, symbol: Symbol) -> Edge:
        if symbol.name == "=" or symbol.name.startswith("query."):
            owner, _, last = call.target.rpartition(".")
            query = self.symbols.chain(node.path, call.scope, owner) if owner else symbol.of
            return self._query(call, last.partition("<")[0], query or symbol.of)
        return Edge(call, name=self.knowledge.normal(symbol.name))

    def _inside(self, call: Call, symbol: Symbol) -> Iterator[Edge]:
        if symbol.kind == "class":
            made = self.symbols.member(symbol.as_("instance"), "__init__")
            inside = made is not None and made.kind == "function"
            yield Edge(call, Node(made.path, made.place) if inside and made else None, name=self.dotted(symbol))
        elif symbol.kind == "instance":
            made = self.symbols.member(symbol, "__call__")
            inside = made is not None and made.kind == "function"
            yield Edge(call, Node(made.path, made.place) if inside and made else None, name=self.dotted(symbol))
        elif symbol.kind == "function" and symbol.name:
            yield Edge(call, name="builtins.super")
        elif symbol.kind == "function":
            yield Edge(call, Node(symbol.path, symbol.place), name=self.dotted(symbol), model=symbol.of)
            for other in self._instead(symbol):
                yield Edge(call, other, name=self.dotted(Symbol("function", *other)))
        else:
            yield self._query(call, call.target.rpartition(".")[2], symbol)

    def _query(self, call: Call, method: str, model: Symbol | None) -> Edge:
        """A method of a query, by the name that the mapper's library gives it."""
        style = self.symbols.members.style(model) if model is not None and model.path else None
        owner = next(spelt(style.queries[0])) if style is not None and style.queries else "query"
        return Edge(call, name=f"{owner}.{method}", model=model)

    def _instead(self, function: Symbol) -> tuple[Node, ...]:
        """The methods that stand in for an abstract one, where a few classes define them."""
        definition = self.symbols.definition(function)
        if definition.parent < 0 or not self._is_abstract(Node(function.path, function.place), definition):
            return ()
        owner = Symbol("class", function.path, definition.parent)
        found = []
        for klass in self.subclasses.get(owner, ()):
            index = self.symbols.table(klass.path).children.get((klass.place, definition.name))
            if index is not None:
                found.append(Node(klass.path, index))
        return tuple(found) if len(found) <= 8 else ()

    def _is_abstract(self, node: Node, definition: Definition) -> bool:
        if any("abstractmethod" in decorator for decorator in definition.decorators):
            return True
        raised = self.raises.get(node, ())
        return not self.calls.get(node) and any(entry.type == "NotImplementedError" for entry in raised)

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
        module = self.symbols.modules.name_of[symbol.path]
        return f"{module}.{self.symbols.definition(symbol).qualname}" if symbol.place >= 0 else module
