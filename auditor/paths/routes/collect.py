"""Going through the code for routers, routes and mounts: decorators first, then calls, each put to the binding that holds it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.entries import Mount, Route, Router
from auditor.paths.calls.graph import Graph
from auditor.paths.routes.declared import Declared, Holder, Holders, Made, Mounted, Told
from auditor.paths.routes.looped import Looped
from auditor.paths.routes.named import Named
from auditor.paths.routes.places import Place, Places, parted
from auditor.paths.routes.registered import Registered
from auditor.paths.routes.summed import summands
from auditor.paths.routes.tell import Teller
from auditor.paths.routes.texts import Texts
from auditor.paths.routes.thrown_away import ThrownAway
from auditor.paths.written.arguments import arguments, literal, split

NAME = re.compile(r"[\w.]+\Z")


class Collector:
    """One project's routes as its code declares them."""

    def __init__(self, graph: Graph, places: Places) -> None:
        self.graph = graph
        self.knowledge = graph.knowledge
        self.places = places
        self.texts = Texts(places)
        self.named = Named(graph)
        self.looped = Looped(places)
        self.registered = Registered(self.looped)
        self.teller = Teller(graph, places)
        self.thrown_away = ThrownAway(graph)
        self.holders: Holders = defaultdict(Holder)
        self.views: dict[tuple[str, int], list[Declared]] = defaultdict(list)
        """By method or function of a view: what its decorators say."""

    def collect(self) -> None:
        """Fills `holders` and `views`."""
        paths = [path for path, file in sorted(self.graph.files.items()) if file.kind == "source" and path in self.graph.flows]
        told = {path: self.teller.told(path) for path in paths}
        for path in paths:
            self._make(path, told[path])
        for path in paths:
            self._decorated(path)
            self._called(path, told[path])
            self._assigned(path)

    def _make(self, path: str, told: list[Told]) -> None:
        for one in told:
            if isinstance(one.row, Router) and one.call.bound:
                place = self._bound(path, one.call)
                holder = self.holders[place]
                holder.made = holder.made or Made(one.row, one.call, path, arguments(one.call.args))

    def _bound(self, path: str, call: Call) -> Place:
        """The binding that a call's result is given to; an attribute of `self` belongs to the class."""
        owner, dot, name = call.bound.rpartition(".")
        scope = call.scope
        if dot and owner in ("self", "cls") and scope >= 0:
            scope = self.graph.files[path].definitions[scope].parent
        return Place(path, scope, name)

    def _decorated(self, path: str) -> None:
        for index, definition in enumerate(self.graph.files[path].definitions):
            for text in definition.decorators:
                callee, args = parted(text) or (text, "")
                last = callee.rpartition(".")[2]
                renamed = self.graph.symbols.table(path).imports.get(last, "").rpartition(".")[2]
                if {last, renamed} & self.teller.lasts:
                    self._decorator(path, index, callee, args)

    def _decorator(self, path: str, index: int, callee: str, args: str) -> None:
        definition = self.graph.files[path].definitions[index]
        row = self.teller.row(path, definition.parent, callee)
        given = arguments(args)
        owner, _, last = callee.rpartition(".")
        if row is None and owner and self._is_guess(path, definition.parent, owner):
            row = self.teller.guessed(last, literal(given.get(0)))
        if not isinstance(row, Route) or row.handler:
            return
        declared = Declared(path, definition.parent, definition.line, row, given, callee, index)
        if row.inside:
            self.views[path, index].append(declared)
            return
        for place in self.places.of(path, definition.parent, owner) or (Place(path, -1, owner),):
            self.holders[place].routes.append(declared)

    def _is_guess(self, path: str, scope: int, owner: str) -> bool:
        """Whether only the names tell of a route: nobody can name the router, or its class is of the project's own."""
        return self.graph.symbols.chain(path, scope, owner) is None or self.teller.is_own(path, scope, owner)

    def _called(self, path: str, told: list[Told]) -> None:
        for index, one in enumerate(told):
            if isinstance(one.row, Route) and one.row.handler:
                self._route(path, told, index)
            elif isinstance(one.row, Mount):
                self._mount(path, told, index)
            elif isinstance(one.row, Router):
                self._router(path, told, one)

    def _route(self, path: str, told: list[Told], index: int) -> None:
        one = told[index]
        assert isinstance(one.row, Route)
        given = arguments(one.call.args)
        handler = given.named(one.row.handler) or ""
        if self.teller.is_machinery(path, one.call, handler):
            return
        holders = self._holders(path, told, index)
        said = given.named(one.row.path) or ""
        rows = list(self.looped.rows(path, one.call, given, (handler, said)))
        rows = rows or list(self.registered.rows(path, one.call, given, handler, said))
        for row, told_there in rows:
            handler = told_there.named(one.row.handler) or ""
            declared = Declared(path, one.call.scope, one.call.line, one.row, told_there, one.call.target, -1, handler, row.place)
            for place in row.above or self.looped.of_caller(path, one.call, row.place) or holders:
                self.holders[place].routes.append(declared)
        if rows:
            return
        prefix = self._said(path, one.call.scope, given.named(one.row.path))
        children = list(self._children(path, told, index, handler))
        for place in holders:
            if children:  # A list that takes itself in hangs below nothing else.
                below = (child for child in children if child != place)
                self.holders[place].mounts += [Mounted(child, prefix, False, one.row.regex) for child in below]
            else:
                declared = Declared(path, one.call.scope, one.call.line, one.row, given, one.call.target, handler=handler)
                self.holders[place].routes.append(declared)

    def _children(self, path: str, told: list[Told], index: int, handler: str) -> Iterator[Place]:
        """What a route's handler mounts, where it is no handler: `include("shop.urls")`, `api.urls`."""
        one = told[index]
        for inner in range(index + 1, len(told)):
            if told[inner].call.start >= one.call.end:
                break
            if told[inner].inside == index and isinstance(told[inner].row, Mount):
                yield from self._mounted(path, told, inner)
                return
        if NAME.match(handler) and "." in handler and handler.rpartition(".")[2] in self.places.lists:
            yield from self.places.of(path, one.call.scope, handler)

    def _mounted(self, path: str, told: list[Told], index: int) -> Iterator[Place]:
        """What a mount's argument leads to: a module by its name, a variable, a list that stands in the brackets."""
        one = told[index]
        assert isinstance(one.row, Mount)
        given = arguments(one.call.args)
        text = (given.named(one.row.child) or given.keywords.get("routes") or "").strip()
        if text.startswith("(") and text.endswith(")"):
            text = next(iter(split(text[1:-1])), "")
        said = literal(text)
        if said is not None:
            modules = self.graph.symbols.modules
            module = modules.find(modules.near(path, said))
            yield from ((Place(module, -1, "urlpatterns"),) if module is not None else self.places.dotted(said))
            return
        for place in () if text.startswith("[") else self.places.of(path, one.call.scope, text):
            yield Place(place.path, -1, "urlpatterns") if place.name == "" else place
        yield Place(path, one.call.start, "[]")

    def _mount(self, path: str, told: list[Told], index: int) -> None:
        one = told[index]
        assert isinstance(one.row, Mount)
        inside = one.inside >= 0 and isinstance(told[one.inside].row, Route)
        if inside or self.teller.is_machinery(path, one.call, arguments(one.call.args).named(one.row.child) or ""):
            return
        prefix = self._said(path, one.call.scope, arguments(one.call.args).named(one.row.prefix)) if one.row.prefix else ""
        pairs = list(self._looped(path, one)) or [(child, prefix) for child in self._mounted(path, told, index)]
        mounts = [Mounted(child, said, one.row.replaces, call=one.call, path=path) for child, said in pairs]
        for place in self._holders(path, told, index):
            if not self.thrown_away.holds(place):
                self.holders[place].mounts += [mount for mount in mounts if mount.child != place]

    def _looped(self, path: str, one: Told) -> Iterator[tuple[Place, str | None]]:
        """Child and prefix by row, where a loop goes through a table of both: `for bp, prefix in ((shop, "/shop"), ...)`."""
        assert isinstance(one.row, Mount)
        given = arguments(one.call.args)
        child, prefix = given.named(one.row.child), given.named(one.row.prefix) if one.row.prefix else None
        if child is None or prefix is None or one.call.loop < 0:
            return
        for row, told in self.looped.rows(path, one.call, given, (child, prefix)):
            filled = told.named(one.row.prefix)
            if filled != prefix:
                said = self._said(*(row.place[:2] if prefix in row.values else (path, one.call.scope)), filled)
                for place in self.places.of(row.place.path, row.place.scope, told.named(one.row.child) or ""):
                    yield place, said

    def _router(self, path: str, told: list[Told], one: Told) -> None:
        """A router that is made hanging on another, within what mounts it, or with a list of routes."""
        assert isinstance(one.row, Router)
        place = self._bound(path, one.call) if one.call.bound else Place(path, one.call.start, "[]")
        given = arguments(one.call.args)
        named = (given.named(name) for name in (one.row.instead, one.row.parent) if name)
        text = next((said for said in named if said not in (None, "None")), None)
        above = self.places.of(path, one.call.scope, text) if text else self._owners(path, one.call) if not one.row.parent else ()
        if not above and not one.call.bound and one.inside >= 0 and isinstance(told[one.inside].row, Mount):
            above = (Place(path, told[one.inside].call.start, "[]"),)
        for parent in above:
            self.holders[parent].mounts.append(Mounted(place, "", False))
        if one.row.routes and (text := given.named(one.row.routes)):
            for listed in self.places.of(path, one.call.scope, text):
                self.holders[place].mounts.append(Mounted(listed, "", False))

    def _holders(self, path: str, told: list[Told], index: int) -> tuple[Place, ...]:
        """The bindings that a call's routes belong to."""
        return self._owners(path, told[index].call) or self._element(path, told, index)

    def _owners(self, path: str, call: Call) -> tuple[Place, ...]:
        """The bindings of the router that a call is a method of."""
        owner = call.target.rpartition(".")[0]
        symbol = self.graph.symbols.chain(path, call.scope, owner) if owner else None
        known = owner and any(self.knowledge.router(name) for name in self.places.names(path, call.scope, owner + "()"))
        if known or (owner and (symbol is None or symbol.kind != "module") and self._is_router(path, call.scope, owner)):
            return self.places.of(path, call.scope, owner) or (Place(path, -1, owner),)
        return ()

    def _is_router(self, path: str, scope: int, owner: str) -> bool:
        holder, dot, last = owner.rpartition(".")
        if dot and last in self.places.lists and self._is_router(path, scope, holder):
            return True
        symbol = self.graph.symbols.chain(path, scope, owner)
        if symbol is None:
            return bool(self.places.of(path, scope, owner))
        if symbol.kind == "external":
            return any(self.knowledge.router(name) for name in (symbol.name, self.knowledge.given(symbol.name)))
        if symbol.kind not in ("class", "instance"):
            return False
        names = [self.graph.dotted(symbol.as_("class")), *self.places.outside(symbol)]
        return any(self.knowledge.router(name) for name in names)

    def _element(self, path: str, told: list[Told], index: int) -> tuple[Place, ...]:
        """The list that an element stands in: of the call around it, of the assignment, of the function."""
        one = told[index]
        outer = told[one.inside] if one.inside >= 0 else None
        if outer is not None and outer.row is None:
            return self.places.of(path, one.call.scope, outer.call.target.rpartition(".")[0])
        if outer is not None and isinstance(outer.row, Router) and outer.call.bound:
            return (self._bound(path, outer.call),)
        if outer is not None:
            return (Place(path, outer.call.start, "[]"),)
        if one.call.scope >= 0:
            return (Place(path, one.call.scope, "()"),)
        name = self._assigned_to(path, one.call.start)
        return (Place(path, -1, name),)

    @cached_property
    def _starts(self) -> dict[str, list[Assign]]:
        flows = self.graph.flows
        return {
            path: sorted((a for a in flows[path].assigns if a.scope == -1 and a.start >= 0), key=lambda a: a.start)
            for path in flows
        }

    def _assigned_to(self, path: str, start: int) -> str:
        """The name of the module's last assignment that begins before a byte."""
        found = ""
        for assign in self._starts[path]:
            if assign.start > start:
                break
            found = assign.target
        return found

    def _assigned(self, path: str) -> None:
        """Lists made of other lists: `urlpatterns = router.urls`, `a + b`, `[*a, path()]`."""
        for assign in self._starts[path]:
            texts = [assign.value] if assign.value else list(summands(assign.text))
            for text in texts:
                if not NAME.match(text) or not self._may_list(path, assign.target, text):
                    continue
                for place in self.places.of(path, -1, text):
                    if place != Place(path, -1, assign.target):
                        self.holders[Place(path, -1, assign.target)].mounts.append(Mounted(place, "", False))

    def _may_list(self, path: str, target: str, text: str) -> bool:
        return target.endswith("patterns") or text.rpartition(".")[2] in self.places.lists

    def _said(self, path: str, scope: int, text: str | None) -> str | None:
        """A path as the code says it; empty where it says none, None where nobody can tell."""
        if text is None or text == "None":
            return ""
        said = self.texts.one(path, scope, text)
        return "{" + text.rpartition(".")[2] + "}" if said is None and NAME.match(text) else said
