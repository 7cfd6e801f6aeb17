"""Which calls of a file speak of routes, and which of them stands within which."""

import re
from collections import defaultdict
from functools import cached_property

from auditor.facts.flow.events import Call
from auditor.knowledge.entries import Mount, Route, Router
from auditor.knowledge.load import NAMED
from auditor.knowledge.names import spelt
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.declared import GROWING, Told
from auditor.paths.routes.places import Places
from auditor.paths.written.arguments import arguments, literal

NAME = re.compile(r"[\w.]+\Z")
APPLICATION = re.compile(r"(?:\A|[._])(?:app|application)(?:\.router)?\Z")
"""What is called an application, of which nobody can say which one it is."""


class Teller:
    """Knows the calls of one project."""

    def __init__(self, graph: Graph, places: Places) -> None:
        self.graph = graph
        self.knowledge = graph.knowledge
        self.places = places

    @cached_property
    def lasts(self) -> frozenset[str]:
        """The last names of all calls that may speak of routes; classes of the project that are routers among them."""
        rows = (row for kind in (Route, Mount, Router) for row in self.knowledge.rows(kind))
        texts = (text for row in rows for text in getattr(row, NAMED[type(row)][1][0]))
        names = {name.rpartition(".")[2] for text in texts for name in spelt(text)}
        aliases = {
            old.rpartition(".")[2]
            for library in self.knowledge.libraries
            for text in library.aliases
            for old in spelt(text)
            if self.knowledge.normal(old).rpartition(".")[2] in names
        }
        return frozenset(names | aliases | self._descended(names | aliases))

    def _descended(self, begin: set[str]) -> set[str]:
        """The names of the project's classes that may descend from a router: told by the last names of their bases alone."""
        known = {
            name for library in self.knowledge.libraries for text in (*library.classes, *library.gives) for name in spelt(text)
        }
        routers = begin | {"", *(name.rpartition(".")[2] for name in known)}
        waiting = [
            (definition.name, {self._last(path, base) for base in definition.bases})
            for path, file in self.graph.files.items()
            for definition in file.definitions
            if definition.bases
        ]
        found: set[str] = set()
        while True:
            more = {name for name, bases in waiting if name not in found and not routers.isdisjoint(bases)}
            if not more:
                return found
            found |= more
            routers |= more

    def _last(self, path: str, base: str) -> str:
        """The last name of a base class, by its own name where an import gives it another; empty for what a call makes."""
        if "(" in base:
            return ""
        name = base.partition("[")[0].rpartition(".")[2]
        return self.graph.symbols.table(path).imports.get(name, name).rpartition(".")[2]

    @cached_property
    def _speaking(self) -> frozenset[str]:
        return self.lasts | GROWING | {self.graph.name(node).rpartition(".")[2] for node in self._wrappers}

    @cached_property
    def _wrappers(self) -> dict[Node, Route]:
        """Functions that declare a route for their callers, as a library's own does: `def page(route, view): return path(route,
        guarded(view))`.
        """
        found: dict[Node, Route] = {}
        for path in self.graph.flows:
            table = self.graph.symbols.table(path)
            renamed = frozenset(local for local, target in table.imports.items() if target.rpartition(".")[2] in self.lasts)
            for call in self.graph.called(path, self.lasts, renamed) if self.graph.files[path].kind == "source" else ():
                if call.scope >= 0 and any(one.start == call.start for one in table.spans[call.scope]):
                    row = self._outside(path, call.scope, call.target)
                    if isinstance(row, Route) and self._passes_on(path, call, row):
                        found[Node(path, call.scope)] = row
        return found

    def _passes_on(self, path: str, call: Call, row: Route) -> bool:
        """Whether a call is given its path and its handler by parameters that stand where its own do."""
        given, names = arguments(call.args), self.graph.symbols.signature(Symbol("function", path, call.scope)).names
        own = arguments(", ".join(names))
        said, view = own.named(row.path) if row.path else None, own.named(row.handler) if row.handler else None
        handler = given.named(row.handler) if view else None
        return bool(said) and given.named(row.path) == said and re.search(rf"\b{view}\b", handler or "") is not None

    def told(self, path: str) -> list[Told]:
        found: list[Told] = []
        stack: list[int] = []
        imports = self.graph.symbols.table(path).imports
        renamed = frozenset(local for local, target in imports.items() if target.rpartition(".")[2] in self._speaking)
        for call in self.graph.called(path, self._speaking, renamed):
            last = call.target.rpartition(".")[2]
            if not NAME.match(call.target):
                continue
            row = None if last in GROWING else self.row(path, call.scope, call.target) or self._for_application(path, call)
            if row is None and last not in GROWING:
                continue
            while stack and found[stack[-1]].call.end <= call.start:
                stack.pop()
            inside = next((one for one in reversed(stack) if found[one].call.end >= call.end), -1)
            found.append(Told(call, row, inside))
            stack.append(len(found) - 1)
        return found

    def row(self, path: str, scope: int, text: str) -> Route | Mount | Router | None:
        found = self._outside(path, scope, text) or self._handed(path, scope, text) or self._own_mount(path, scope, text)
        if found is None and self._wrappers:
            symbol = self.graph.symbols.chain(path, scope, text)
            return (
                self._wrappers.get(Node(symbol.path, symbol.place)) if symbol is not None and symbol.kind == "function" else None
            )
        return found

    def _outside(self, path: str, scope: int, text: str) -> Route | Mount | Router | None:
        """What a library's call speaks of."""
        names = self.places.names(path, scope, text)
        rows = (self.knowledge.route(name) or self.knowledge.mount(name) or self.knowledge.router(name) for name in names)
        return next((row for row in rows if row is not None), None)

    def _own_mount(self, path: str, scope: int, text: str) -> Mount | None:
        """What a router of the project's own class mounts by a method that is called as other routers call theirs."""
        owner, _, last = text.rpartition(".")
        row = self._mounts.get(last)
        return row if row is not None and owner and self.is_own(path, scope, owner) else None

    def _for_application(self, path: str, call: Call) -> Route | Mount | None:
        """What is declared for an application that somebody outside hands over: `def setup(app): app.add_url_rule("/x", …)`."""
        owner, _, last = call.target.rpartition(".")
        if not APPLICATION.search(owner) or self.graph.symbols.chain(path, call.scope, owner) is not None:
            return None
        given = arguments(call.args)
        fits = (row for row in self._routes.get(last, ()) if (literal(given.named(row.path)) or "").startswith("/"))
        return self._mounts.get(last) or next(fits, None)

    @cached_property
    def _mounts(self) -> dict[str, Mount]:
        """By last name, for methods whose names are telling enough."""
        rows = [(name, row) for row in self.knowledge.rows(Mount) for text in row.calls for name in spelt(text)]
        return {last: row for name, row in reversed(rows) if "_" in (last := name.rpartition(".")[2])}

    @cached_property
    def _routes(self) -> dict[str, list[Route]]:
        """The same for what declares a route with its handler: several libraries may call theirs so."""
        found: dict[str, list[Route]] = defaultdict(list)
        for row in self.knowledge.rows(Route):
            for last in {name.rpartition(".")[2] for text in row.calls for name in spelt(text) if row.handler and row.path}:
                if "_" in last:
                    found[last].append(row)
        return found

    def is_own(self, path: str, scope: int, owner: str) -> bool:
        """Whether an expression is an object of a class of the project that is made from a library's router."""
        symbol = self.graph.symbols.chain(path, scope, owner)
        if symbol is None or symbol.kind != "instance" or not symbol.path:
            return False
        return any(self.knowledge.router(name) is not None for name in self.places.outside(symbol))

    def _handed(self, path: str, scope: int, text: str) -> Route | Mount | None:
        """What a method of a parameter declares, where callers hand a router over."""
        owner, _, last = text.partition(".")
        held = last.rpartition(".")[0]
        if not owner.isidentifier() or scope < 0 or (held and held not in self.places.lists):
            return None
        if self.graph.symbols.chain(path, scope, owner) is not None:
            return None
        for place in self.places.of(path, scope, owner):
            for assign in self.graph.symbols.table(place.path).assigns.get((place.scope, place.name), ()):
                for name in self.places.names(place.path, place.scope, assign.value.removesuffix("()")):
                    found = self.knowledge.route(f"{name}.{last}") or self.knowledge.mount(f"{name}.{last}")
                    if found is not None:
                        return found
        return None

    def is_machinery(self, path: str, call: Call, given: str) -> bool:
        """Whether a router of the project's own class only does what its methods are for: with what a caller gave it, or with a
        function that it wraps that in. So does a function that declares what its callers give it.
        """
        if Node(path, call.scope) in self._wrappers:
            return True
        if not (call.target.startswith("self.") and given.isidentifier() and self.is_own(path, call.scope, "self")):
            return False
        table, definitions, scope = self.graph.symbols.table(path), self.graph.files[path].definitions, call.scope
        while scope >= 0 and definitions[scope].kind != "class":
            names = self.graph.symbols.signature(Symbol("function", path, scope)).names
            if given in names or (scope, given) in table.children:
                return True
            scope = definitions[scope].parent
        return False

    def guessed(self, last: str, said: str | None) -> Route | None:
        """`@app.get("/x")` on a value that nobody can name is a route all the same."""
        if said is None or not said.startswith("/"):
            return None
        rows = (row for row in self.knowledge.rows(Route) if not row.handler and not row.inside)
        return next(
            (row for row in rows if any(last == name.rpartition(".")[2] for text in row.calls for name in spelt(text))), None
        )
