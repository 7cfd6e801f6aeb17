"""Routes that answer with all rows of a table: no page, slice or limit stands between the query and the answer."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from auditor.facts.flow.events import Assign
from auditor.knowledge.orm import orm
from auditor.model.finding import Confidence, Hop, Location
from auditor.paths.entries import EntryPoint
from auditor.paths.graph import Edge, Graph, Node
from auditor.paths.queries.asked import Question, Questions
from auditor.paths.queries.bounds import Bounds
from auditor.paths.reach import Reach, Way
from auditor.paths.symbols import Symbol

FAR = 4
PAGED = re.compile(r"DEFAULT_PAGINATION_CLASS['\"]\s*:\s*(?!None)")
READS = frozenset(("GET", "ANY", "HEAD"))
WHOLE = frozenset("all scalars execute exec fetchall iterator stream_scalars filter exclude order_by filter_by".split())
FEW = re.compile(
    r"Country|Currency|Language|Locale|Categor|Role|Permission|Group|Setting|Config|Tag|Type|Status|Option|Template|Plan|Site|Tariff"
)
"""Tables of this name are small in most projects."""


class UnboundedQuery(msgspec.Struct, frozen=True):
    """A query whose rows all go into the answer of a route."""

    location: Location
    label: str
    """The route: `GET /orders`."""
    model: str
    """The mapped class, empty where it is not known."""
    hops: tuple[Hop, ...]
    through: tuple[str, ...]
    """The functions from the handler to the query."""
    confidence: Confidence


class Unbounded:
    """Answers for one project."""

    def __init__(self, graph: Graph, entries: Iterable[EntryPoint], questions: Questions) -> None:
        self.graph = graph
        self.entries = tuple(entries)
        self.reach = Reach(graph)
        self.questions = questions
        self.bounds = Bounds(graph, self.questions)
        self._known: dict[Node, tuple[Question, ...] | None] = {}
        self._slices: dict[str, frozenset[int]] = {}

    def all(self) -> tuple[UnboundedQuery, ...]:
        """The queries, each once with the first route that answers with it, by place."""
        found: dict[tuple[str, int], UnboundedQuery] = {}
        for entry in self.entries:
            if entry.route is not None and entry.route.method in READS:
                for one in (*self._below(entry), *self._of_class(entry)):
                    found.setdefault((one.location.path, one.location.line), one)
        return tuple(sorted(found.values(), key=lambda one: one.location))

    def _below(self, entry: EntryPoint) -> Iterator[UnboundedQuery]:
        waiting: list[tuple[Node, Way]] = [(node, ()) for node in (entry.node, *entry.hooks)]
        seen = {node for node, _ in waiting}
        while waiting:
            node, way = waiting.pop(0)
            whole = self._whole(node)
            if whole is None:
                continue
            for question in whole:
                if not way or self._handed_back(node, question):
                    yield self._told(entry, node, way, question)
            for edge in self.graph.edges(node) if len(way) < FAR else ():
                if edge.to is not None and edge.to not in seen and not edge.later and not self._cut(node, edge):
                    seen.add(edge.to)
                    waiting.append((edge.to, (*way, (node, edge))))

    def _whole(self, node: Node) -> tuple[Question, ...] | None:
        """The queries of a scope that give all rows; None where it pages what it asks for."""
        if node not in self._known:
            pages = any("paginat" in call.target.lower() for call in self.graph.calls.get(node, ()))
            self._known[node] = (
                None
                if pages
                else tuple(
                    one
                    for one in self.questions.of(node)
                    if one.kind == "query" and one.method in WHOLE and one.start >= 0
                    if not (one.bound and self.bounds.taken(node.path, one.scope, one.bound))
                    if not self.bounds.bounded(node.path, one.scope, one.text, one.start)
                )
            )
        return self._known[node]

    def _handed_back(self, node: Node, question: Question) -> bool:
        """Whether a function hands the rows back: the query itself, a list of it, or the name that they are given."""
        table = self.graph.symbols.table(node.path)
        entries = table.returns.get(question.scope, ())
        names = {
            assign.target
            for (scope, _), assigns in table.assigns.items()
            if scope == question.scope
            for assign in assigns
            if assign.start == question.start
        }
        names |= {question.bound} - {""}
        return any(
            entry.start == question.start or entry.value.partition(".")[0] in names or entry.line == question.line
            for entry in entries
        )

    def _cut(self, node: Node, edge: Edge) -> bool:
        """Whether the caller takes a slice of what it is given."""
        return edge.call.start in self._sliced(node.path)

    def _sliced(self, path: str) -> frozenset[int]:
        """The bytes at which the expressions of a file begin of which a slice is taken."""
        if path not in self._slices:
            flow = self.graph.flows[path]
            texts = [(one.value, one.start) for one in flow.returns]
            texts += [(one.value, one.start) for one in flow.assigns]
            texts += [(loop.source, loop.start) for loop in flow.loops]
            self._slices[path] = frozenset(start for text, start in texts if "[:]" in text)
        return self._slices[path]

    def _told(self, entry: EntryPoint, node: Node, way: Way, question: Question) -> UnboundedQuery:
        place = Location(node.path, question.line, question.column)
        through = tuple(self.graph.name(edge.to) for _, edge in way if edge.to is not None)
        first = Hop(Location(entry.node.path, self._line(entry)), f"{entry.label} is answered by {self.graph.name(entry.node)}")
        last = Hop(place, f"{self.graph.name(node)} asks for all rows: {question.text}")
        model = question.model or self.bounds.selected(node.path, question.scope, question.args)
        few = FEW.search(model) is not None or not model or self.bounds.ranged(node.path, question.start)
        confidence = Confidence.LOW if few else Confidence.MEDIUM
        return UnboundedQuery(place, entry.label, model, (first, *self.reach.hops(way), last), through, confidence)

    def _line(self, entry: EntryPoint) -> int:
        definition = self.graph.definition(entry.node)
        return definition.line if definition is not None else max(entry.line, 1)

    def _of_class(self, entry: EntryPoint) -> Iterator[UnboundedQuery]:
        """A view that lists by its class attributes, with no pages."""
        view = entry.klass
        if view is None or entry.route is None or entry.route.path.rstrip("/$").endswith(("}", ">", ")")):
            return
        members = self.graph.symbols.members
        lists = any(base.kind == "external" and base.name in orm().lists for base in members.mro(view))
        if not lists or self._paged(view):
            return
        for path, scope, line, text, start in self._queryset(view):
            model = self.bounds.model(path, scope, text)
            if model is not None and not self.bounds.bounded(path, scope, text, start):
                name = self.graph.symbols.definition(model).name
                owner = self.graph.symbols.definition(view)
                first = Hop(Location(view.path, owner.line), f"{entry.label} is answered by {owner.name}")
                last = Hop(Location(path, line), f"{owner.name} asks for all rows: {text}")
                low = FEW.search(name) is not None or self._filtered_elsewhere(view)
                yield UnboundedQuery(
                    Location(path, line), entry.label, name, (first, last), (), Confidence.LOW if low else Confidence.MEDIUM
                )
                return

    def _queryset(self, view: Symbol) -> Iterator[tuple[str, int, int, str, int]]:
        """File, scope, line, text and start of what the view's rows are asked with."""
        classes = [klass for klass in self.graph.symbols.members.mro(view) if klass.kind == "class"]
        for klass in classes:
            table = self.graph.symbols.table(klass.path)
            own = table.children.get((klass.place, "get_queryset"))
            if own is not None:
                for entry in table.returns.get(own, ()):
                    yield klass.path, own, entry.line, entry.value, entry.start
                return
        for klass in classes:
            for assign in self.graph.symbols.table(klass.path).assigns.get((klass.place, "queryset"), ()):
                yield klass.path, klass.place, assign.line, assign.value, assign.start
                return

    def _filtered_elsewhere(self, view: Symbol) -> bool:
        """Whether the view's class filters in another method, or the framework's settings are made by a call."""
        method = self.graph.symbols.member(view.as_("instance"), "filter_queryset")
        if method is not None and method.kind == "function" and method.path:
            return True
        return any(assign.value for assign in self._framework)

    def _paged(self, view: Symbol) -> bool:
        for name in orm().pages:
            for klass in self.graph.symbols.members.mro(view):
                if klass.kind == "class":
                    for assign in self.graph.symbols.table(klass.path).assigns.get((klass.place, name), ()):
                        return (assign.text or assign.value) != "None"
        return any(PAGED.search(assign.text) for assign in self._framework)

    @cached_property
    def _framework(self) -> tuple[Assign, ...]:
        """Where a framework is given its settings as a whole."""
        return tuple(assign for flow in self.graph.flows.values() for assign in flow.assigns if assign.target == "REST_FRAMEWORK")


def unbounded_queries(graph: Graph, entries: Iterable[EntryPoint], questions: Questions) -> tuple[UnboundedQuery, ...]:
    """All of them, by place."""
    return Unbounded(graph, entries, questions).all()
