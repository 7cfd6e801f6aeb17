"""Routes that answer with all rows of a table: no page, slice or limit stands between the query and the answer."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from auditor.knowledge.orm import orm
from auditor.model.finding import Confidence, Hop, Location, Related
from auditor.paths.calls.flags import Flags
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.reach import Reach, Way
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.entry.pages import RENDERS
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.asked import Questions
from auditor.paths.queries.question import Question
from auditor.paths.routes.api import OURS
from auditor.paths.unbounded.answered import Answered
from auditor.paths.unbounded.bounds import LIMITS, Bounds
from auditor.paths.unbounded.growing import Growing, few_by_nature
from auditor.paths.unbounded.listing import Listing
from auditor.paths.unbounded.statements import Written

FAR = 4
MOST = 20
"""So many other routes are named beside the one that is told of."""
CUT = re.compile(r"\s*\[[^\[\]]*:[^\[\]]*\]")
"""The slice behind a call: `[:50]`."""
READS = frozenset(("GET", "ANY", "HEAD", "WEBSOCKET"))
STREAMS = ("StreamingHttpResponse", "StreamingResponse", "stream_with_context")
PORTIONS = frozenset("iterator aiterator stream stream_scalars yield_per".split())
"""An export whose rows are fetched and sent portion by portion is one on purpose, and holds none of them."""
ORDERS = frozenset("sorted list reversed".split())
WHOLE = frozenset(
    "values values_list all scalars execute exec fetchall iterator stream_scalars filter exclude order_by filter_by".split()
)
FEW = re.compile(
    r"Country|Currency|Language|Locale|Categor|Role|Permission|Group|Setting|Config|Tag|Type|Status|Option|Template|Plan|Site|Tariff"
    r"|Function|Plugin|Label|Customi[sz]ation|Discipline|Rank$|Icon$|Gallery|Timezone|Province|Region|Theme|Feature|Webhook$|Provider"
    r"|Level$|Unit$"
)
"""Tables of this name are small in most projects."""
PAGES = re.compile(r"paginat(?!\w*\s*=\s*(?:None|False)\b)|\bPage\[", re.IGNORECASE)


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
    others: tuple[Related, ...] = ()
    """The other routes that answer with the same query's rows, at their handlers."""


class Unbounded:
    """Answers for one project."""

    def __init__(self, graph: Graph, entries: Iterable[EntryPoint], questions: Questions, applied: bool = True) -> None:
        self.graph = graph
        self.entries = tuple(entries)
        self.reach = Reach(graph)
        self.flags = Flags(graph)
        self.questions = questions
        self.bounds = Bounds(graph, self.questions)
        self.listing = Listing(graph, self.bounds, applied)
        self.answered = Answered(graph)
        self.written = Written(graph, self.answered)
        self.growing = Growing(graph)
        self._known: dict[Node, tuple[Question, ...] | None] = {}
        self._slices: dict[str, frozenset[int]] = {}

    def all(self) -> tuple[UnboundedQuery, ...]:
        """The queries, each once with the first route that surely answers with it and the others beside it, by place."""
        found: dict[tuple[str, int], UnboundedQuery] = {}
        routes: dict[tuple[str, int], dict[str, Related]] = defaultdict(dict)
        for entry in self.entries:
            if entry.route is not None and entry.route.method in READS:
                for one in (*self._below(entry), *self._of_class(entry)):
                    place = one.location.path, one.location.line
                    known = found.setdefault(place, one)
                    if known.confidence is Confidence.LOW and one.confidence is not Confidence.LOW:
                        found[place] = one
                    routes[place].setdefault(one.label, Related(entry.route.location, f"{one.label} answers with its rows too"))
        told = (
            msgspec.structs.replace(
                one, others=tuple(other for label, other in routes[place].items() if label != one.label)[:MOST]
            )
            for place, one in found.items()
        )
        return tuple(sorted(told, key=lambda one: one.location))

    def _below(self, entry: EntryPoint) -> Iterator[UnboundedQuery]:
        waiting: list[tuple[Node, Way, bool]] = [(node, (), node == entry.node) for node in (entry.node, *entry.hooks)]
        seen = {node for node, _, _ in waiting}
        while waiting:
            node, way, last = waiting.pop(0)
            whole = self._whole(node)
            if whole is None:
                continue
            for question in whole:
                if (way and self._passes_by(way, question)) or self.bounds.given(node, way):
                    continue
                if question.always or last or self.answered.goes_into_answer(node, question.start):
                    yield self._told(entry, node, way, question)
            for edge in self.graph.edges(node) if len(way) < FAR else ():
                if edge.to is not None and edge.to not in seen and not edge.later and not self._cut(node, edge):
                    seen.add(edge.to)
                    handed_on = last and self.answered.is_all(node, edge.call)
                    waiting.append((edge.to, (*way, (node, edge)), handed_on))

    def _passes_by(self, way: Way, question: Question) -> bool:
        """Whether what is given on the way leads past a question: `newest(limit=10)`, which asks for all rows without one."""
        _, last = way[-1]
        asks = self.flags.at(last.to, question.line) if last.to is not None else ()
        for caller, edge in reversed(way):
            above = self.flags.handed(caller, edge, asks) if asks else ()
            if above is None:
                return True
            asks = above
        return False

    def _whole(self, node: Node) -> tuple[Question, ...] | None:
        """The queries of a scope whose rows it all hands back; None where it pages what it asks for."""
        if node not in self._known:
            self._known[node] = None if self._pages(node) else tuple(self._handed_back(node))
        return self._known[node]

    def _pages(self, node: Node) -> bool:
        definition = self.graph.definition(node)
        texts = [call.target for call in self.graph.calls.get(node, ())]
        if definition is not None:
            texts += [*definition.decorators, self.graph.symbols.signature(Symbol("function", *node)).returns]
        return any(PAGES.search(text) for text in texts)

    def _handed_back(self, node: Node) -> Iterator[Question]:
        found = {one.start: one for one in (*self.questions.unasked(node), *self.questions.of(node)) if self._is_whole(one)}
        written = self.written.speaks(node)
        streamed = any(call.target.endswith(STREAMS) for call in self.graph.calls.get(node, ()))
        for one in found.values():
            if streamed and one.method in PORTIONS:
                continue
            if written and not one.model:
                continue
            if not one.always and (one.start in self._sliced(node.path) or self._is_cut(node, one)):
                continue
            bound = one.bound if one.bound.isidentifier() else ""
            if bound and (self.bounds.taken(node.path, one.scope, bound) or self.answered.is_cut(node, bound)):
                continue
            bounded = self.bounds.bounded(node.path, one.scope, one.text, one.start, through=True)
            if not bounded and self.answered.of(node, one.start, bound, one.always):
                yield one
        yield from self.written.of(node)

    def _is_whole(self, one: Question) -> bool:
        if one.kind != "query" or one.start < 0:
            return False
        return one.method in WHOLE or (one.method in orm().chains and one.method not in LIMITS) or one.method in orm().managers

    def _cut(self, node: Node, edge: Edge) -> bool:
        """Whether the caller takes a slice of what it is given."""
        return edge.call.start in self._sliced(node.path)

    def _is_cut(self, node: Node, one: Question) -> bool:
        """Whether a slice of a query is handed to a call: `render(request, "a.html", {"orders": Order.objects.all()[:50]})`."""
        around = (call for call in self.graph.calls.get(node, ()) if call.start < one.start < call.end)
        ends = (CUT.match(after) for call in around for after in call.args.split(f"{one.args})")[1:])
        return any(ends)

    def _sliced(self, path: str) -> frozenset[int]:
        """The bytes at which the expressions of a file begin of which a slice is taken."""
        if path not in self._slices:
            flow = self.graph.flows[path]
            texts = [(one.value, one.start) for one in flow.returns]
            texts += [(one.value, one.start) for one in flow.assigns]
            texts += [(loop.source, loop.start) for loop in flow.loops]
            table, sliced = self.graph.symbols.table(path), {start for text, start in texts if "[:]" in text}
            # `sorted(orders(), key=price)[:10]`: what is put in order first is cut as well.
            around = (call for start in sliced for call in table.at.get(start, ()) if call.target in ORDERS)
            inside = {start for call in around for start in table.at if call.start < start < call.end}
            self._slices[path] = frozenset(sliced | inside)
        return self._slices[path]

    def _told(self, entry: EntryPoint, node: Node, way: Way, question: Question) -> UnboundedQuery:
        place = Location(node.path, question.line, question.column)
        through = tuple(self.graph.name(edge.to) for _, edge in way if edge.to is not None)
        first = Hop(Location(entry.node.path, self._line(entry)), f"{entry.label} is answered by {self.graph.name(entry.node)}")
        last = Hop(place, f"{self.graph.name(node)} asks for all rows: {question.text}")
        model = question.model or self.bounds.selected(node.path, question.scope, question.text, question.args)
        if not model and way:
            model, place = self._of_heir(*way[-1], place)
        few = few_by_nature(model) or not model or self._stays_small(entry, model)
        few = few or (not question.always and self._renders(entry, node))
        few = few or any(name.endswith("__init__") for name in through)  # a form's choices
        few = few or not all(self._hands_on(caller, edge) for caller, edge in way)
        few = few or self.bounds.ranged(node.path, question.scope, question.text, question.start)
        few = few or self.bounds.of_tenant(node.path, question.scope, question.text, question.start, question.args)
        confidence = Confidence.LOW if few else Confidence.MEDIUM
        return UnboundedQuery(place, entry.label, model, (first, *self.reach.hops(way), last), through, confidence)

    def _hands_on(self, caller: Node, edge: Edge) -> bool:
        """Whether a scope is seen to hand back what a call gives it, in one form or another."""
        bound = edge.call.bound if edge.call.bound.isidentifier() else ""
        return self.answered.of(caller, edge.call.start, bound, True)

    def _of_heir(self, caller: Node, edge: Edge, place: Location) -> tuple[str, Location]:
        """The model that a generic class is made for whose method asks, and where that is called: `orders.everything()`."""
        symbols = self.graph.symbols
        owner = symbols.chain(caller.path, edge.call.scope, edge.call.target.rpartition(".")[0])
        made = owner if owner is not None and owner.kind == "instance" and owner.path else None
        for model in symbols.generics.filled(made) if made is not None else ():
            if symbols.classes.is_model(model):
                return symbols.definition(model).name, Location(caller.path, edge.call.line, edge.call.column)
        return "", place

    def _line(self, entry: EntryPoint) -> int:
        definition = self.graph.definition(entry.node)
        return definition.line if definition is not None else max(entry.line, 1)

    def _renders(self, entry: EntryPoint, node: Node) -> bool:
        """Whether a route, or a scope, hands what it has to a template, which may show a part of it."""
        page = entry.route is not None and entry.route.page
        return page or any(RENDERS.search(call.target) for call in self.graph.calls.get(node, ()))

    def _stays_small(self, entry: EntryPoint, model: str) -> bool:
        """Whether a table is small in most projects, no code makes rows of it, or only the house itself looks at it."""
        path = entry.route.path if entry.route is not None else ""
        ours = OURS.search(path) is not None or "/admin/" in entry.node.path
        return ours or FEW.search(model) is not None or not self.growing.grows(model)

    def _of_class(self, entry: EntryPoint) -> Iterator[UnboundedQuery]:
        """A view that lists by its class attributes, with no pages."""
        listed = self.listing.of(entry)
        if listed is None or entry.klass is None:
            return
        place = Location(listed.path, listed.line)
        name, owner = self.graph.symbols.definition(listed.model).name, self.graph.symbols.definition(entry.klass)
        first = Hop(Location(entry.klass.path, owner.line), f"{entry.label} is answered by {owner.name}")
        last = Hop(place, f"{owner.name} asks for all rows: {listed.text}")
        sure = listed.sure and not self._stays_small(entry, name) and not few_by_nature(name)
        sure = sure and not self.bounds.ranged(listed.path, listed.scope, listed.text, listed.start)
        yield UnboundedQuery(place, entry.label, name, (first, last), (), Confidence.MEDIUM if sure else Confidence.LOW)


def unbounded_queries(
    graph: Graph, entries: Iterable[EntryPoint], questions: Questions, applied: bool = True
) -> tuple[UnboundedQuery, ...]:
    """All of them, by place. `applied` says that the application is here whose settings may page what views list."""
    return Unbounded(graph, entries, questions, applied).all()
