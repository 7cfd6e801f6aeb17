"""Where limiters are named: in decorators, under names of the project's own, within its own decorators, and in calls that
are handed what they limit.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from auditor.facts.flow.events import Call
from auditor.knowledge.names import spelt
from auditor.knowledge.values import Guard
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.guards.let_off import let_off
from auditor.paths.guards.own import Own
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.named import Named
from auditor.paths.routes.places import Place, Places, parted
from auditor.paths.written.arguments import arguments
from auditor.paths.written.middleware import elements

CALLEE = re.compile(r"[A-Za-z_][\w.]*(?=\s*\()")
NAME = re.compile(r"[A-Za-z_][\w.]*\Z")
LIKE = re.compile(r"limit|throttl", re.IGNORECASE)
"""What a limiter of a library that nobody described may be called."""
QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
"""What paths say names nobody, though a handler may be called so too."""
SPOKEN = re.compile(r"(?<![\w.\"'])[A-Za-z_][\w.]*")
DEPENDED = re.compile(r"[\[(]\s*(?:\w+\.)?(?:Depends|Security)\b|(?:\w+\.)?(?:Depends|Security|Annotated)\b")
"""What a framework is told to ask before a handler."""
DEEPEST = 5
MOST = 20
"""So many limiters are read of one header."""
FILLED = re.compile(r"\b(?:Depends|Security)\(\s*(?P<asked>[\w.]*)")
"""What a framework is told to ask for a parameter."""
HANDING = "method_decorator"
"""What hands a decorator on to a method."""


class Limit(NamedTuple):
    """A limiter that covers a route. An exempting one takes others away."""

    guard: Guard
    text: str
    """The call's arguments, or what an attribute or setting says."""
    of: tuple[Place, ...] = ()
    """The applications that it was added to; none where it may stand around all."""
    only: str = ""
    """The method of a class that it was put on from the class's head; empty where it holds for all, as on `dispatch`."""
    head: bool = False
    """Whether a class's head puts it on a method of the class, from which it is inherited."""
    but: frozenset[str] = frozenset()
    """The paths and names of routes that it lets go on uncounted."""


class Limiting:
    """Reads limiters in one project."""

    def __init__(self, graph: Graph, places: Places, named: Named) -> None:
        self.graph = graph
        self.places = places
        self.named = named
        self.own = Own(graph)
        self._before: dict[Node, tuple[Limit, ...]] = {}
        self._inner: set[Node] = set()
        """The decorators of the project's own that are being looked into: those that wrap by each other go in circles."""
        self._reading: list[Node] = []
        """The functions whose headers are being read, each asked for by the one before."""
        self.rows = tuple(row for row in graph.knowledge.rows(Guard) if row.kind == "limiter")

    @cached_property
    def lasts(self) -> frozenset[str]:
        """The last names by which limiters are called."""
        texts = (text for row in self.rows for text in (*row.decorators, *row.calls, *row.dependencies, *row.bases))
        return frozenset(name.rpartition(".")[2] for text in texts for name in spelt(text))

    def guards(self, path: str, scope: int, text: str) -> list[Guard]:
        """The limiters that a callee is."""
        names = self.places.names(path, scope, text)
        return [guard for name in names for guard in self.graph.knowledge.guards(name) if guard.kind == "limiter"]

    def in_text(self, path: str, scope: int, text: str) -> Iterator[Limit]:
        """The limiters that a decorator, a header or a list speaks of."""
        callees = dict.fromkeys([*CALLEE.findall(text), *([text] if NAME.match(text) else [])])
        if HANDING in text:
            callees |= dict.fromkeys(
                part for part in arguments(text.partition("(")[2].rstrip(")")).positional if NAME.match(part)
            )
        for callee in callees:
            if self._is_like(callee) and (found := self.guards(path, scope, callee)):
                args = text[text.index(callee) + len(callee) :]
                yield from (Limit(guard, args) for guard in found)
            else:
                yield from self._own(path, scope, callee)
        for asked in dict.fromkeys(FILLED.findall(text)):
            if asked and asked not in callees:
                yield from self._own(path, scope, asked)
        for name in dict.fromkeys(SPOKEN.findall(QUOTED.sub("", text))):
            yield from self.written(path, scope, name)
            if name not in callees:
                yield from self._kept(path, scope, name)

    def _is_like(self, callee: str) -> bool:
        """Whether a callee is called as limiters are."""
        return callee.rpartition(".")[2] in self.lasts or LIKE.search(callee) is not None

    def _kept(self, path: str, scope: int, name: str) -> Iterator[Limit]:
        """What a variable holds that a list, a header or a call names: `per_minute = Depends(RateLimiter(times=60))`, and the
        project's own limiters in a list that it keeps: `guarded = [Depends(Throttle(10))]`.
        """
        for place in self.places.of(path, scope, name):
            table = self.graph.symbols.table(place.path)
            for assign in table.assigns.get((place.scope, place.name), ()):
                calls = table.at.get(assign.start, ())[-1:] if assign.value.endswith("()") else ()
                for text in (*(f"{call.target}({call.args})" for call in calls), assign.text):
                    yield from self.around(place.path, place.scope, text)
                for text in (*(call.args for call in calls), assign.text):
                    if any(callee.rpartition(".")[2] in self.lasts for callee in CALLEE.findall(text)):
                        yield from self.in_text(place.path, place.scope, text)
                for call in calls:
                    if LIKE.search(name) or self._is_like(call.target):  # `per_minute = limit(60)`, of the project's own
                        yield from self._own(place.path, place.scope, call.target)
                for called in CALLEE.findall(assign.text) if DEPENDED.match(assign.text) else ():
                    yield from self.written(place.path, place.scope, called)

    def around(self, path: str, scope: int, text: str) -> Iterator[Limit]:
        """The limiters in a list of middleware: `[Middleware(PerMinute, limit=60)]`."""
        for one in elements(text):
            yield from (Limit(guard, one.text) for guard in self.guards(path, scope, one.name) if guard.around)
            yield from self.written(path, scope, one.name)

    def written(self, path: str, scope: int, name: str) -> Iterator[Limit]:
        """A limiter that the project wrote itself: it refuses with 429."""
        if by := self.own.limiter(path, scope, name):
            yield Limit(Guard("limiter", per=by), "", but=let_off(self.graph, self.places, self.own.code(path, scope, name)))

    def _own(self, path: str, scope: int, callee: str) -> Iterator[Limit]:
        """`shared = limiter.shared_limit(...)`, and a function that calls a limiter for what it decorates."""
        symbol = self.graph.symbols.chain(path, scope, callee)
        if symbol is not None and symbol.kind == "function" and symbol.path and not symbol.name:
            yield from self._within(Node(symbol.path, symbol.place))
            return
        for place in self.places.of(path, scope, callee) if "." not in callee else ():
            table = self.graph.symbols.table(place.path)
            for assign in table.assigns.get((place.scope, place.name), ()):
                if assign.value.removesuffix("()").rpartition(".")[2] in self.lasts:
                    for call in table.at.get(assign.start, ())[-1:]:
                        yield from self._called(place.path, call.scope, call.target, call.args)

    def _within(self, node: Node) -> Iterator[Limit]:
        """What a function and the functions within it call, and what is asked before it to fill its parameters; not the
        limiters that are made there.
        """
        yield from self._asked_before(node)
        for call in self.graph.calls.get(node, ()):
            if call.target.rpartition(".")[2] in self.lasts:
                yield from self._called(node.path, call.scope, call.target, call.args)
            else:
                yield from self._wrapped(node, call)
        for place in self.graph.symbols.table(node.path).inside.get(node.scope, ()):
            yield from self._within(Node(node.path, place))

    def _wrapped(self, node: Node, call: Call) -> Iterator[Limit]:
        """What a decorator of the project's own wraps its function in by another: `return login_required(slowly(view))`."""
        callee = call.target.removesuffix("()")
        given = arguments(call.args).get(0) or ""
        if node in self._inner or len(self._inner) > DEEPEST or not given.isidentifier() or not NAME.match(callee):
            return
        if given in self.graph.symbols.signature(Symbol("function", node.path, node.scope)).names:
            self._inner.add(node)
            yield from [*self._own(node.path, call.scope, callee), *self.written(node.path, call.scope, callee)]
            self._inner.remove(node)

    def _asked_before(self, node: Node) -> tuple[Limit, ...]:
        """The limiters in a function's header: of those that ask for each other, none is found twice."""
        if node in self._before or len(self._reading) > DEEPEST:
            return self._before.get(node, ())
        self._before[node] = ()
        header = self.graph.symbols.table(node.path).signatures.get(node.scope, "")
        if FILLED.search(header):
            self._reading.append(node)
            self._before[node] = tuple(islice(self.in_text(node.path, -1, header), MOST))
            self._reading.pop()
        return self._before[node]

    def asked(self, node: Node) -> Iterator[Limit]:
        """What a handler asks in its own code: `if is_ratelimited(request, ...)`."""
        for call in self.graph.calls.get(node, ()):
            if call.target.rpartition(".")[2] in self.lasts and not call.dropped:
                yield from self._called(node.path, call.scope, call.target, call.args)

    def _called(self, path: str, scope: int, target: str, args: str) -> Iterator[Limit]:
        for guard in self.guards(path, scope, target):
            made = {name.rpartition(".")[2] for text in guard.calls for name in spelt(text)} if guard.whole else ()
            if target.rpartition(".")[2] not in made:
                yield Limit(guard, args)

    @cached_property
    def handed(self) -> dict[Place | Node, list[Limit]]:
        """By router, function or class: the limiters that it is handed to, `limiter.limit("9/day")(blueprint)`."""
        found: dict[Place | Node, list[Limit]] = defaultdict(list)
        again = frozenset(f"{name}()" for name in self.lasts)
        for path in sorted(self.graph.flows):
            if self.graph.files[path].kind != "source":
                continue
            for call in self.graph.called(path, self.lasts, again):
                target = call.target.removesuffix("()")
                given = arguments(call.args).get(0) or ""
                if not given or (target == call.target and not any(g.exempt for g in self.guards(path, call.scope, target))):
                    continue
                inner = [one for one in self.graph.symbols.table(path).at.get(call.start, ()) if one.target == target]
                limits = list(self._called(path, call.scope, target, inner[0].args if inner else ""))
                for key in self._keys(path, call.scope, given) if limits else ():
                    found[key] += limits
        return found

    def _keys(self, path: str, scope: int, text: str) -> Iterator[Place | Node]:
        symbol = self.named.handler(path, scope, text)
        if symbol is not None:
            yield Node(symbol.path, symbol.place)
        else:
            yield from self.places.of(path, scope, text)


def inside(text: str) -> str:
    """What stands in the brackets that a text begins with."""
    called = parted("f" + text) if text.startswith("(") else None
    return called[1] if called else text
