"""Limiters around some routes only: of one application, in the middleware of a mount, a router or one route, and in what wraps a
handler.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.entries import Router
from auditor.paths.calls.graph import Graph
from auditor.paths.guards.limiting import Limit, Limiting
from auditor.paths.routes.collect import Collector
from auditor.paths.routes.declared import Declared
from auditor.paths.routes.places import Place
from auditor.paths.written.arguments import arguments
from auditor.paths.written.middleware import MADE

LISTING = "middleware"
"""The argument, or a part of its name, that lists middleware."""
ASKED = re.compile(r"depend|decorator|guard|middleware", re.IGNORECASE)
"""Arguments of what declares a route that name what is asked before its handler, or stands around it."""
WORD = re.compile(r"[A-Za-z_]\w*")
QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")

SETTING_UP = frozenset(("init_app",))
"""What sets an extension up for an application."""
ROUTES = "routes"
"""The argument that lists what stands further in."""


class Apart:
    """Tells such limiters from those that an application is made with."""

    def __init__(self, graph: Graph, limiting: Limiting, collector: Collector) -> None:
        self.graph = graph
        self.limiting = limiting
        self.collector = collector
        self._handlers: dict[tuple[str, int, str], tuple[Limit, ...]] = {}

    def of(self, declared: Declared) -> tuple[Limit, ...]:
        """What a call that declares one route says of it: `Route("/x", x, middleware=[...])`, `path("x", slowly(x))`."""
        if declared.decorated >= 0:
            return ()
        place, handler = declared.table or Place(declared.path, declared.scope, ""), declared.handler.strip()
        found = self._wrapping(place.path, place.scope, handler)
        for name, text in declared.given.keywords.items():
            if name != declared.row.handler.partition("@")[0]:
                found += tuple(self.limiting.in_text(declared.path, declared.scope, text)) if ASKED.search(name) else ()
                found += tuple(self.limiting.around(declared.path, declared.scope, text))
        return found

    def _wrapping(self, path: str, scope: int, handler: str) -> tuple[Limit, ...]:
        """What a handler is wrapped in, where it is declared or where a variable keeps it; remembered."""
        if (path, scope, handler) not in self._handlers:
            at = (path, scope, handler)
            kept = at if handler.endswith(")") else self.collector.named.kept(path, scope, handler)
            self._handlers[at] = tuple(self.limiting.in_text(*kept)) if kept is not None else ()
        return self._handlers[path, scope, handler]

    def within(self, path: str, call: Call) -> Iterator[Limit]:
        """The limiters in the middleware that stands within a call that mounts routes or makes a router."""
        for one in self._standing.get((path, call.start, call.end), ()):
            yield from self.limiting.around(path, one.scope, f"{MADE}({one.args})")

    def holds(self, path: str, call: Call) -> bool:
        """Whether a call makes middleware that only some routes go through."""
        if call.target.rpartition(".")[2] != MADE:
            return False
        return (path, call.start) in self._narrow or self._is_listed_apart(path, call)

    def added_to(self, path: str, call: Call) -> tuple[Place, ...]:
        """The applications with routes of their own that middleware is added to; none where nobody can say."""
        owner = call.target.rpartition(".")[0]
        places = self.collector.places.of(path, call.scope, owner) if owner else ()
        held = [self.collector.holders[place] for place in places if place in self.collector.holders]
        return tuple(places) if any(one.made and (one.routes or one.mounts) for one in held) else ()

    def put_in(self, path: str, call: Call) -> tuple[Place, ...]:
        """The applications that a limiter belongs to: which it is set up with, or which keep it in their state
        (`app.state.limiter = Limiter(...)`); none where nobody says.
        """
        made = [one for one in self.graph.flows[path].assigns if one.start == call.start]
        held = {place for one in made for place in self.collector.places.of(path, one.scope, one.target)}
        owners = list(self._set_up_with(held))
        for other, flow in sorted(self.graph.flows.items()):
            for assign in flow.assigns:
                owner, _, name = assign.target.rpartition(".state.")
                if name != "limiter":
                    continue
                if (other == path and assign in made) or held.intersection(
                    self.collector.places.of(other, assign.scope, assign.value)
                ):
                    owners += self.collector.places.of(other, assign.scope, owner)
        return tuple(owners)

    def _set_up_with(self, held: set[Place]) -> Iterator[Place]:
        """The applications that one of these objects is handed to `init_app` for; none where one of them is not known."""
        found: list[Place] = []
        for path in sorted(self.graph.flows) if held else ():
            for call in self.graph.called(path, SETTING_UP):
                if held.isdisjoint(self.collector.places.of(path, call.scope, call.target.rpartition(".")[0])):
                    continue
                given = arguments(call.args)
                places = self.collector.places.of(path, call.scope, given.named("app@0") or "")
                if not places:
                    return
                found += places
        yield from found

    def _is_listed_apart(self, path: str, call: Call) -> bool:
        """Whether a list with a name takes it, which mounts and routes name and no application does."""
        assigns = [one for one in self.graph.flows[path].assigns if one.scope == call.scope and one.target.isidentifier()]
        names = {one.target for one in assigns if one.start == call.start or self._takes(one, call)}
        names |= {one.target for one in assigns if one.text.startswith(("[", "(")) and names.intersection(WORD.findall(one.text))}
        return not names.isdisjoint(self._named[0]) and names.isdisjoint(self._named[1])

    def _takes(self, assign: Assign, call: Call) -> bool:
        """Whether a list that a variable is given holds the middleware that a call makes."""
        return assign.text.startswith(("[", "(")) and assign.start < call.start <= assign.start + len(assign.text.encode())

    @cached_property
    def _narrow(self) -> frozenset[tuple[str, int]]:
        return frozenset((path, one.start) for (path, _, _), some in self._standing.items() for one in some)

    @cached_property
    def _standing(self) -> dict[tuple[str, int, int], list[Call]]:
        """By the innermost call around it that speaks of routes and makes no application: the middleware within."""
        found: dict[tuple[str, int, int], list[Call]] = defaultdict(list)
        for path in self._paths:
            told = self.collector.teller.told(path)
            for call in self.graph.called(path, frozenset((MADE,))):
                around = [one for one in told if one.row and one.call.start < call.start and call.end <= one.call.end]
                if around and not (isinstance(row := around[-1].row, Router) and row.application):
                    found[path, around[-1].call.start, around[-1].call.end].append(call)
        return found

    @cached_property
    def _named(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words in calls that declare some routes, and those in the middleware that applications are made with."""
        some: set[str] = set()
        whole: set[str] = set()
        for path in sorted(self.graph.flows) if self._paths else ():
            for one in self.collector.teller.told(path) if self.graph.files[path].kind == "source" else ():
                if isinstance(one.row, Router) and one.row.application:
                    given = arguments(one.call.args).keywords.items()
                    whole.update(word for name, text in given if LISTING in name for word in WORD.findall(text))
                else:
                    some.update(WORD.findall(QUOTED.sub("", one.call.args)))
        return frozenset(some), frozenset(whole)

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        """The files that list middleware."""
        return tuple(
            path
            for path in sorted(self.graph.flows)
            if self.graph.files[path].kind == "source" and next(iter(self.graph.called(path, frozenset((MADE,)))), None)
        )


def beside_routes(args: str) -> str:
    """The arguments of a call that mounts or holds routes, without those routes, which speak for themselves."""
    if ROUTES not in args and "[" not in args:
        return args
    given = arguments(args)
    named = (f"{name}={text}" for name, text in given.keywords.items() if name != ROUTES)
    return ", ".join((*(text for text in given.positional if not text.startswith("[")), *named))
