"""What stops an error on its way: handlers, `suppress`, context managers and decorators of the project's own."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Call, Guard
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.errors.exits import Exits
from auditor.paths.errors.helped import Helped
from auditor.paths.errors.kinds import Kinds
from auditor.paths.names.hierarchy import Hierarchy
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments, split

SUPPRESS = re.compile(r"(?:contextlib\.)?suppress\((?P<types>[^()]*)\)?")
BROAD = ("Exception", "BaseException")
HANDING = "method_decorator"
"""What hands a decorator on to a method."""
MANAGERS = ("contextmanager", "asynccontextmanager")


class Wrapper(NamedTuple):
    """The function that stands in for a decorated one: its node, the edge that leads to it, and the guard around its call."""

    node: Node
    edge: Edge
    guards: tuple[int, ...]
    """The guards, in the wrapper's file, around each call of the decorated function; one that stops nothing is -1."""
    told: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The types that the decorator is given, by the name that its handlers know them by: `@answers(SoldOut, 409)`."""


class Catching:
    """Answers for one graph; the guards' types are resolved once."""

    def __init__(self, graph: Graph, hierarchy: Hierarchy) -> None:
        self.graph = graph
        self.hierarchy = hierarchy
        self._handlers: dict[tuple[str, int], tuple[tuple[str, ...], ...]] = {}
        self._wrappers: dict[Node, tuple[Wrapper, ...]] = {}
        self.kinds = Kinds(hierarchy)
        self.exits = Exits(graph)
        self.helped = Helped(graph, self.stopped)
        self._managers: dict[tuple[str, int, str], tuple[Node, tuple[int, ...]] | None] = {}

    def stopped(self, node: Node, guard: int, name: str, depth: int = 0) -> bool:
        """Whether one of the guards around a place in a scope stops an error of a type for good."""
        guards = self.graph.flows[node.path].guards
        while guard >= 0:
            around = guards[guard]
            if around.final_exit:
                return True
            for handler, types in zip(around.handlers, self._types(node, guard, around), strict=False):
                if any(self.hierarchy.catches(kind, name) for kind in types):
                    again = (kind for text in handler.again for kind in self._named(node, text))
                    if not handler.reraises or (handler.again and not any(self.hierarchy.catches(kind, name) for kind in again)):
                        return True
                    break
            if around.kind == "with" and depth < 4 and self._by_context(node, around, name, depth):
                return True
            given_up = self._given_up(node, around) if around.kind == "with" and depth < 4 else ""
            if given_up and name != given_up and self.stopped(node, around.parent, given_up, depth + 1):
                return True
            guard = around.parent
        return False

    def asked(self, node: Node, guard: int, name: str) -> tuple[str, ...]:
        """The parameters that a caller has to give so that a handler around a place raises an error of a type again."""
        guards = self.graph.flows[node.path].guards
        while guard >= 0 and node.scope >= 0:
            defaults = self.graph.symbols.signature(Symbol("function", *node)).defaults
            for handler, types in zip(guards[guard].handlers, self._types(node, guard, guards[guard]), strict=False):
                if defaults.keys() >= set(handler.asked) and any(self.hierarchy.catches(kind, name) for kind in types):
                    return handler.asked
            guard = guards[guard].parent
        return ()

    def seen(self, node: Node, guard: int, name: str) -> bool:
        """Whether a handler around a place in a scope sees an error of a type, even if it raises it again."""
        guards = self.graph.flows[node.path].guards
        while guard >= 0:
            around = guards[guard]
            for types in self._types(node, guard, around):
                if any(self.hierarchy.catches(kind, name) for kind in types):
                    return True
            guard = around.parent
        return False

    def is_unsure(self, node: Node, guard: int) -> bool:
        """Whether a handler around a place in a scope names types by a constant of which nobody here knows what it holds."""
        guards = self.graph.flows[node.path].guards
        while guard >= 0:
            kinds = (kind for types in self._types(node, guard, guards[guard]) for kind in types)
            if any(kind.rpartition(".")[2].isupper() and kind not in self.hierarchy.own for kind in kinds):
                return True
            guard = guards[guard].parent
        return False

    def tells(self, node: Node, line: int, name: str) -> bool:
        """Whether what a scope raises at a line tells of an error of a type, by its last name, that it has caught there."""
        guards = self.graph.flows[node.path].guards
        tried = {call.guard for call in self.graph.calls.get(node, ()) if call.guard >= 0}
        within = (one for at in tried for one in guards[at].handlers if one.line <= line <= one.last)
        return any(kind.rpartition(".")[2] == name for one in within for kind in one.types)

    def tries(self, node: Node, guard: int) -> bool:
        """Whether a handler of any errors stands around a place in a scope."""
        guards = self.graph.flows[node.path].guards
        while guard >= 0 and not guards[guard].handlers:
            guard = guards[guard].parent
        return guard >= 0

    def after(self, node: Node, line: int) -> bool:
        """Whether a line of a scope stands in or behind a handler of errors: what is raised there tells how the attempt ended."""
        guards = self.graph.flows[node.path].guards
        tried = {call.guard for call in self.graph.calls.get(node, ()) if call.guard >= 0}
        return any(handler.line < line for at in tried for handler in guards[at].handlers)

    @cached_property
    def _all(self) -> frozenset[str]:
        """The last names of the types that handlers anywhere in the project name."""
        handlers = (handler for flow in self.graph.flows.values() for guard in flow.guards for handler in guard.handlers)
        return frozenset(text.rpartition(".")[2] for handler in handlers for text in handler.types)

    def anywhere(self, name: str) -> bool:
        """Whether a handler anywhere in the project names a type of the project, or a base of it that is the project's too."""
        own = (kind for kind in self.hierarchy.ancestors(name) if kind in self.hierarchy.own)
        return any(kind.rpartition(".")[2] in self._all for kind in own)

    def names(self, node: Node, guard: int, name: str) -> bool:
        """Whether a handler around a place in a scope names a type of the project, or a base of it that says as much."""
        guards = self.graph.flows[node.path].guards
        while guard >= 0:
            around = guards[guard]
            for types in self._types(node, guard, around):
                if any(kind not in BROAD and self.hierarchy.catches(kind, name) for kind in types):
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
                tuple(kind for text in handler.types for kind in self._named(node, text)) or ("BaseException",)
                for handler in guard.handlers
            )
        return self._handlers[asked]

    def _named(self, node: Node, text: str) -> tuple[str, ...]:
        return self.kinds.named(node.path, node.scope, text)

    def _given_up(self, node: Node, guard: Guard) -> str:
        """What a library's loop of attempts raises instead, once it gives up: `for attempt in Retrying(): with attempt:`."""
        for loop in self.graph.flows[node.path].loops if guard.contexts else ():
            if loop.target == guard.contexts[0] and "reraise" not in loop.text:
                symbol = self.graph.symbols.chain(node.path, loop.scope, loop.source.partition("(")[0])
                known = self.graph.knowledge.guards(symbol.name) if symbol is not None and symbol.kind == "external" else ()
                return next((one.raises for one in known if one.raises), "")
        return ""

    def _by_context(self, node: Node, guard: Guard, name: str, depth: int) -> bool:
        for context in guard.contexts:
            match = SUPPRESS.match(context)
            if match:
                kinds = [kind for text in match["types"].split(",") if text.strip() for kind in self._named(node, text.strip())]
                if any(self.hierarchy.catches(kind, name) for kind in kinds):
                    return True
                continue
            if any(self.hierarchy.catches(kind, name) for kind in self.exits.types(node, context, self._named)):
                return True
            manager = self._manager(node, context)
            if manager is not None and all(self.stopped(manager[0], at, name, depth + 1) for at in manager[1]):
                return True
        return False

    def _manager(self, node: Node, context: str) -> tuple[Node, tuple[int, ...]] | None:
        """A context manager of the project that is a generator, and the guards around what it yields."""
        asked = (node.path, node.scope, context)
        if asked not in self._managers:
            self._managers[asked] = None
            symbol = self.graph.symbols.chain(node.path, node.scope, elided(context.encode()).partition("()")[0])
            if symbol is not None and symbol.kind == "function" and symbol.path:
                decorators = self.graph.symbols.definition(symbol).decorators
                if any(decorator.rpartition(".")[2] in MANAGERS for decorator in decorators):
                    flow = self.graph.flows[symbol.path]
                    guards = tuple(entry.guard for entry in flow.yields if entry.scope == symbol.place)
                    self._managers[asked] = (Node(symbol.path, symbol.place), guards) if guards else None
        return self._managers[asked]

    def by_decorator(self, node: Node, name: str) -> bool:
        """Whether a decorator of the project's own stops what leaves a function."""
        return any(
            wrapper.guards and all(self.stopped(wrapper.node, at, name) or self._told(wrapper, at, name) for at in wrapper.guards)
            for wrapper in self.wrappers(node)
        )

    def _told(self, wrapper: Wrapper, guard: int, name: str) -> bool:
        """Whether a handler around a place stops an error whose type the decorator is given."""
        told, guards = dict(wrapper.told), self.graph.flows[wrapper.node.path].guards
        while guard >= 0 and told:
            kinds = (
                kind for one in guards[guard].handlers if not one.reraises for text in one.types for kind in told.get(text, ())
            )
            if any(self.hierarchy.catches(kind, name) for kind in kinds):
                return True
            guard = guards[guard].parent
        return False

    def wrappers(self, node: Node) -> tuple[Wrapper, ...]:
        """The functions of the project that stand in for a decorated one, outermost first."""
        if node not in self._wrappers:
            definition = self.graph.definition(node)
            self._wrappers[node] = ()
            if definition is not None and definition.decorators:
                self._wrappers[node] = tuple(
                    wrapper for text in definition.decorators for wrapper in self.decorated(node, text, definition.line)
                )
        return self._wrappers[node]

    def decorated(self, node: Node, text: str, line: int) -> Iterator[Wrapper]:
        """The function of the project that stands in for what one decorator is put on, seen from where that is defined."""
        if text.partition("(")[0].rpartition(".")[2] == HANDING:
            text = next(iter(arguments(text.partition("(")[2].removesuffix(")")).positional), "")
            for part in split(text[1:-1]) if text[:1] in ("[", "(") else [text]:
                yield from self.decorated(node, part, line)
            return
        definitions = self.graph.files[node.path].definitions
        symbol = self.graph.symbols.chain(node.path, definitions[node.scope].parent, elided(text.encode()).partition("()")[0])
        if symbol is not None and symbol.kind in ("instance", "class") and symbol.path:
            # An object that decorates does it by `__call__`.
            symbol = self.graph.symbols.member(symbol.as_("instance"), "__call__")
        if symbol is None or symbol.kind != "function" or not symbol.path:
            return
        file, flow = self.graph.files[symbol.path], self.graph.flows[symbol.path]
        for place, inner in enumerate(file.definitions):
            if inner.kind == "class" or not self._within(file.definitions, place, symbol.place):
                continue
            outer = self.graph.symbols.signature(Symbol("function", symbol.path, inner.parent)).names
            if any(one.endswith(".decorator") for one in inner.decorators):
                outer = (*outer, self.graph.symbols.signature(Symbol("function", symbol.path, place)).first)
            guards = tuple(c.guard for c in flow.calls if c.scope == place and c.target in outer)
            if guards:
                call = Call(node.scope, line, 1, -1, f"@{text.partition('(')[0]}")
                told = tuple(self._types_told(node, text, symbol))
                yield Wrapper(Node(symbol.path, place), Edge(call, Node(symbol.path, place)), guards, told)

    def _types_told(self, node: Node, text: str, decorator: Symbol) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The types that a decorator is given, by the names of its parameters."""
        given, scope = arguments(text.partition("(")[2][:-1]), self.graph.files[node.path].definitions[node.scope].parent
        names = self.graph.symbols.signature(decorator)
        for place, name in enumerate(names.names):
            said = (given.get(place, name) or "").strip()
            parts = split(said[1:-1]) if said.startswith("(") else [said]
            if names.star == name:
                parts = list(given.positional[place:])
            kinds = tuple(self.hierarchy.type_name(node.path, scope, part) for part in parts if part[:1].isalpha())
            if any(kinds):
                yield name, tuple(kind for kind in kinds if kind)

    @staticmethod
    def _within(definitions: tuple, place: int, outer: int) -> bool:  # type: ignore[type-arg]
        parent = definitions[place].parent
        while parent not in (outer, -1):
            parent = definitions[parent].parent
        return bool(parent == outer)
