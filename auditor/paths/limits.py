"""Whether requests to a route are counted, and by what: limiters on the handler, its class, its routers, the application."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.knowledge.values import Guard
from auditor.paths.arguments import arguments
from auditor.paths.graph import Graph, Node
from auditor.paths.routes.answers import Answers
from auditor.paths.routes.declared import Holders
from auditor.paths.routes.places import Place, Places, parted
from auditor.paths.symbols import Symbol

CALLEE = re.compile(r"[A-Za-z_][\w.]*(?=\s*\()")
WORD = re.compile(r"\w+")
DECORATING = ("decorators", "method_decorators")
"""Class attributes by which Flask's views and the libraries on them list decorators for all methods."""
ADDING = frozenset(("add_middleware", "Middleware"))
"""Calls that add middleware to an application."""
BY = ("tenant", "user", "address", "all")
KEYED = ((re.compile(r"tenant|organi[sz]ation|org_|account|workspace"), "tenant"), (re.compile(r"user|api_?key|token"), "user"))


class Limit(NamedTuple):
    """A limiter that covers a route. An exempting one takes all others away."""

    guard: Guard
    text: str
    """The call's arguments, or what an attribute or setting says."""


class Limits:
    """Looks limiters up."""

    def __init__(self, graph: Graph, places: Places, answers: Answers, holders: Holders) -> None:
        self.graph = graph
        self.places = places
        self.answers = answers
        self.holders = holders
        self.knowledge = graph.knowledge

    def of(self, node: Node, klass: Symbol | None, trail: tuple[Place, ...]) -> str:
        """By what requests are counted: `tenant`, `user`, `address`, `all`; empty where they are not."""
        own = [*self._on(node), *(self._on(Node(klass.path, klass.place)) if klass is not None else ())]
        if any(one.guard.exempt for one in own):
            return ""
        told = self._told(node)
        attribute = told if told is not None else self._attribute(klass) if klass is not None else None
        if attribute is not None:
            own += attribute
        else:
            own += [limit for guard, text in self.settings if self._is_of(klass, guard) for limit in (Limit(guard, text),)]
        found = [*own, *self._routers(trail), *self.whole]
        by = {self._per(one) for one in found}
        return next((word for word in BY if word in by), "")

    def _on(self, node: Node) -> Iterator[Limit]:
        """On a function or class: its decorators, calls within them, and the dependencies in its signature."""
        definition = self.graph.definition(node)
        if definition is None:
            return
        for text in definition.decorators:
            yield from self._in_text(node.path, definition.parent, text)
        if definition.kind == "class":
            for name in DECORATING:
                listed = self.answers.attribute(Symbol("class", node.path, node.scope), name)
                yield from self._in_text(node.path, definition.parent, listed) if listed is not None else ()
        header = self.graph.symbols.table(node.path).signatures.get(node.scope, "")
        if header:
            yield from self._in_text(node.path, definition.parent, header)

    def _in_text(self, path: str, scope: int, text: str) -> Iterator[Limit]:
        callees = dict.fromkeys([*CALLEE.findall(text), *([text] if re.match(r"[\w.]+\Z", text) else [])])
        for callee in callees:
            if callee.rpartition(".")[2] not in self._lasts:
                continue
            args = text[text.index(callee) + len(callee) :]
            for name in self.places.names(path, scope, callee):
                yield from (Limit(guard, args) for guard in self.knowledge.guards(name) if guard.kind == "limiter")

    @cached_property
    def _lasts(self) -> frozenset[str]:
        rows = [row for row in self.knowledge.rows(Guard) if row.kind == "limiter"]
        texts = (text for row in rows for text in (*row.decorators, *row.calls, *row.dependencies, *row.bases))
        from auditor.knowledge.names import spelt

        return frozenset(name.rpartition(".")[2] for text in texts for name in spelt(text))

    def _told(self, node: Node) -> list[Limit] | None:
        """What a decorator's argument says instead of the class's attribute: `@action(throttle_classes=[PerUser])`."""
        definition = self.graph.definition(node)
        for text in definition.decorators if definition is not None else ():
            given = arguments(text.partition("(")[2].removesuffix(")")).keywords
            for guard in (row for row in self.knowledge.rows(Guard) if row.kind == "limiter"):
                for name in guard.attributes:
                    if name in given:
                        said = given[name]
                        return [Limit(guard, said)] if WORD.search(said) and said != "None" else []
        return None

    def _attribute(self, klass: Symbol) -> list[Limit] | None:
        """What the class says itself; None where it leaves it to the settings."""
        for guard in (row for row in self.knowledge.rows(Guard) if row.kind == "limiter"):
            for name in guard.attributes:
                text = self.answers.attribute(klass, name)
                if text is not None:
                    return [Limit(guard, text)] if WORD.search(text) and text != "None" else []
        return None

    @cached_property
    def settings(self) -> tuple[tuple[Guard, str], ...]:
        """The limiters that a framework's settings switch on, with what they say."""
        found = []
        for guard in (row for row in self.knowledge.rows(Guard) if row.kind == "limiter"):
            for key in guard.settings:
                table, _, name = key.rpartition(".")
                for path, flow in sorted(self.graph.flows.items()):
                    for assign in flow.assigns if "settings" in path or not table else ():
                        inside = re.search(rf"['\"]{name}['\"]\s*:\s*(?P<value>[\[(][^\])]*[\])])", assign.text)
                        if assign.target == table and inside and WORD.search(inside["value"]):
                            found.append((guard, inside["value"]))
        return tuple(found)

    def _is_of(self, klass: Symbol | None, guard: Guard) -> bool:
        """Whether a class is built on the library that a guard belongs to."""
        if klass is None:
            return False
        library = next(lib for lib in self.knowledge.libraries if guard in lib.guard)
        return any(name.partition(".")[0] in library.imports for name in self.places.outside(klass))

    @cached_property
    def whole(self) -> tuple[Limit, ...]:
        """The limiters that hold for the whole application: default limits, middleware."""
        found: list[Limit] = []
        for path in sorted(self.graph.flows):
            if self.graph.files[path].kind != "source":
                continue
            for call in self.graph.called(path, self._lasts, ADDING):
                if call.target.rpartition(".")[2] in self._lasts:
                    given = arguments(call.args)
                    for guard in self._guards(path, call.scope, call.target):
                        if any(given.keywords.get(name, "[]") not in ("[]", "None") for name in guard.whole):
                            found.append(Limit(guard, call.args))
                else:
                    first = arguments(call.args).get(0) or ""
                    found += [Limit(g, call.args) for g in self._guards(path, call.scope, first) if g.middleware]
        return tuple(found)

    def _guards(self, path: str, scope: int, text: str) -> list[Guard]:
        names = self.places.names(path, scope, text)
        return [guard for name in names for guard in self.knowledge.guards(name) if guard.kind == "limiter"]

    def _routers(self, trail: tuple[Place, ...]) -> Iterator[Limit]:
        """The dependencies that the routers on the way are made with."""
        for place in trail:
            made = self.holders[place].made if place in self.holders else None
            if made is not None:
                yield from self._in_text(made.path, made.call.scope, made.call.args)

    def _per(self, limit: Limit) -> str:
        """By what a limiter counts."""
        said = arguments(_inside(limit.text)).named(limit.guard.key) if limit.guard.key else limit.text
        words = WORD.findall(said or "")
        for word in words:
            if word in limit.guard.keys:
                return limit.guard.keys[word]
        if said:
            for pattern, by in KEYED:
                if any(pattern.search(word.lower()) for word in words):
                    return by
        return limit.guard.per or "all"


def _inside(text: str) -> str:
    """What stands in the brackets that a text begins with."""
    called = parted("f" + text) if text.startswith("(") else None
    return called[1] if called else text
