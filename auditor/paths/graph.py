"""Who calls whom: every scope of the project with its calls, resolved as far as the text tells."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.events import Call, Flow, Raise
from auditor.facts.values import Definition, FileFacts
from auditor.knowledge.load import Knowledge
from auditor.paths.symbols import Symbol, Symbols

LATER = frozenset("delay apply_async send send_with_options enqueue submit add_task run_in_executor to_thread".split())
"""Last names of calls that hand a function over to be run elsewhere or later."""


class Node(NamedTuple):
    """A scope: a file and the index of a definition in it, -1 for the module itself."""

    path: str
    scope: int


class Edge(NamedTuple):
    """One call as resolved: to a scope of the project, or to a dotted name outside it, or to nobody with the reason."""

    call: Call
    to: Node | None = None
    name: str = ""
    reason: str = ""
    later: bool = False
    """Whether the callee is handed over to run elsewhere: its errors do not come back here."""


class Graph:
    """The call graph. Edges of a scope are worked out when somebody asks for them, and remembered."""

    def __init__(self, files: Mapping[str, FileFacts], flows: Mapping[str, Flow], knowledge: Knowledge) -> None:
        self.files = files
        self.flows = flows
        self.knowledge = knowledge
        self.symbols = Symbols(files, flows)
        self._edges: dict[Node, tuple[Edge, ...]] = {}

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
            if file.kind == "source"
            for scope in (-1, *(i for i, d in enumerate(file.definitions) if d.kind != "class"))
        )

    @cached_property
    def calls(self) -> dict[Node, list[Call]]:
        """The calls of every scope; those of a class body belong to the scope around it."""
        return self._by_scope("calls")

    @cached_property
    def raises(self) -> dict[Node, list[Raise]]:
        """The raises of every scope."""
        return self._by_scope("raises")

    def _by_scope(self, kind: str) -> dict[Node, list]:  # type: ignore[type-arg]
        found = defaultdict(list)
        for path, flow in self.flows.items():
            definitions = self.files[path].definitions
            for entry in getattr(flow, kind):
                scope = entry.scope
                while scope >= 0 and definitions[scope].kind == "class":
                    scope = definitions[scope].parent
                found[Node(path, scope)].append(entry)
        return found

    def edges(self, node: Node) -> tuple[Edge, ...]:
        """The calls of a scope, resolved, in the order of the source."""
        if node not in self._edges:
            self._edges[node] = tuple(edge for call in self.calls.get(node, ()) for edge in self._resolve(node, call))
        return self._edges[node]

    def _resolve(self, node: Node, call: Call) -> Iterator[Edge]:
        receiver, _, last = call.target.rpartition(".")
        if last in LATER:
            handed = [receiver, *(arg.text for arg in call.args if arg.name in ("", "target", "func"))]
            for text in handed:
                symbol = self.symbols.chain(node.path, call.scope, text) if text else None
                if symbol is not None and symbol.kind == "function":
                    yield Edge(call, Node(symbol.path, symbol.place), later=True)
        symbol = self._callee(node.path, call)
        if symbol is None:
            yield Edge(call, reason=self._reason(call))
        elif symbol.kind == "external":
            yield Edge(call, name=self.knowledge.normal(symbol.name))
        else:
            yield from self._inside(call, symbol)

    def _callee(self, path: str, call: Call) -> Symbol | None:
        if call.target.startswith("super()."):
            return self.symbols.super_member(path, call.scope, call.target[8:])
        return self.symbols.chain(path, call.scope, call.target)

    def _inside(self, call: Call, symbol: Symbol) -> Iterator[Edge]:
        if symbol.kind == "class":
            made = self.symbols.member(Symbol("instance", symbol.path, symbol.place), "__init__")
            inside = made is not None and made.kind == "function"
            yield Edge(call, Node(made.path, made.place) if inside and made else None, name=self.dotted(symbol))
        elif symbol.kind == "instance":
            made = self.symbols.member(symbol, "__call__")
            if made is not None and made.kind == "function":
                yield Edge(call, Node(made.path, made.place), name=self.dotted(made))
        elif symbol.kind == "function":
            yield Edge(call, Node(symbol.path, symbol.place), name=self.dotted(symbol))

    def dotted(self, symbol: Symbol) -> str:
        """The full dotted name of a project's symbol."""
        if symbol.kind == "external":
            return symbol.name
        module = self.symbols.modules.name_of[symbol.path]
        return f"{module}.{self.symbols.definition(symbol).qualname}" if symbol.place >= 0 else module

    @cached_property
    def _own_names(self) -> Counter[str]:
        """How often the project defines a method or function of a name."""
        return Counter(d.name for file in self.files.values() if file.kind == "source" for d in file.definitions)

    def _reason(self, call: Call) -> str:
        """Why nobody can say what is called; empty where the name is none of the project's."""
        receiver, _, last = call.target.rpartition(".")
        if last not in self._own_names or last in COMMON:
            return ""
        if "[]" in receiver:
            return "element of a container"
        if receiver.endswith("()"):
            return "result of a call of unknown type"
        if not receiver:
            return "name that is bound at run time"
        return "attribute of a value of unknown type"


COMMON = frozenset(name for kind in (str, bytes, dict, list, set, tuple, int, float) for name in dir(kind))
"""Methods of built-in types: on a value of unknown type they say nothing of the project."""
