"""What is asked once per row by classes that show rows: serializers of lists, and columns of an administration's tables."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign, Call
from auditor.knowledge.orm import orm
from auditor.paths.arguments import Arguments, arguments, literal, split
from auditor.paths.graph import Graph, Node
from auditor.paths.queries.asked import Question
from auditor.paths.queries.feeds import Feeds
from auditor.paths.queries.loading import UNKNOWN, Loads
from auditor.paths.queries.needs import Need, Needs
from auditor.paths.relations import Relation
from auditor.paths.rows import Shower, kind_of, showers
from auditor.paths.symbols import Symbol

DEPTH = 4
Path = tuple[str, ...]


class Shown(NamedTuple):
    """What showing one row needs; `path` leads from the row to what is read, and is empty for a question of its own."""

    need: Need
    path: Path


class Feed(NamedTuple):
    """Where rows are shown: the scope and line, what came with them, and in words what they come from."""

    node: Node
    line: int
    loads: Loads
    source: str


class ShownRows:
    """Answers for one graph."""

    def __init__(self, graph: Graph, feeds: Feeds, needs: Needs) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.feeds = feeds
        self.needs = needs
        self._known: dict[Symbol, tuple[Shown, ...]] = {}

    def all(self) -> Iterator[tuple[Shown, Feed, str]]:
        """Everything that is needed per row, with what feeds the rows, and `serializer` or `admin`."""
        models = {shower.klass: shower for shower in showers(self.symbols)}
        for klass, feed in self._lists(models):
            for shown in self.of_serializer(models, klass):
                yield shown, feed, "serializer"
        for shower in models.values():
            if shower.kind == "table" and shower.model is not None:
                feed = self._table_feed(shower)
                for shown in self._columns(shower, shower.model):
                    yield shown, feed, "admin"

    def _lists(self, models: dict[Symbol, Shower]) -> Iterator[tuple[Symbol, Feed]]:
        """The serializers that are given many rows: by views that list, and by calls with `many=True`."""
        for path in sorted(self.graph.flows):
            file = self.graph.files[path]
            for place, definition in enumerate(file.definitions if file.kind == "source" else ()):
                if definition.kind == "class" and definition.bases:
                    yield from self._of_view(Symbol("class", path, place), models)
        for node in self.graph.nodes:
            for call in self.graph.calls.get(node, ()):
                if "many" in call.args and "erializer" in call.target:
                    given = arguments(call.args)
                    symbol = self._serializer(node, call)
                    rows = given.get(0, "instance")
                    if given.keywords.get("many") == "True" and rows and symbol is not None and symbol in models:
                        loads = self.feeds.written(node.path, call.scope, rows)
                        yield symbol, Feed(node, call.line, loads, elided(rows.encode()))

    def _serializer(self, node: Node, call: Call) -> Symbol | None:
        """The serializer that a call makes: by its class, or by the view's own method."""
        if call.target == "self.get_serializer":
            view = self.symbols.owner(node.path, call.scope)
            return self.symbols.members.of_view(view.as_("instance"), "get_serializer_class", 1) if view is not None else None
        return self.symbols.chain(node.path, call.scope, call.target)

    def _of_view(self, view: Symbol, models: dict[Symbol, Shower]) -> Iterator[tuple[Symbol, Feed]]:
        members = self.symbols.members
        if not any(base.kind == "external" and base.name in orm().lists for base in members.mro(view)):
            return
        serializer = members.of_view(view.as_("instance"), "get_serializer_class", 1)
        if serializer is None or serializer not in models:
            return
        line = self.symbols.definition(view).line
        own = self.symbols.member(view.as_("instance"), "get_queryset")
        if own is not None and own.kind == "function" and own.path and not own.name:
            loads = self.feeds.returned(own)
        else:
            loads = self._attribute(view, "queryset")
        yield serializer, Feed(Node(view.path, view.place), line, loads, "the view's query")

    def _attribute(self, klass: Symbol, name: str) -> Loads:
        for one in self.symbols.members.mro(klass):
            if one.kind == "class":
                assigns = self.symbols.table(one.path).assigns.get((one.place, name))
                if assigns:
                    return self.feeds.given.assigned(one.path, assigns)
        return UNKNOWN

    def of_serializer(self, models: dict[Symbol, Shower], klass: Symbol, depth: int = 0) -> tuple[Shown, ...]:
        """What a serializer needs for one row."""
        if klass not in self._known:
            self._known[klass] = ()
            model = models[klass].model if klass in models else None
            if model is not None and depth < DEPTH:
                self._known[klass] = tuple(self._fields(models, klass, model, depth))
        return self._known[klass]

    def _fields(self, models: dict[Symbol, Shower], klass: Symbol, model: Symbol, depth: int) -> Iterator[Shown]:
        seen: set[str] = set()
        for one in self.symbols.members.mro(klass):
            if one.kind == "class":
                for name, assigns in self.symbols.table(one.path).by_scope.get(one.place, {}).items():
                    if name not in seen and name not in ("Meta",):
                        seen.add(name)
                        yield from self._field(models, klass, model, one, assigns[-1], depth)
        represent = self.symbols.member(klass.as_("instance"), "to_representation")
        if represent is not None and represent.kind == "function" and represent.path and not represent.name:
            yield from self._of_method(represent)
        yield from self._listed(klass, model, seen)

    def _field(
        self, models: dict[Symbol, Shower], klass: Symbol, model: Symbol, owner: Symbol, assign: Assign, depth: int
    ) -> Iterator[Shown]:
        calls = self.symbols.table(owner.path).at.get(assign.start, ())
        if not calls:
            return
        given = arguments(calls[0].args)
        maker = calls[0].target
        if given.keywords.get("write_only") == "True":
            return
        if maker.rpartition(".")[2] in orm().computed:
            name = literal(given.get(0, "method_name")) or f"get_{assign.target}"
            method = self.symbols.member(klass.as_("instance"), name)
            if method is not None and method.kind == "function" and method.path and not method.name:
                yield from self._of_method(method)
            return
        yield from self._nested(models, model, owner, assign, maker, given, depth)

    def _nested(
        self,
        models: dict[Symbol, Shower],
        model: Symbol,
        owner: Symbol,
        assign: Assign,
        maker: str,
        given: Arguments,
        depth: int,
    ) -> Iterator[Shown]:
        inner = self.symbols.chain(owner.path, owner.place, maker)
        serializer = inner is not None and inner.kind == "class" and kind_of(self.symbols, inner) == "serializer"
        source = literal(given.keywords.get("source")) or assign.target
        deeper = "." in source or serializer or maker.rpartition(".")[2] in ("StringRelatedField", "SlugRelatedField")
        many = given.keywords.get("many") == "True"
        relations = self._relations(model, source.removesuffix(".all"))
        path: Path = ()
        for place, relation in enumerate(relations):
            path = (*path, relation.name)
            last = place == len(relations) - 1
            if not last or deeper or many or relation.many:
                yield self._relation(owner, assign, path, relation)
        if serializer and inner is not None and relations and len(relations) == len(source.removesuffix(".all").split(".")):
            for shown in self.of_serializer(models, inner, depth + 1):
                yield Shown(shown.need, (*path, *shown.path)) if shown.need.root else shown

    def _relation(self, owner: Symbol, assign: Assign, path: Path, relation: Relation) -> Shown:
        text = f"{self.symbols.definition(owner).name}.{assign.target}"
        kind = "many" if relation.many else "one"
        question = Question(owner.place, assign.line, 1, -1, text, kind, relation.name, "row", path, False)
        return Shown(Need(question, Node(owner.path, owner.place), "row", path), path)

    def _relations(self, model: Symbol, source: str) -> list[Relation]:
        found: list[Relation] = []
        symbol = model
        for name in source.split("."):
            relation = self.symbols.members.relations.of(symbol.as_("class")).get(name)
            if relation is None:
                break
            found.append(relation)
            symbol = relation.target
        return found

    def _of_method(self, method: Symbol) -> Iterator[Shown]:
        """What a method that is given the row needs."""
        names = self.symbols.signature(method).names
        row = names[1] if len(names) > 1 else ""
        for need in self.needs.of(Node(method.path, method.place)):
            if not need.root or need.root == row:
                yield Shown(need, need.path if need.root else ())

    def _listed(self, klass: Symbol, model: Symbol, seen: set[str]) -> Iterator[Shown]:
        """The names that `Meta.fields` lists: properties of the model, and the keys of many others."""
        table = self.symbols.table(klass.path)
        meta = table.children.get((klass.place, "Meta"))
        for assign in table.assigns.get((meta, "fields"), ()) if meta is not None else ():
            for part in split(assign.text.strip()[1:-1]):
                name = literal(part)
                if name and name not in seen:
                    yield from self._named(klass, model, name, assign)

    def _named(self, klass: Symbol, model: Symbol, name: str, assign: Assign) -> Iterator[Shown]:
        relations = self._relations(model, name)
        if relations and relations[0].many:
            yield self._relation(klass, msgspec.structs.replace(assign, target=name), (name,), relations[0])
            return
        for one in self.symbols.members.mro(model):
            index = self.symbols.table(one.path).children.get((one.place, name)) if one.kind == "class" else None
            if index is not None:
                function = self.symbols.of(one.path, index)
                if function.kind == "function":
                    yield from self._of_model(function)
                return

    def _of_model(self, function: Symbol) -> Iterator[Shown]:
        for need in self.needs.of(Node(function.path, function.place)):
            if need.root in ("", "self"):
                yield Shown(need, need.path if need.root else ())

    def _columns(self, shower: Shower, model: Symbol) -> Iterator[Shown]:
        names = self._display(shower)
        for name in names or ("__str__",):
            method = self.symbols.member(shower.klass.as_("instance"), name)
            if method is not None and method.kind == "function" and method.path and not method.name:
                yield from self._of_method(method)
            else:
                for one in self.symbols.members.mro(model):
                    index = self.symbols.table(one.path).children.get((one.place, name)) if one.kind == "class" else None
                    if index is not None:
                        yield from self._of_model(self.symbols.of(one.path, index))
                        break

    def _display(self, shower: Shower) -> tuple[str, ...]:
        for one in self.symbols.members.mro(shower.klass):
            if one.kind == "class":
                for assign in self.symbols.table(one.path).assigns.get((one.place, "list_display"), ()):
                    return tuple(name for part in split(assign.text.strip()[1:-1]) if (name := literal(part)))
        return ()

    def _table_feed(self, shower: Shower) -> Feed:
        """What a table's rows come with: `get_queryset`, `list_select_related`, or all to-one relations if one is a column."""
        loads = Loads()
        own = self.symbols.member(shower.klass.as_("instance"), "get_queryset")
        if own is not None and own.kind == "function" and own.path and not own.name:
            loads |= self.feeds.returned(own)
        for one in self.symbols.members.mro(shower.klass):
            if one.kind == "class":
                for assign in self.symbols.table(one.path).assigns.get((one.place, "list_select_related"), ()):
                    loads |= _related(assign.text.strip())
        relations = self.symbols.members.relations.of(shower.model) if shower.model is not None else {}
        if any(name in relations and not relations[name].many for name in self._display(shower)):
            loads |= Loads(to_one=True)
        line = self.symbols.definition(shower.klass).line
        return Feed(Node(shower.klass.path, shower.klass.place), line, loads._replace(plain=False), "the table's rows")


def _related(text: str) -> Loads:
    """What `list_select_related` names: `True`, or paths."""
    names = [literal(part) or "" for part in split(text[1:-1])] if text[:1] in ("(", "[") else []
    paths = [tuple(name.split("__")) for name in names]
    return Loads(frozenset(path[:end] for path in paths for end in range(1, len(path) + 1)), to_one=text == "True")
