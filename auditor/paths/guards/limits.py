"""Whether requests to a route are counted, and by what: limiters on the handler, its class, its routers, the application."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from auditor.knowledge.values import Guard
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.guards.apart import Apart, beside_routes
from auditor.paths.guards.classed import applies, is_let_off, of_class, put, told
from auditor.paths.guards.homemade import Homemade
from auditor.paths.guards.let_off import names_of
from auditor.paths.guards.limiting import Limit, Limiting, inside
from auditor.paths.guards.middleware import listed
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.answers import Answers
from auditor.paths.routes.declared import Declared, Holders
from auditor.paths.routes.places import Place, Places
from auditor.paths.written.arguments import arguments
from auditor.paths.written.middleware import ADDED, MADE

WORD = re.compile(r"\w+")
DECORATING = ("decorators", "method_decorators")
"""Class attributes by which Flask's views and the libraries on them list decorators for all methods."""
ADDING = frozenset((ADDED, MADE))
"""Calls that add middleware to an application."""
BEFORE = ("middleware", "before_request", "before_app_request")
"""Decorators, found on an application, of functions that every request goes through."""
EMPTY = frozenset(("None", "''", '""', "[]", "False"))
CONFIGURES = frozenset(("update", "from_mapping", "setdefault"))
"""Calls that give an application's configuration values."""
UNKNOWN = "unknown"
BY = ("tenant", "user", "address", "all", UNKNOWN)
KEYED = ((re.compile(r"tenant|organi[sz]ation|org_|account|workspace"), "tenant"), (re.compile(r"user|api_?key|token"), "user"))


class Limits:
    """Looks limiters up."""

    def __init__(self, graph: Graph, places: Places, answers: Answers, holders: Holders) -> None:
        self.graph = graph
        self.places = places
        self.answers = answers
        self.holders = holders
        self.knowledge = graph.knowledge
        self.homemade = Homemade(graph)
        self.limiting = Limiting(graph, places, answers.collector.named)
        self.apart = Apart(graph, self.limiting, answers.collector)
        self._standing: dict[Node, tuple[Limit, ...]] = {}
        self._ways: dict[tuple[Place, ...], tuple[Limit, ...]] = {}

    def of(
        self,
        node: Node,
        klass: Symbol | None,
        trail: tuple[Place, ...],
        hooks: tuple[Node, ...] = (),
        declared: Declared | None = None,
        path: str = "",
    ) -> str:
        """By what requests are counted: `tenant`, `user`, `address`, `all`; empty where they are not, `unknown` where only
        what the project made itself looks like a limiter, or the settings that may name one can not be read.
        """
        own = [*self._kept(node), *(of_class(self.graph, self.answers, self._kept, node, klass) if klass is not None else ())]
        own += self.apart.of(declared) if declared is not None else ()
        handed = [limit for place in trail for limit in self.limiting.handed.get(place, ())]
        if any(one.guard.exempt for one in (*own, *handed)):
            # What is exempt by name is let off what holds for everything, not what its router was handed to.
            return self._by([] if any(one.guard.exempt for one in handed) else handed)
        if (attribute := told(self.graph, self.limiting.rows, node)) is None and klass is not None:
            attribute = self._attribute(klass)
        if attribute is not None:
            own += attribute
        else:
            for guard, text in self.settings:
                if self._is_of(node, klass, guard) and applies(self.answers, guard, text, klass):
                    own.append(Limit(guard, text))
        along = self._along(trail) if not is_let_off(self.graph, self.limiting.rows, node) else tuple(self._around(trail))
        named = names_of(path, self.graph.name(node), declared)
        kept = [limit for limit in along if limit.but.isdisjoint(named)]
        known = self._by([*own, *handed, *self._asked(hooks), *kept])
        if len(kept) < len(along) and known in ("", UNKNOWN):
            return ""  # whatever else looks like a limiter is the one that lets it off
        if known or (attribute is None and any(self._is_of(node, klass, guard) for guard in self.unread)):
            return known or UNKNOWN
        return UNKNOWN if self.homemade.covers((node, *hooks)) else ""

    @cached_property
    def unread(self) -> tuple[Guard, ...]:
        """The limiters that settings may switch on which a call puts together: `REST_FRAMEWORK = settings_for(...)`."""
        tables = {key.rpartition(".")[0]: guard for guard in self.limiting.rows for key in guard.settings if "." in key}
        made = {
            assign.target
            for path, flow in self.graph.flows.items()
            if "settings" in path
            for assign in flow.assigns
            if assign.target in tables and assign.value.endswith("()") and assign.value != "dict()"
        }
        return tuple(tables[name] for name in sorted(made))

    def _asked(self, hooks: tuple[Node, ...]) -> Iterator[Limit]:
        """The project's own limiters among the functions that the framework asks first."""
        for hook in hooks:
            definition = self.graph.definition(hook)
            if definition is not None and definition.parent < 0:
                yield from self.limiting.written(hook.path, -1, definition.name)

    def _by(self, found: list[Limit]) -> str:
        by = {self._per(one) for one in found}
        return next((word for word in BY if word in by), "")

    def _kept(self, node: Node) -> tuple[Limit, ...]:
        """What stands on a function or class, remembered: many routes may lead to one view."""
        if node not in self._standing:
            self._standing[node] = tuple(self._on(node))
        return self._standing[node]

    def _on(self, node: Node) -> Iterator[Limit]:
        """On a function or class: its decorators, calls within them, and the dependencies in its signature."""
        definition = self.graph.definition(node)
        if definition is None:
            return
        yield from self.limiting.handed.get(node, ())
        yield from self.limiting.asked(node)
        registers = self._registered.get(node, frozenset())
        first = next((i for i, text in enumerate(definition.decorators) if text.partition("(")[0] in registers), 0)
        for place, text in enumerate(definition.decorators):
            found = self.limiting.in_text(node.path, definition.parent, text)
            found = put(found, text) if definition.kind == "class" else found
            around = (limit for limit in found if place >= first or limit.guard.exempt)
            yield from (limit for limit in around if not self._is_idle(node, limit))
        if definition.kind == "class":
            for name in DECORATING:
                listed = self.answers.attribute(Symbol("class", node.path, node.scope), name)
                yield from self.limiting.in_text(node.path, definition.parent, listed) if listed is not None else ()
        header = self.graph.symbols.table(node.path).signatures.get(node.scope, "")
        if header:
            yield from self.limiting.in_text(node.path, definition.parent, header)

    @cached_property
    def _registered(self) -> dict[Node, frozenset[str]]:
        """The decorators by which functions are registered for a path: what stands above them wraps what nobody calls."""
        found: dict[Node, set[str]] = defaultdict(set)
        for holder in self.holders.values():
            for declared in holder.routes:
                if declared.decorated >= 0:
                    found[Node(declared.path, declared.decorated)].add(declared.callee)
        return {node: frozenset(callees) for node, callees in found.items()}

    def _is_idle(self, node: Node, limit: Limit) -> bool:
        """Whether a limiter only takes note, and the function does not ask for its word; an empty list of them limits nothing."""
        given = arguments(inside(limit.text)).keywords
        if limit.guard.attributes and arguments(inside(limit.text)).get(0) in EMPTY:
            return True
        if not any(given.get(name) == value for name, value in limit.guard.idle.items()):
            return False
        asked = limit.guard.asked
        reads = self.graph.flows[node.path].reads
        calls = self.graph.calls.get(node, ())
        return not (
            any(read.scope == node.scope and read.text.endswith(f".{asked}") for read in reads)
            or any(call.target == "getattr" and asked in call.args for call in calls)
        )

    def _attribute(self, klass: Symbol) -> list[Limit] | None:
        """What the class says itself; None where it leaves it to the settings."""
        for guard in self.limiting.rows:
            for name in guard.methods:
                method = self.answers.method(klass, name)
                if method is not None:
                    calls = self.graph.calls.get(method, ())
                    given = [one.text for one in self.graph.symbols.table(method.path).spans[method.scope]]
                    none = not calls and bool(given) and EMPTY.issuperset(given)
                    return [] if none else [Limit(guard, " ".join(call.target for call in calls))]
            for name in guard.attributes:
                text = self.answers.attribute(klass, name)
                if text is not None:
                    is_any = WORD.search(text) and text != "None" and applies(self.answers, guard, text, klass)
                    return [Limit(guard, text)] if is_any else []
        return None

    @cached_property
    def settings(self) -> tuple[tuple[Guard, str], ...]:
        """The limiters that a framework's settings switch on, with what they say."""
        found = []
        for guard in self.limiting.rows:
            for key in guard.settings:
                table, _, name = key.rpartition(".")
                for path, flow in sorted(self.graph.flows.items()):
                    for assign in flow.assigns if "settings" in path or not table else ():
                        within = re.search(rf"['\"]{name}['\"]\s*:\s*(?P<value>[\[(][^\])]*[\])])", assign.text)
                        if assign.target == table and within and WORD.search(within["value"]):
                            found.append((guard, within["value"]))
        return tuple(found)

    def _is_of(self, node: Node, klass: Symbol | None, guard: Guard) -> bool:
        """Whether a class is built on the library that a guard belongs to, or a function is a view by its decorators."""
        library = next(lib for lib in self.knowledge.libraries if guard in lib.guard)
        names = self.places.outside(klass) if klass is not None else self._decorating(node)
        return any(name.partition(".")[0] in library.imports for name in names)

    def _decorating(self, node: Node) -> Iterator[str]:
        if (definition := self.graph.definition(node)) is not None:
            for text in definition.decorators:
                yield from self.places.names(node.path, definition.parent, text.partition("(")[0])

    def _along(self, trail: tuple[Place, ...]) -> tuple[Limit, ...]:
        """What stands on the way of a route and around it, remembered: the routes of one router share their way."""
        if trail not in self._ways:
            self._ways[trail] = (*self._routers(trail), *self._around(trail))
        return self._ways[trail]

    def _around(self, trail: tuple[Place, ...]) -> Iterator[Limit]:
        """The limiters of the whole application that stand around a route: none of another application's."""
        made = [one for place in trail if place in self.holders and (one := self.holders[place].made)]
        rooted = any(one.row.application or one.row.classes[0].startswith("flask") for one in made)
        for limit in self.whole:
            if not (rooted and limit.of and not set(limit.of) & set(trail)):
                yield limit

    @cached_property
    def whole(self) -> tuple[Limit, ...]:
        """The limiters that hold for the whole application: default limits, middleware."""
        found: list[Limit] = []
        for path in sorted(self.graph.flows):
            if self.graph.files[path].kind != "source":
                continue
            for call in self.graph.called(path, self.limiting.lasts, ADDING):
                if call.target.rpartition(".")[2] in self.limiting.lasts:
                    given = arguments(call.args)
                    for guard in self.limiting.guards(path, call.scope, call.target):
                        said = any(given.keywords.get(name, "[]") not in ("[]", "None") for name in guard.whole)
                        if said or not self._configured.isdisjoint(guard.config):
                            found.append(Limit(guard, call.args, self.apart.put_in(path, call)))
                elif not self.apart.holds(path, call):
                    first = arguments(call.args).get(0) or ""
                    added = [Limit(g, call.args) for g in self.limiting.guards(path, call.scope, first) if g.around]
                    added += self.limiting.written(path, call.scope, first)
                    found += [limit._replace(of=self.apart.added_to(path, call)) for limit in added]
            for definition in self.graph.files[path].definitions:
                owners = [text.partition("(")[0].rpartition(".") for text in definition.decorators]
                if any(last in BEFORE and owner not in ("", "web", "aiohttp.web") for owner, _, last in owners):
                    found += self.limiting.written(path, definition.parent, definition.name)
        return (*found, *self._listed())

    def _listed(self) -> Iterator[Limit]:
        """The limiters that Django's settings list as middleware."""
        for name, _ in listed(self.graph):
            symbol = self.graph.symbols.dotted(name)
            if symbol is not None and symbol.kind in ("class", "function"):
                yield from self.limiting.written(symbol.path, -1, self.graph.symbols.definition(symbol).qualname)
            else:
                yield from (Limit(one, "") for one in self.knowledge.guards(name) if one.kind == "limiter" and one.around)

    @cached_property
    def _configured(self) -> frozenset[str]:
        """The keys of limiters that the project's configuration gives a value: in a class, by key, by a call."""
        keys = frozenset(key for guard in self.limiting.rows for key in guard.config)
        found = set()
        for path, flow in self.graph.flows.items() if keys else ():
            if self.graph.files[path].kind != "source":
                continue
            for assign in flow.assigns:
                name = assign.target.partition("[")[2].strip("]'\"") or assign.target
                if name in keys and assign.text.strip() not in EMPTY:
                    found.add(name)
            for call in self.graph.called(path, CONFIGURES):
                found |= {key for key in keys if key in call.args}
        return frozenset(found)

    def _routers(self, trail: tuple[Place, ...]) -> Iterator[Limit]:
        """The dependencies that the routers on the way are made with, and those that they are mounted with."""
        for above, place in pairwise(trail):
            for mount in self.holders[above].mounts if above in self.holders else ():
                if mount.child == place and mount.call is not None:
                    yield from self.limiting.in_text(mount.path, mount.call.scope, beside_routes(mount.call.args))
                    yield from self.apart.within(mount.path, mount.call)
        for place in trail:
            made = self.holders[place].made if place in self.holders else None
            if made is not None:
                yield from self.limiting.in_text(made.path, made.call.scope, beside_routes(made.call.args))
                yield from self.apart.within(made.path, made.call)
                own = arguments(made.call.args).keywords.get("route_class", "")
                yield from self.limiting.written(made.path, made.call.scope, own) if own else ()

    def _per(self, limit: Limit) -> str:
        """By what a limiter counts."""
        said = arguments(inside(limit.text)).named(limit.guard.key) if limit.guard.key else limit.text
        words = WORD.findall(said or "")
        for word in words:
            if word in limit.guard.keys:
                return limit.guard.keys[word]
        if said:
            for pattern, by in KEYED:
                if any(pattern.search(word.lower()) for word in words):
                    return by
        return limit.guard.per or "all"
