"""What serializers of lists ask for each row: their fields, and the methods that compute some."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, reduce

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.loads.feeds import Feeds
from auditor.paths.loads.loading import UNKNOWN, Loads
from auditor.paths.names.rows import Shower, kind_of
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.reading import Feed, Path, Reading, Shown
from auditor.paths.written.arguments import Arguments, arguments, literal, split

DEPTH = 4
NAME = re.compile(r"(?<![\w.])[A-Za-z_][\w.]*")
QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
LISTS = re.compile(r"List")
ALONE = re.compile(r"Detail|Retrieve|Create|Update|Write|Input|Request|Edit|Patch")
"""What a serializer is called that shows, or takes in, one row."""
Showers = dict[Symbol, Shower]


class Serializers:
    """Answers for one graph; `showers` are its serializers by class."""

    def __init__(self, graph: Graph, feeds: Feeds, reading: Reading, showers: Showers) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.feeds = feeds
        self.reading = reading
        self.showers = showers
        self._known: dict[tuple[Symbol, Symbol | None], tuple[Shown, ...]] = {}

    def all(self) -> Iterator[tuple[Shown, Feed]]:
        """What the serializers need per row that are given many rows: by views that list, and by calls with `many=True`."""
        for klass, feed in self._lists():
            for shown in self.of(klass):
                yield shown, feed

    @cached_property
    def _by_views(self) -> tuple[tuple[Symbol, Feed], ...]:
        return tuple(one for view in self.graph.symbols.classes.judged for one in self._of_view(view))

    @cached_property
    def _fed(self) -> dict[Symbol, list[Loads]]:
        """By serializer: what came with the rows that each view has it show."""
        fed: dict[Symbol, list[Loads]] = defaultdict(list)
        for klass, feed in self._by_views:
            fed[klass].append(feed.loads)
        return fed

    def _lists(self) -> Iterator[tuple[Symbol, Feed]]:
        yield from self._by_views
        for node in self.graph.nodes:
            for call in self.graph.calls.get(node, ()):
                given = arguments(call.args) if "many" in call.args else None
                rows = given.get(0, "instance") if given is not None and given.keywords.get("many") == "True" else None
                if rows:
                    symbol = self._serializer(node, call)
                    if symbol is not None and symbol in self.showers:
                        text = elided(rows.encode())
                        loads = self.above(node, text, self.feeds.written(node.path, call.scope, rows))
                        yield symbol, Feed(node, call.line, loads, text)

    def above(self, node: Node, text: str, loads: Loads) -> Loads:
        """What came with `order.lines` where a serializer's method is given the order: what its views load, if any are known."""
        owner = self.symbols.owner(*node)
        names = self.symbols.signature(Symbol("function", *node)).names if owner is not None else ()
        row, *way = text.removesuffix("()").removesuffix(".all").split(".")
        above = self._fed.get(owner, ()) if owner is not None and len(names) > 1 and names[1] == row else ()
        if not above:
            return loads
        every = [reduce(Loads.below, way, one) for one in above]
        return loads._replace(known=True) | reduce(Loads.common, every)

    def _serializer(self, node: Node, call: Call) -> Symbol | None:
        """The serializer that a call makes: by its class, or by the view's own method."""
        if call.target == "self.get_serializer":
            view = self.symbols.owner(node.path, call.scope)
            given = self.symbols.members.of_view(view.as_("instance"), "get_serializer_class", 1) if view is not None else None
            return given if given is not None or view is None else next(self._chosen(view), None)
        return self.symbols.chain(node.path, call.scope, call.target)

    def _of_view(self, view: Symbol) -> Iterator[tuple[Symbol, Feed]]:
        if not any(base.kind == "external" and base.name in orm().lists for base in self.symbols.classes.mro(view)):
            return
        if self.symbols.definition(view).name in self._of_one_row:
            return
        line = self.symbols.definition(view).line
        own = self.reading.own_method(view, "get_queryset")
        if own is None and self._shows_none(view):
            return
        for serializer in dict.fromkeys(one for one in self._chosen(view) if one in self.showers):
            loads = self.feeds.returned(own) if own is not None else self._attribute(view, "queryset")
            yield serializer, Feed(Node(view.path, view.place), line, loads, "the view's query")

    @cached_property
    def _of_one_row(self) -> frozenset[str]:
        """The names of views that are only routed to actions of one row: `Carts.as_view({"get": "retrieve"})`."""
        lists: dict[str, bool] = defaultdict(bool)
        for _, call in self.graph.anywhere(frozenset(("as_view",))):
            lists[call.target.removesuffix(".as_view").rpartition(".")[2]] |= "{" not in call.args or "list" in call.args
        registered = (call.args for _, call in self.graph.anywhere(frozenset(("register",))))
        named = frozenset(name.rpartition(".")[2] for args in registered for name in NAME.findall(args))
        return frozenset(name for name, several in lists.items() if not several and name not in named)

    def _chosen(self, view: Symbol) -> Iterator[Symbol]:
        """The serializers that a view may show its rows by: its attribute's, or those that its own method picks for a list."""
        method = self.reading.own_method(view, "get_serializer_class")
        if method is None:
            given = self.symbols.members.of_view(view.as_("instance"), "get_serializer_class", 1)
            yield from [given] if given is not None else []
            return
        texts = (entry.value or entry.text for entry in self.symbols.table(method.path).spans[method.place])
        names = [name for text in texts for name in NAME.findall(QUOTED.sub("", text)) if not ALONE.search(name)]
        for name in [name for name in names if LISTS.search(name)] or names:
            found = self.symbols.chain(method.path, method.place, name)
            if found is not None and found.kind == "class":
                yield found

    def _attribute(self, klass: Symbol, name: str) -> Loads:
        for one in self.symbols.classes.mro(klass):
            if one.kind == "class":
                assigns = self.symbols.table(one.path).assigns.get((one.place, name))
                if assigns:
                    return self.feeds.given.assigned(one.path, assigns)
        return UNKNOWN

    def _shows_none(self, view: Symbol) -> bool:
        """Whether a view's query is an empty one, as where it only takes rows in: `queryset = Order.objects.none()`."""
        own = (klass for klass in self.symbols.classes.mro(view) if klass.kind == "class")
        found = (self.symbols.table(one.path).assigns.get((one.place, "queryset")) for one in own)
        assigns = next(filter(None, found), [])
        return bool(assigns) and all(assign.value.endswith(".none()") for assign in assigns)

    def of(self, klass: Symbol, depth: int = 0, given: Symbol | None = None) -> tuple[Shown, ...]:
        """What a serializer needs for one row: of its model, or of the `given` one where it names none."""
        model = (self.showers[klass].model if klass in self.showers else None) or given
        asked = (klass, model)
        if asked not in self._known:
            self._known[asked] = ()
            if model is not None and depth < DEPTH:
                self._known[asked] = tuple(self._fields(klass, model, depth))
        return self._known[asked]

    def _fields(self, klass: Symbol, model: Symbol, depth: int) -> Iterator[Shown]:
        seen: set[str] = set()
        for one in self.symbols.classes.mro(klass):
            if one.kind == "class":
                for name, assigns in self.symbols.table(one.path).by_scope.get(one.place, {}).items():
                    if name not in seen and name not in ("Meta",):
                        seen.add(name)
                        yield from self._field(klass, model, one, assigns[-1], depth)
        represent = self.reading.own_method(klass, "to_representation")
        if represent is not None:
            yield from self.reading.of_method(represent)
        yield from self._listed(klass, model, seen)

    def _field(self, klass: Symbol, model: Symbol, owner: Symbol, assign: Assign, depth: int) -> Iterator[Shown]:
        calls = self.symbols.table(owner.path).at.get(assign.start, ())
        if not calls:
            return
        given = arguments(calls[0].args)
        maker = calls[0].target
        if given.keywords.get("write_only") == "True" or maker.endswith("HyperlinkedIdentityField"):
            return
        if maker.rpartition(".")[2] in orm().computed:
            method = self.reading.own_method(klass, literal(given.get(0, "method_name")) or f"get_{assign.target}")
            if method is not None:
                yield from self.reading.of_method(method)
            return
        yield from self._nested(model, owner, assign, maker, given, depth)

    def _nested(self, model: Symbol, owner: Symbol, assign: Assign, maker: str, given: Arguments, depth: int) -> Iterator[Shown]:
        inner = self.symbols.chain(owner.path, owner.place, maker)
        serializer = inner is not None and inner.kind == "class" and kind_of(self.symbols, inner) == "serializer"
        source = literal(given.keywords.get("source")) or assign.target
        deeper = "." in source or serializer or maker.rpartition(".")[2] in ("StringRelatedField", "SlugRelatedField")
        many = given.keywords.get("many") == "True"
        relations = self.reading.relations(model, source.removesuffix(".all"))
        path: Path = ()
        for place, relation in enumerate(relations):
            path = (*path, relation.name)
            last = place == len(relations) - 1
            if not last or deeper or many or relation.many:
                yield self.reading.relation(owner, assign.target, assign.line, path, relation)
        if serializer and inner is not None and relations and len(relations) == len(source.removesuffix(".all").split(".")):
            for shown in self.of(inner, depth + 1, relations[-1].symbol.as_("class")):
                yield Shown(shown.need, (*path, *shown.path)) if shown.need.root else shown

    def _listed(self, klass: Symbol, model: Symbol, seen: set[str]) -> Iterator[Shown]:
        """The names that `Meta.fields` lists: properties of the model, and the keys of many others."""
        table = self.symbols.table(klass.path)
        meta = table.children.get((klass.place, "Meta"))
        # With a depth each relation is shown as a row of its own.
        depths = table.assigns.get((meta, "depth"), ()) if meta is not None else ()
        deep = any(assign.text.strip() not in ("", "0") for assign in depths)
        for assign in table.assigns.get((meta, "fields"), ()) if meta is not None else ():
            for part in split(assign.text.strip()[1:-1]):
                name = literal(part)
                if name and name not in seen:
                    relations = self.reading.relations(model, name)
                    if relations and (relations[0].many or deep):
                        yield self.reading.relation(klass, name, assign.line, (name,), relations[0])
                    else:
                        yield from self.reading.of_model(model, name)
