"""Who answers errors that nobody caught: registered functions, settings and middleware, by the types they are for."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.knowledge.entries import Handler, Router
from auditor.knowledge.names import spelt
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.apart import Apart
from auditor.paths.entry.middlewares import Middlewares
from auditor.paths.entry.own_errors import OwnErrors
from auditor.paths.entry.pointed import pointed
from auditor.paths.names.hierarchy import Hierarchy
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.answers import Answers
from auditor.paths.routes.collect import Collector
from auditor.paths.routes.places import Place, parted
from auditor.paths.written.arguments import arguments, literal, split

PASSING_ON = frozenset(("call_next", "handler", "get_response"))
"""What a middleware calls to have the request answered."""
SERVED = re.compile(r"\b(?:receive|send)\b")
"""What an ASGI application is called with: a middleware that is one itself calls the next by whatever name it has."""
FAILED = "500"
NAMED = re.compile(r"[A-Za-z_][\w.]*\Z")


class ErrorHandler(NamedTuple):
    """A handler of errors. `types` are canonical names; `holder` is the router it is registered with, None for all routes.

    One of an application is not asked for the routes of another application that is mounted in it: that one has answered
    with a failure of its own by then.
    """

    types: tuple[str, ...]
    node: Node
    holder: Place | None = None
    page: bool = False
    """Whether it only changes how the failure looks."""
    application: Place | None = None
    packages: tuple[str, ...] = ()
    """The packages on whose views alone it is asked; empty for all views."""
    never: tuple[str, ...] = ()
    """The packages whose views never ask it."""


class ErrorHandlers:
    """All handlers of a project."""

    def __init__(self, graph: Graph, collector: Collector, hierarchy: Hierarchy) -> None:
        self.graph = graph
        self.places = collector.places
        self.holders = collector.holders
        self.named = collector.named
        self.looped = collector.looped
        self.middlewares = Middlewares(collector)
        self.own_errors = OwnErrors(graph, collector.places)
        self.hierarchy = hierarchy
        self.apart = Apart(graph, self.types)
        self.knowledge = graph.knowledge
        self._answered: dict[tuple[tuple[Place, ...], frozenset[str] | None], frozenset[str]] = {}

    @cached_property
    def all(self) -> tuple[ErrorHandler, ...]:
        """In the order of paths and lines."""
        found: list[ErrorHandler] = []
        for path, file in sorted(self.graph.files.items()):
            if file.kind == "source" and path in self.graph.flows:
                found += [*self._decorated(path), *self._called(path), *self._methods(path), *self._listed(path)]
        return tuple(dict.fromkeys([*found, *self._settings()]))

    def types_for(self, holders: tuple[Place, ...], packages: frozenset[str] | None) -> frozenset[str]:
        """The types that are answered for routes below these routers, root first, whose views are built on these packages.

        None for the packages: nobody can say, and every handler counts.
        """
        asked = (holders, packages)
        if asked not in self._answered:
            self._answered[asked] = self._types_for(holders, packages)
        return self._answered[asked]

    def _types_for(self, holders: tuple[Place, ...], packages: frozenset[str] | None) -> frozenset[str]:
        inner = next((place for place in reversed(holders) if self._is_application(place)), None)
        return frozenset(
            name
            for one in self.all
            if not one.page
            and (one.holder is None or one.holder in holders)
            and (one.application is None or one.application == inner or (inner is None and one.application not in holders))
            and (not one.packages or packages is None or not packages.isdisjoint(one.packages))
            and (packages is None or packages.isdisjoint(one.never))
            for name in one.types
        )

    def _is_application(self, place: Place | None) -> bool:
        made = self.holders[place].made if place is not None and place in self.holders else None
        return made is not None and made.row.application

    @cached_property
    def _rows(self) -> tuple[Handler, ...]:
        return self.knowledge.rows(Handler)

    @cached_property
    def _lasts(self) -> frozenset[str]:
        return frozenset(name.rpartition(".")[2] for row in self._rows for text in row.calls for name in spelt(text))

    def _decorated(self, path: str) -> Iterator[ErrorHandler]:
        for index, definition in enumerate(self.graph.files[path].definitions):
            for text in definition.decorators:
                callee, args = parted(text) or (text, "")
                parent = definition.parent
                if callee == definition.name and parent >= 0:
                    # `@middleware` over a method `middleware` is the module's.
                    parent = self.graph.files[path].definitions[parent].parent
                row = self._row(path, parent, callee) if callee.rpartition(".")[2] in self._lasts else None
                if row is not None and not row.handler:
                    yield from self._made(row, path, parent, callee, args, Node(path, index))

    def _called(self, path: str) -> Iterator[ErrorHandler]:
        for call in self.graph.called(path, self._lasts):
            row = self._row(path, call.scope, call.target)
            text = arguments(call.args).named(row.handler) if row is not None and row.handler else None
            if row is None or text is None:
                continue
            given = arguments(call.args)
            rows = list(self.looped.rows(path, call, given, (text, given.named(row.type))))
            for turn, said in rows:
                function = self.named.handler(turn.place.path, turn.place.scope, said.named(row.handler) or "")
                node = Node(function.path, function.place) if function is not None else Node(path, call.scope)
                types = tuple(self.types(turn.place.path, turn.place.scope, said.named(row.type) or ""))
                yield from self._of_types(row, path, call.scope, call.target, types, node)
            if not rows:
                function = self.named.handler(path, call.scope, text)
                node = Node(function.path, function.place) if function is not None else Node(path, call.scope)
                yield from self._made(row, path, call.scope, call.target, call.args, node)

    def _row(self, path: str, scope: int, callee: str) -> Handler | None:
        for name in self.places.names(path, scope, callee):
            row = self.knowledge.handler(name)
            if row is not None:
                return row
        owner, _, last = callee.rpartition(".")
        whole = self.graph.symbols.chain(path, scope, callee)
        return self._by_last.get(last) if owner and (whole is None or not whole.path) else None

    @cached_property
    def _by_last(self) -> dict[str, Handler]:
        """For values that nobody can name: the names are telling enough."""
        pairs = [(name.rpartition(".")[2], row) for row in self._rows for text in row.calls for name in spelt(text)]
        return {name: row for name, row in reversed(pairs) if "_handler" in name or "errorhandler" in name}

    def _made(self, row: Handler, path: str, scope: int, callee: str, args: str, node: Node) -> Iterator[ErrorHandler]:
        text = arguments(args).named(row.type) if row.type else None
        if text is not None:
            types = tuple(self.types(path, scope, text))
        elif row.type:
            types = ("Exception",)
        else:
            types = tuple(self._passed_on(node))
        yield from self._of_types(row, path, scope, callee, types, node)

    def _of_types(
        self, row: Handler, path: str, scope: int, callee: str, types: tuple[str, ...], node: Node
    ) -> Iterator[ErrorHandler]:
        parts = self.middlewares.parts(node, row.listed) if row.listed else ()
        owners = parts or self.places.of(path, scope, callee.rpartition(".")[0])
        only, never = self.own_errors.asking(row), self.own_errors.keeping(row)
        if parts or row.within == "router":
            yield from (ErrorHandler(types, node, owner, row.page, None, only, never) for owner in owners if types)
        elif types:
            # A helper may register it with each of several applications.
            for application in [owner for owner in owners if self._is_application(owner)] or (None,):
                yield ErrorHandler(types, node, None, row.page, application, only, never)

    def types(self, path: str, scope: int, text: str, depth: int = 0) -> Iterator[str]:
        """The exception types that an argument names: one, a tuple, a constant or a loop's list that holds them, 500 for all."""
        text = text.strip()
        if text.startswith(("(", "[")):
            for part in split(text[1:-1]):
                yield from self.types(path, scope, part, depth)
        elif FAILED in text or text.endswith("INTERNAL_SERVER_ERROR"):
            yield "Exception"
        elif NAMED.match(text):
            name = self.hierarchy.type_name(path, scope, text)
            if name:
                yield name
            elif depth < 3:
                for place, said in self.looped.values(path, scope, text):
                    yield from self.types(place.path, place.scope, said, depth + 1)
                for place in self.places.of(path, scope, text):
                    for assign in self.graph.symbols.table(place.path).assigns.get((place.scope, place.name), ()):
                        yield from self.types(place.path, place.scope, assign.text or assign.value, depth + 1)

    def _listed(self, path: str) -> Iterator[ErrorHandler]:
        """Handlers that an application is made with, in a dictionary by type."""
        flow = self.graph.flows[path]
        for keyword, told in self._keywords.items():
            texts = [(c.scope, c.args) for c in flow.calls if keyword in c.args]
            texts += [(a.scope, a.text) for a in flow.assigns if keyword in a.text]
            for scope, text in texts:
                for found in told.finditer(text):
                    yield from self._pairs(path, scope, found["pairs"])

    @cached_property
    def _keywords(self) -> dict[str, re.Pattern[str]]:
        """What applications call a dictionary of handlers, and how it looks."""
        keywords = sorted({row.handlers for row in self.knowledge.rows(Router)} - {""})
        return {word: re.compile(rf"{word}['\"]?\s*[:=]\s*\{{(?P<pairs>(?:[^{{}}]|\{{[^{{}}]*\}})*)") for word in keywords}

    def _pairs(self, path: str, scope: int, text: str) -> Iterator[ErrorHandler]:
        for pair in split(text):
            kind, _, function = pair.partition(":")
            symbol = self.named.handler(path, scope, function)
            named = literal(kind.strip())
            types = self._called_so(named) if named else tuple(self.types(path, scope, kind))
            if types:
                yield ErrorHandler(types, Node(symbol.path, symbol.place) if symbol is not None else Node(path, scope))

    def _called_so(self, name: str) -> tuple[str, ...]:
        """The project's own types of a name that stands in quotes."""
        found = (
            self.hierarchy.type_name(path, definition.parent, name)
            for path, file in sorted(self.graph.files.items())
            for definition in file.definitions
            if definition.kind == "class" and definition.name == name
        )
        return tuple(kind for kind in found if kind)

    def _methods(self, path: str) -> Iterator[ErrorHandler]:
        """Middleware: classes whose method is given the error, or that has the request answered within a `try`."""
        names = {name: row for row in self._rows for name in row.methods}
        definitions = self.graph.files[path].definitions
        for index, definition in enumerate(definitions):
            row = names.get(definition.name)
            if row is None or definition.parent < 0 or not self._is_hook(path, definition.parent, definition.name):
                continue
            node = Node(path, index)
            if row.catches and not self._gives(node):
                continue
            types = tuple(self.apart.types(node)) or row.catches if row.catches else tuple(self._passed_on(node))
            for place in (self.middlewares.below(Node(path, definition.parent)) or (None,)) if types else ():
                yield ErrorHandler(types, node, place, row.page)

    def _gives(self, node: Node) -> bool:
        """Whether a middleware's method ever answers: one that hands nothing back only looks at the error."""
        returns = (entry for entry in self.graph.flows[node.path].returns if entry.scope == node.scope)
        return any((entry.value or entry.text) not in ("", "None") for entry in returns)

    def _is_hook(self, path: str, parent: int, name: str) -> bool:
        """Whether a definition is a middleware's method, or set on one that is a function: `middleware.process_exception = …`."""
        if self.graph.files[path].definitions[parent].kind == "class":
            return True
        return any(one.scope == parent and one.target.endswith(f".{name}") for one in self.graph.flows[path].assigns)

    def _passed_on(self, node: Node) -> Iterator[str]:
        """The types that a middleware catches around having the request answered."""
        guards = self.graph.flows[node.path].guards
        served = self.graph.name(node).endswith("__call__")
        for call in self.graph.calls.get(node, ()):
            passes = SERVED.search(call.args) is not None if served else call.target.rpartition(".")[2] in PASSING_ON
            at = call.guard if passes else -1
            while at >= 0:
                for handler in guards[at].handlers:
                    if not handler.reraises:
                        names = (self.hierarchy.type_name(node.path, node.scope, text) for text in handler.types)
                        yield from (name for name in names if name) if handler.types else ("BaseException",)
                at = guards[at].parent

    def by_view(self, answers: Answers, klass: Symbol) -> frozenset[str]:
        """The types that a view's own method answers, which is given all that leaves it."""
        found = {(answers.method(klass, row.fails), row.last) for row in answers.rows(klass) if row.fails}
        return frozenset(kind for node, last in found if node is not None for kind in self._given(node, last))

    def _given(self, node: Node, final: bool) -> Iterator[str]:
        """The types that a method answers which is handed every error: those that it, or a helper that it hands the error to,
        asks for; all where it asks for none, or nobody is asked after it, and it leaves nothing to its base.
        """
        names = self.graph.symbols.signature(Symbol("function", *node)).names
        error = names[1] if len(names) > 1 else ""
        helpers = [edge.to for edge in self.graph.edges(node) if edge.to is not None and error in edge.arguments.positional]
        types = [kind for one in (node, *helpers) for kind in self.apart.types(one)]
        last = self.graph.name(node).rpartition(".")[2]
        left = any(call.target.rpartition(".")[2] == last for call in self.graph.calls.get(node, ()))
        yield from types if left or (types and not final) else ("Exception",)

    def _settings(self) -> Iterator[ErrorHandler]:
        """Functions that a framework's settings name."""
        keys = {key.rpartition(".")[2]: row for row in self._rows for key in row.settings}
        for path, flow in sorted(self.graph.flows.items()):
            for assign in flow.assigns if "settings" in path else ():
                for key, row in keys.items():
                    found = re.search(rf"['\"]{key}['\"]\s*:\s*(['\"][\w.]+['\"])", assign.text)
                    named = literal(found[1]) or "" if found else ""
                    told = pointed(self.graph, self.apart, row, path, named)
                    if told is not None:
                        library = next(one for one in self.knowledge.libraries if row in one.handler)
                        yield ErrorHandler(told[1], told[0], page=row.page, packages=library.imports)
