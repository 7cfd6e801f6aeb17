"""Which binding an expression leads to: the variable that holds a router or a list of routes, wherever it was made."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.events import Call
from auditor.knowledge.entries import Loader
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import Arguments, arguments, literal, split

DEPTH = 12
CALL = re.compile(r"(?P<callee>[\w.]+)\s*\((?P<args>.*)\)\s*\Z", re.DOTALL)
IDENTIFIER = re.compile(r"[A-Za-z_]\w*\Z")
DOTTED = re.compile(r"[A-Za-z_][\w.]*\Z")
CALLED = re.compile(r"[A-Za-z_][\w.]*\(\)\.[A-Za-z_]\w*\Z")
"""An attribute of what a function gives: `get_settings().prefix`."""


class Place(NamedTuple):
    """A binding: `scope` is the definition that it stands in, -1 for the module, `name` the variable's or attribute's.

    With the name `()` it is what a function hands back, with `class` the class at `scope` itself, with `[]` a list without
    a name, which begins at the byte `scope`.
    """

    path: str
    scope: int
    name: str


def parted(text: str) -> tuple[str, str] | None:
    """A call's callee and arguments, None where the text is no plain call."""
    match = CALL.match(text.strip())
    return (match["callee"], match["args"]) if match else None


class Places:
    """Looks bindings up."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self._parameters: dict[tuple[str, int, str], tuple[Place, ...]] = {}
        self._met: set[tuple[str, int, str]] = set()
        """The parameters that the question in hand has led through: functions that hand theirs to each other go in circles."""

    def names(self, path: str, scope: int, text: str) -> tuple[str, ...]:
        """All dotted names that a callee may be known by: as resolved, and by the library's classes it is inherited from."""
        owner, dot, last = text.rpartition(".")
        found: list[str] = []
        whole = self.symbols.chain(path, scope, text)
        if whole is not None and whole.kind == "external" and whole.name != "=":
            found.append(whole.name)
        elif whole is not None and whole.kind in ("class", "function") and whole.path:
            found.append(self.graph.dotted(whole))
            found += self.outside(whole) if whole.kind == "class" else ()
        holder = self.symbols.chain(path, scope, owner) if dot else None
        if holder is not None and holder.kind in ("class", "instance"):
            own = [self.graph.dotted(klass) for klass in self.symbols.classes.mro(holder.as_("class")) if klass.kind == "class"]
            found += [f"{name}.{last}" for name in (*own, *self.outside(holder))]
        return tuple(dict.fromkeys(found))

    def outside(self, symbol: Symbol) -> list[str]:
        """The library classes that a class of the project is derived from."""
        return [klass.name for klass in self.symbols.classes.mro(symbol.as_("class")) if klass.kind == "external"]

    def of(self, path: str, scope: int, text: str, depth: int = 0) -> tuple[Place, ...]:
        """The bindings that an expression leads to; several where a parameter or a loop stands for several."""
        text = text.strip()
        if depth > DEPTH or not text:
            return ()
        if IDENTIFIER.match(text):
            return self._name(path, scope, text, depth)
        if DOTTED.match(text) or CALLED.match(text):
            return self._attribute(path, scope, text, depth)
        if text.endswith("]") and not text.startswith("["):
            return self.of(path, scope, text[: text.rindex("[")], depth + 1)
        if text.startswith("(") and text.endswith(")"):
            return self.of(path, scope, next(iter(split(text[1:-1])), ""), depth + 1)
        called = parted(text)
        return self._result(path, scope, called[0], depth) if called else ()

    def _name(self, path: str, scope: int, name: str, depth: int) -> tuple[Place, ...]:
        table = self.symbols.table(path)
        definitions = self.graph.files[path].definitions
        at = scope
        while True:
            if at >= 0 and name in self.symbols.signature(Symbol("function", path, at)).names:
                return self._parameter(path, at, name, depth)
            assigns = table.assigns.get((at, name), ())
            if assigns:
                return self._assigned(path, at, name, depth)
            looped = self._looped(path, at, name, depth)
            if looped:
                return looped
            if at < 0:
                break
            at = definitions[at].parent
        return self._imported(path, name, depth)

    def _assigned(self, path: str, scope: int, name: str, depth: int) -> tuple[Place, ...]:
        """An alias leads on; anything else is made here."""
        assigns = self.symbols.table(path).assigns[scope, name]
        value = assigns[0].value
        if len(assigns) == 1 and value and value != name and DOTTED.match(value):
            return self.of(path, scope, value, depth + 1) or (Place(path, scope, name),)
        if len(assigns) == 1 and value.endswith("()") and DOTTED.match(value[:-2]):
            return self._result(path, scope, value[:-2], depth, only_inside=True) or (Place(path, scope, name),)
        return (Place(path, scope, name),)

    def _imported(self, path: str, name: str, depth: int) -> tuple[Place, ...]:
        table = self.symbols.table(path)
        target = table.imports.get(name)
        if target is not None:
            return self.dotted(target, depth + 1)
        for star in table.stars:
            origin = self.symbols.modules.find(star)
            found = self._name(origin, -1, name, depth + 1) if origin is not None and origin != path and depth < DEPTH else ()
            if found:
                return found
        return ()

    def dotted(self, target: str, depth: int = 0) -> tuple[Place, ...]:
        """The binding of an absolute dotted name; a module stands for its list of routes."""
        module = self.symbols.modules.find(target)
        origin, _, name = target.rpartition(".")
        owner = self.symbols.modules.find(origin) if origin else None
        if module is not None:
            hidden = self._name(owner, -1, name, depth + 1) if owner and depth < DEPTH and self.symbols.shown(target) else ()
            return hidden or (Place(module, -1, ""),)
        return self._name(owner, -1, name, depth + 1) if owner is not None and depth < DEPTH else ()

    def _attribute(self, path: str, scope: int, text: str, depth: int) -> tuple[Place, ...]:
        owner, _, last = text.rpartition(".")
        symbol = self.symbols.chain(path, scope, owner)
        if symbol is None or symbol.kind == "external":
            held = self.of(path, scope, owner, depth + 1)
            if held and all(one.name == "" for one in held):
                return tuple(place for one in held for place in self._name(one.path, -1, last, depth + 1))
            return self._mountable(held) if last in self.lists else ()
        if symbol.kind == "module":
            inner = self.symbols.modules.find(f"{self.symbols.modules.name_of[symbol.path]}.{last}")
            return self._name(symbol.path, -1, last, depth + 1) or ((Place(inner, -1, ""),) if inner else ())
        if symbol.kind in ("class", "instance"):
            for klass in self.symbols.classes.mro(symbol.as_("class")):
                if klass.kind == "class":
                    table = self.symbols.table(klass.path)
                    if (klass.place, last) in table.assigns or (klass.place, last) in table.own:
                        return (Place(klass.path, klass.place, last),)
            return self._mountable(self.of(path, scope, owner, depth + 1)) if last in self.lists else ()
        return ()

    def _mountable(self, held: tuple[Place, ...]) -> tuple[Place, ...]:
        """The bindings themselves; for an object that some loader gave by a text, what its class hands back as its routes."""
        return tuple(found for place in held for found in self._loaded(place) or (place,))

    def _loaded(self, place: Place) -> tuple[Place, ...]:
        for call in self.graph.flows[place.path].calls:
            if call.bound.rpartition(".")[2] != place.name or call.target.rpartition(".")[2] not in self._loaders:
                continue
            for name in self.names(place.path, call.scope, call.target):
                row = self.graph.knowledge.loader(name)
                said = literal(arguments(call.args).named(row.name)) if row is not None else None
                if row is not None and said is not None:
                    return self._routes_of(row, said)
        return ()

    @cached_property
    def _loaders(self) -> frozenset[str]:
        return frozenset(name.rpartition(".")[2] for row in self.graph.knowledge.rows(Loader) for name in row.calls)

    def _routes_of(self, row: Loader, said: str) -> tuple[Place, ...]:
        """What the classes whose attribute says the same hand back, with those that they are derived from."""
        found: dict[Place, None] = {}
        for path, file in sorted(self.graph.files.items()):
            table = self.symbols.table(path)
            for index, definition in enumerate(file.definitions):
                assigns = table.assigns.get((index, row.attribute), ()) if definition.kind == "class" else ()
                if any(literal(assign.text) == said for assign in assigns):
                    for one in self.symbols.classes.mro(Symbol("class", path, index)):
                        for name in row.routes if one.kind == "class" else ():
                            method = self.symbols.table(one.path).children.get((one.place, name))
                            if method is not None:
                                found[Place(one.path, method, "()")] = None
        return tuple(found)

    def _result(self, path: str, scope: int, callee: str, depth: int, only_inside: bool = False) -> tuple[Place, ...]:
        """What a function of the project hands back."""
        function = self.symbols.chain(path, scope, callee)
        if function is None or function.kind != "function" or not function.path or function.name:
            return ()
        found: list[Place] = []
        for entry in self.symbols.table(function.path).returns.get(function.place, ()):
            if DOTTED.match(entry.value):
                found += self.of(function.path, function.place, entry.value, depth + 1)
        return tuple(dict.fromkeys(found)) or (() if only_inside else (Place(function.path, function.place, "()"),))

    def _parameter(self, path: str, scope: int, name: str, depth: int) -> tuple[Place, ...]:
        """What the callers of a function hand over, and what theirs do: every parameter is gone through once a question."""
        asked = (path, scope, name)
        if asked in self._parameters or asked in self._met:
            return self._parameters.get(asked, ())
        first = not self._met
        self._met.add(asked)
        try:
            found = self._handed(path, scope, name, depth)
        finally:
            if first:
                self._met.clear()
        if first:
            self._parameters[asked] = found
        return found

    def position(self, path: str, scope: int, name: str) -> int:
        """At which place the callers of a function hand a parameter over; a method is given its object without a word."""
        signature = self.symbols.signature(Symbol("function", path, scope))
        return signature.names.index(name) - (signature.first in ("self", "cls"))

    def _handed(self, path: str, scope: int, name: str, depth: int) -> tuple[Place, ...]:
        position = self.position(path, scope, name)
        found: list[Place] = []
        for caller, call in self.callers.get(Node(path, scope), ()):
            given: Arguments = arguments(call.args)
            text = given.get(position, name)
            if text is not None:
                found += self.of(caller.path, call.scope, text, depth + 1)
        return tuple(dict.fromkeys(found))

    def _looped(self, path: str, scope: int, name: str, depth: int) -> tuple[Place, ...]:
        """The elements of the list that a loop's variable goes through."""
        found: list[Place] = []
        for loop in self.loops.get((path, scope), ()):
            if name not in [part.strip() for part in loop[0].split(",")]:
                continue
            for holder, text in self._listed(path, scope, loop[1], depth):
                for element in split(text.strip()[1:-1]) if text.strip()[:1] in "([" else ():
                    parts = split(element[1:-1]) if element.startswith("(") else [element]
                    at = [part.strip() for part in loop[0].split(",")].index(name) if len(parts) > 1 else 0
                    found += self.of(holder.path, holder.scope, parts[at], depth + 1) if at < len(parts) else ()
        return tuple(dict.fromkeys(found))

    def _listed(self, path: str, scope: int, source: str, depth: int) -> Iterator[tuple[Place, str]]:
        """The texts of the lists that a loop goes through, each with where it stands."""
        if source.startswith(("(", "[")):
            yield Place(path, scope, ""), source
            return
        for place in self.of(path, scope, source, depth + 1):
            for assign in self.symbols.table(place.path).assigns.get((place.scope, place.name), ()):
                if assign.text:
                    yield place, assign.text

    @cached_property
    def lists(self) -> frozenset[str]:
        """Attributes that give a router's routes."""
        from auditor.knowledge.entries import Router

        return frozenset(name for row in self.graph.knowledge.rows(Router) for name in row.lists)

    @cached_property
    def loops(self) -> dict[tuple[str, int], list[tuple[str, str]]]:
        """The loops of every scope: what they bind and what they go through."""
        found: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
        for path, flow in self.graph.flows.items():
            for loop in flow.loops:
                if loop.kind == "for" and loop.text:
                    found[path, loop.scope].append((loop.target.strip("()"), loop.text))
        return found

    @cached_property
    def callers(self) -> dict[Node, list[tuple[Node, Call]]]:
        """The calls of every function of the project."""
        found: dict[Node, list[tuple[Node, Call]]] = defaultdict(list)
        for node in self.graph.nodes:
            for edge in self.graph.edges(node):
                if edge.to is not None and not edge.later and not edge.read:
                    found[edge.to].append((node, edge.call))
        return found
