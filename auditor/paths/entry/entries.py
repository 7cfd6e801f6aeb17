"""Where the outside world comes in: routes, tasks and commands, each with the scope that answers and what stands before it."""

from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cached_property
from typing import NamedTuple

from auditor.knowledge.entries import Entry
from auditor.knowledge.entries import Route as RouteRow
from auditor.knowledge.names import spelt
from auditor.model.finding import Location
from auditor.model.route import Route
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.handlers import ErrorHandlers
from auditor.paths.entry.injected import INJECTED, Injected
from auditor.paths.entry.listed import Listed
from auditor.paths.entry.pages import shows
from auditor.paths.guards.inherited import told
from auditor.paths.guards.limits import Limits
from auditor.paths.names.hierarchy import Hierarchy
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.answers import Answers
from auditor.paths.routes.collect import Collector
from auditor.paths.routes.declared import Declared, Holders
from auditor.paths.routes.join import UNKNOWN, Joined, Joiner
from auditor.paths.routes.places import Place, Places, parted
from auditor.paths.routes.versions import version_of
from auditor.paths.written.arguments import arguments, literal

OURS = frozenset("self cls request req args kwargs instance serializer form response resp".split())
"""Parameters that are no input, or are asked for their own parts."""
NEVER = ("0", "None", "False")


class EntryPoint(NamedTuple):
    """One way in."""

    kind: str
    """`route`, `task` or `command`."""
    label: str
    """`POST /events/<id>/pay`, or the name of the task or command."""
    node: Node
    """The scope that answers; a class where the method is the library's."""
    hooks: tuple[Node, ...] = ()
    """Further methods of the project that are run to answer."""
    route: Route | None = None
    holders: tuple[Place, ...] = ()
    """The bindings of the routers and lists that it hangs below, from the root down."""
    line: int = 0
    """Where it is declared."""
    answered: frozenset[str] = frozenset()
    """The exception types that the framework, or a handler of the project's, answers where they leave it."""
    klass: Symbol | None = None
    """The class that answers, where it is one."""

    def filled(self, graph: Graph, kept: frozenset[str]) -> Iterator[tuple[Node, frozenset[str]]]:
        """By scope that answers: the parameters that the framework fills from outside; dependencies are none of them, nor
        are annotations that stand for one under a name that is `kept`.
        """
        for node in (self.node, *self.hooks) if self.route is not None else ():
            definition = graph.definition(node)
            if definition is None or definition.kind == "class":
                continue
            signature = graph.symbols.signature(Symbol("function", *node))
            yield (
                node,
                frozenset(
                    name
                    for name in signature.names
                    if (name not in OURS or (name == "kwargs" and self._is_asked(definition.name, node)))
                    and not INJECTED.search(signature.defaults.get(name, "") + signature.annotations.get(name, ""))
                    and signature.annotations.get(name, "").strip() not in kept
                ),
            )

    def _is_asked(self, name: str, node: Node) -> bool:
        """Whether a method is handed the parts of the path: what answers is, and what leads to it."""
        return node == self.node or name in ("dispatch", "setup")


class Entries:
    """All ways in of one project."""

    def __init__(self, graph: Graph, hierarchy: Hierarchy) -> None:
        self.graph = graph
        self.places = Places(graph)
        self.collector = Collector(graph, self.places)
        self.listed = Listed(graph, self.places, self.collector.named)
        self.collector.collect()
        self.injected = Injected(graph, self.collector.holders)
        self.answers = Answers(self.collector)
        self.handlers = ErrorHandlers(graph, self.collector, hierarchy)
        self.limits = Limits(graph, self.places, self.answers, self.collector.holders)

    @property
    def holders(self) -> Holders:
        """What is declared, by binding."""
        return self.collector.holders

    @cached_property
    def lost(self) -> tuple[Location, ...]:
        """Where routes are declared whose handler nobody can name, sorted."""
        return tuple(sorted({Location(one.path, one.line) for one in self._joined[1]}))

    @cached_property
    def _joined(self) -> tuple[tuple[Joined, ...], tuple[Declared, ...]]:
        joiner = Joiner(self.collector, self.answers)
        return tuple(joiner.routes()), tuple(joiner.lost)

    @property
    def mounted(self) -> frozenset[tuple[str, str]]:
        """By file and name: the bindings that hang below others."""
        mounts = (mount.child for holder in list(self.holders.values()) for mount in holder.mounts)
        return frozenset((place.path, place.name) for place in mounts if place.name.isidentifier())

    @cached_property
    def all(self) -> tuple[EntryPoint, ...]:
        """Routes by path, then tasks, then commands; each once."""
        routes = dict.fromkeys(self._routes())
        work = dict.fromkeys(self._work())
        return (*sorted(routes, key=_by_path), *sorted(work, key=lambda one: (one.kind, one.label, one.node)))

    def _routes(self) -> Iterator[EntryPoint]:
        found = [self._entry(one) for one in self._joined[0]]
        told = {(one.route.method, one.route.handler) for one in found if one.route and UNKNOWN not in one.route.path}
        met = set()
        for entry in found:
            assert entry.route is not None
            route = entry.route
            if (route.name, route.handler) in met or (UNKNOWN in route.path and (route.method, route.handler) in told):
                continue
            met.add((route.name, route.handler))
            yield entry

    def _entry(self, one: Joined) -> EntryPoint:
        node, method, klass = one.answer.node, one.answer.method, one.answer.klass
        place, name = node, self.graph.name(node)
        if klass is not None and (klass.path, klass.place) != (node.path, node.scope):
            own = self.graph.files[node.path].definitions[node.scope].parent
            if (klass.path, klass.place) != (node.path, own):
                place, name = (
                    Node(klass.path, klass.place),
                    f"{self.graph.symbols.definition(klass).qualname}.{name.rpartition('.')[2]}",
                )
        definition = self.graph.definition(place)
        hooks = tuple(dict.fromkeys((*one.answer.hooks, *self.injected.into(node), *self.injected.before(node, one.holders))))
        route = Route(
            method=method,
            path=one.path,
            handler=f"{self.graph.symbols.modules.name_of[place.path]}.{name}",
            location=Location(place.path, definition.line if definition else 1, definition.column if definition else 1),
            version=version_of(one.path, definition.decorators if definition is not None else ()),
            limited=self.limits.of(node, klass, one.holders, hooks, one.declared, one.path),
            page=one.answer.page or shows(self.graph, node, klass),
        )
        line = one.declared.line if one.declared is not None else route.location.line
        built_on = self._built_on(node, klass)
        if built_on is not None and one.declared is not None:
            built_on |= self._packages.get(one.declared.row, frozenset())
        answered = self._answers["route"] | self.handlers.types_for(one.holders, built_on)
        answered |= self.handlers.by_view(self.answers, klass) if klass is not None else frozenset()
        return EntryPoint("route", route.name, node, hooks, route, one.holders, line, answered, klass)

    @cached_property
    def _packages(self) -> dict[RouteRow, frozenset[str]]:
        """By what is known of routes: the packages of the library that declares them so."""
        return {row: frozenset(one.imports) for one in self.graph.knowledge.libraries for row in one.route}

    def _built_on(self, node: Node, klass: Symbol | None) -> frozenset[str] | None:
        """The packages whose classes or decorators make a view of a class or function; None for a class of unknown bases."""
        if klass is not None:
            return frozenset(name.partition(".")[0] for name in self.collector.places.outside(klass)) or None
        definition = self.graph.definition(node)
        texts = definition.decorators if definition is not None else ()
        parent = definition.parent if definition is not None else -1
        names = (self.collector.places.names(node.path, parent, text.partition("(")[0]) for text in texts)
        return frozenset(name.partition(".")[0] for found in names for name in found)

    @cached_property
    def _answers(self) -> dict[str, frozenset[str]]:
        return {kind: self.graph.knowledge.answers(kind) for kind in ("route", "task", "command")}

    def _work(self) -> Iterator[EntryPoint]:
        """What is declared; then what is handed to a queue and was not declared, of which the declaration says more."""
        files = self.graph.files.items()
        paths = [path for path, file in sorted(files) if file.kind == "source" and path in self.graph.flows]
        found: set[Node] = set()
        for path in paths:
            for index, definition in enumerate(self.graph.files[path].definitions):
                for entry in self._class(path, index) if definition.kind == "class" else self._decorated(path, index):
                    found.add(entry.node)
                    yield entry
        yield from (entry for path in paths for entry in self._registered(path) if entry.node not in found)

    def _decorated(self, path: str, index: int) -> Iterator[EntryPoint]:
        definition = self.graph.files[path].definitions[index]
        for text in definition.decorators:
            callee, args = parted(text) or (text, "")
            row = self._row(path, definition.parent, callee, "decorators")
            if row is not None:
                said = literal(arguments(args).named(row.name)) if row.name else None
                retried = self._retried(path, definition.parent, callee, args)
                expected = arguments(args).named(row.expected) if row.expected else None
                meant = frozenset(self.handlers.types(path, definition.parent, expected)) if expected else frozenset()
                again = any((arguments(args).named(name) or "0") not in NEVER for name in row.again)
                always = frozenset(("Exception",)) if again else frozenset()
                yield self._job(row, said or definition.name, Node(path, index), definition.line, retried | meant | always)
                return

    def _class(self, path: str, index: int) -> Iterator[EntryPoint]:
        for listing, node in self.listed.of(path, index):
            yield self._job(listing, self.graph.name(node), node, self.graph.files[node.path].definitions[node.scope].line)
        if not self.graph.files[path].definitions[index].bases:
            return
        klass = self.graph.symbols.of(path, index)
        for base in self.graph.symbols.classes.mro(klass)[1:]:
            name = base.name if base.kind == "external" else self.graph.dotted(base)
            row = self.graph.knowledge.entry(name)
            if row is None or not row.bases or (row.files and not any(fnmatch(path, "*" + end) for end in row.files)):
                continue
            label = path.rpartition("/")[2].removesuffix(".py") if row.files else self.graph.files[path].definitions[index].name
            table = self.graph.symbols.table(path)
            for method in row.methods:
                inner = table.children.get((index, method))
                if inner is not None:
                    yield self._job(row, label, Node(path, inner), self.graph.files[path].definitions[inner].line)
            return

    def _registered(self, path: str) -> Iterator[EntryPoint]:
        for call in self.graph.called(path, self._registering):
            row = self._row(path, call.scope, call.target, "calls")
            text = arguments(call.args).named(row.handler) if row is not None and row.handler else None
            for where, scope, name in self._handed(path, call.scope, text) if text else ():
                handler = self.collector.named.handler(where, scope, name)
                if row is not None and handler is not None and handler.kind == "function" and handler.path:
                    node = Node(handler.path, handler.place)
                    yield self._job(row, self.graph.name(node), node, call.line)

    def _handed(self, path: str, scope: int, text: str) -> Iterator[tuple[str, int, str]]:
        """Where a function is named that a scope registers, and how: there, or by the callers of a helper that is handed it,
        `def enqueue(task, *args): queue.enqueue(task, *args)`.
        """
        signature = self.graph.symbols.signature(Symbol("function", path, scope)) if scope >= 0 else None
        if signature is None or text not in signature.names:
            yield path, scope, text
            return
        place = signature.names.index(text) - (signature.first in ("self", "cls"))
        for caller, edge in self.graph.callers.get(Node(path, scope), ()):
            if given := edge.arguments.get(place, text):
                yield caller.path, edge.call.scope, given

    def _retried(self, path: str, scope: int, callee: str, args: str) -> frozenset[str]:
        """The types for which a task is run again."""
        guards = (guard for name in self.places.names(path, scope, callee) for guard in self.graph.knowledge.guards(name))
        given, found = arguments(args), []
        for guard in guards:
            if guard.kind == "retry" and guard.types:
                text = given.named(guard.types)
                said = [(path, text)] if text else told(self.graph.symbols, path, scope, guard, given, guard.types)
                found += [name for file, text in said for name in self.handlers.types(file, scope if file == path else -1, text)]
        return frozenset(found)

    def _job(self, row: Entry, label: str, node: Node, line: int, retried: frozenset[str] = frozenset()) -> EntryPoint:
        return EntryPoint(row.kind, label, node, line=line, answered=self._answers[row.kind] | retried)

    def _row(self, path: str, scope: int, callee: str, field: str) -> Entry | None:
        if callee.rpartition(".")[2] not in self._lasts and "." in callee:
            return None
        for name in self.places.names(path, scope, callee) or ((callee,) if "." in callee else ()):
            row = self.graph.knowledge.entry(name)
            if row is not None and getattr(row, field):
                return row
        return None

    @cached_property
    def _lasts(self) -> frozenset[str]:
        return self._last_names("decorators", "calls")

    @cached_property
    def _registering(self) -> frozenset[str]:
        return self._last_names("calls")

    def _last_names(self, *fields: str) -> frozenset[str]:
        rows = self.graph.knowledge.rows(Entry)
        texts = (text for row in rows for field in fields for text in getattr(row, field))
        return frozenset(name.rpartition(".")[2] for text in texts for name in spelt(text))


def _by_path(one: EntryPoint) -> tuple[str, str, Node]:
    return (one.route.path if one.route else "", one.label, one.node)
