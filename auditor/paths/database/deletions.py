"""Rows that are deleted for good, and whether their model keeps deleted rows."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.knowledge.orm import orm
from auditor.model.finding import Location
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.database.critical import Critical
from auditor.paths.database.deliberate import Deliberate
from auditor.paths.database.generic import deleting_views
from auditor.paths.database.statements import Statements
from auditor.paths.names.symbol import Symbol

PURGING = re.compile(
    r"purge|clean_?up|sweep|expire|prune|gdpr|anonymi|housekeep|retention|seed|fixture|vacuum|unused|orphan|stale|abandoned|validate_|smoke|obsolete|remove_deleted",
    re.IGNORECASE,
)
MERGES = re.compile(r"(?:^|[._])(?:merge_\w|absorb|dedup)", re.IGNORECASE)
"""What takes one row's content over into another before it goes."""
TRIAL = re.compile(r"\b(?:is_)?(?:test_?mode|sandbox(?:ed)?|dry_?run|is_test)\b", re.IGNORECASE)
"""What says that rows were never meant."""
MARKS = re.compile(r"(?:is_?)?deleted", re.IGNORECASE)
"""How a column begins that only says that a row is gone; what is archived is another thing than what is deleted."""
SIGNED_IN = frozenset(("request.user", "info.context.user", "g.user", "current_user", "current_user._get_current_object()"))
"""Who asks, as frameworks hand it over."""


class Deletion(NamedTuple):
    """A row, or rows, of a critical model that go for good. `soft` says that the model has a column for it that is not used."""

    model: str
    why: str
    soft: bool
    location: Location
    node: Node
    doubted: bool = False
    """Whether only a name tells of what model the row is or that it is critical, or it is one that nobody would want back."""


class Deletions:
    """Answers for one project. `requested` are the scopes that requests reach: what is called a purge there is none.

    `named` are the models that the settings call critical; without any they are told by their names.
    """

    def __init__(self, graph: Graph, requested: frozenset[Node], named: frozenset[str] = frozenset()) -> None:
        self.graph = graph
        self.requested = requested
        self.critical = Critical(graph, named)
        self.statements = Statements(graph, self.critical)
        self.deliberate = Deliberate(graph, requested)

    @cached_property
    def all(self) -> tuple[Deletion, ...]:
        """The deletions of critical rows, in the order of paths."""
        found = (*self._all(), *self._by_views())
        return tuple({(one.location.path, one.location.line): one for one in found}.values())

    def _all(self) -> Iterator[Deletion]:
        for node in self.graph.nodes:
            found = tuple(self._in(node))
            if found and not self._is_meant(node):
                for one in found:
                    if one.node == node or not self._is_meant(one.node):
                        meant = one.doubted or self.deliberate.is_so(one.node, one.location.line, one.model)
                        yield one._replace(doubted=meant)

    def _by_views(self) -> Iterator[Deletion]:
        """What views of the libraries delete with no code of their own for it; one that does all else too may not mean it."""
        for view, meant in deleting_views(self.graph):
            rows = self.graph.symbols.members.rows_of_view(view.as_("instance"))
            model = rows.as_("class") if rows is not None and self.graph.symbols.classes.is_model(rows) else None
            if model is not None and self.critical.why(model) and not self._keeps(model) and not self._inherits(view, model):
                place = Location(view.path, self.graph.symbols.definition(view).line)
                made = self._made(model, place, Node(view.path, view.place))
                yield made._replace(doubted=made.doubted or not meant)

    def _inherits(self, view: Symbol, model: Symbol) -> bool:
        """Whether another view of the project, which a view builds on, deletes the same rows: one place to mend for both."""
        for base in self.graph.symbols.classes.mro(view)[1:]:
            rows = self.graph.symbols.members.rows_of_view(base.as_("instance")) if base.kind == "class" else None
            if rows is not None and rows.as_("class") == model and base in self._deleting:
                return True
        return False

    @cached_property
    def _deleting(self) -> frozenset[Symbol]:
        return frozenset(view for view, _ in deleting_views(self.graph))

    def _in(self, node: Node) -> Iterator[Deletion]:
        """What a scope deletes, for whatever reason."""
        for edge in self.graph.edges(node):
            if edge.to is None:
                yield from self._one(node, edge) if edge.name else self._unknown(node, edge)
                yield from self._signed_in(node, edge)
            elif edge.call.target.endswith(".delete") and edge.model is not None and edge.model.kind == "query":
                yield from self._past(node, edge)
        for name, call, doubted in self.statements.deleting(node):
            yield Deletion(name, "by its name", False, Location(node.path, call.line, call.column), node, doubted)

    def _is_meant(self, node: Node) -> bool:
        """Whether a scope cleans up where no request asks it to, or spares what the rows say."""
        return (node not in self.requested and self._purges(node)) or self._spares(node)

    def _purges(self, node: Node) -> bool:
        """Whether a scope is there to clean up, by its name, its decorators or its file's name."""
        definition = self.graph.definition(node)
        told = (self.graph.name(node), node.path.rpartition("/")[2], *(definition.decorators if definition else ()))
        return any(map(PURGING.search, told))

    def _spares(self, node: Node) -> bool:
        """Whether a scope takes over what a row says before it goes, or is only for rows of a trial."""
        if any(MERGES.search(target) for target in self.graph.targets(node)):
            return True
        return any(TRIAL.search(read.text) for read in self.graph.reads.get(node, ())) or any(
            TRIAL.search(call.args) for call in self.graph.calls.get(node, ())
        )

    def _one(self, node: Node, edge: Edge) -> Iterator[Deletion]:
        effect = self.graph.knowledge.effect(edge.name)
        place = Location(node.path, edge.call.line, edge.call.column)
        if effect is not None and effect.kind == "delete":
            model = self._deleted(node, edge)
            found = [(model, place, node)] if model is not None else [*self._by_callers(node, edge), *self._by_filling(node)]
            for model, place, node in found:
                if self._why(model) and not (self._keeps_rows(model, edge) if self._is_query(edge) else self._keeps(model)):
                    yield self._made(model, place, node)
            if not found:
                yield from self._guessed(node, edge, edge.arguments.get(0) or "")

    def _past(self, node: Node, edge: Edge) -> Iterator[Deletion]:
        """`Order.all_objects.filter().delete()`: the rows of a plain manager go, whatever the model's own queries do."""
        model = edge.model.as_("class") if edge.model is not None and edge.model.path else None
        if model is not None and self._begins_plain(model, edge) and self.critical.why(model):
            yield self._made(model, Location(node.path, edge.call.line, edge.call.column), node)

    def _made(self, model: Symbol, place: Location, node: Node) -> Deletion:
        title, soft = self.graph.symbols.definition(model).name, bool(self.critical.soft_column(model))
        doubtful = not self.critical.why(model) or self.critical.is_doubtful(model)
        return Deletion(title, self._why(model), soft, place, node, doubtful)

    def _why(self, model: Symbol) -> str:
        """Why a row must not be lost: it is critical, or its model has a column by which others are only marked as deleted."""
        column = "" if self.critical.named else self.critical.soft_column(model)
        return self.critical.why(model) or (f"since {column} marks its rows elsewhere" if MARKS.match(column) else "")

    def _unknown(self, node: Node, edge: Edge) -> Iterator[Deletion]:
        """`invoice.delete()` where nothing says what an invoice is but its name."""
        owner, _, last = edge.call.target.rpartition(".")
        if last == "delete" and not edge.call.args.strip():
            yield from self._guessed(node, edge, owner)

    def _signed_in(self, node: Node, edge: Edge) -> Iterator[Deletion]:
        """`request.user.delete()`, where accounts are the library's rows."""
        owner, _, last = edge.call.target.removeprefix("self.").rpartition(".")
        if last == "delete" and owner in SIGNED_IN and self._has_accounts:
            place = Location(node.path, edge.call.line, edge.call.column)
            yield Deletion(orm().account.rpartition(".")[2], "by its name", False, place, node)

    @cached_property
    def _has_accounts(self) -> bool:
        """Whether the people who sign in are rows of the library's own class, or of none that is known here."""
        library = orm().account.partition(".")[0]
        imports = (name for path in self.graph.flows for name in self.graph.symbols.table(path).imports.values())
        return self.graph.symbols.accounts.model is None and any(name.partition(".")[0] == library for name in imports)

    def _guessed(self, node: Node, edge: Edge, name: str) -> Iterator[Deletion]:
        """The one critical model that a variable is called after."""
        models = self._by_variable.get(name, ())
        if len(models) == 1 and not self._keeps(models[0]):
            place = Location(node.path, edge.call.line, edge.call.column)
            yield self._made(models[0], place, node)._replace(doubted=True)

    @cached_property
    def _by_variable(self) -> dict[str, list[Symbol]]:
        """The critical models by what a variable that holds a row of one is called: `OrderLine` by `order_line`."""
        found: dict[str, list[Symbol]] = defaultdict(list)
        for model in self.graph.symbols.classes.models:
            if self.critical.why(model):
                found[re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", self.graph.symbols.definition(model).name).lower()].append(model)
        return found

    def _by_filling(self, node: Node) -> Iterator[tuple[Symbol, Location, Node]]:
        """Where a method of a generic class deletes: what the class is made for, and where it is called: `orders.remove(key)`."""
        for caller, edge in self.graph.callers.get(node, ()) if self.graph.symbols.owner(*node) is not None else ():
            owner = self.graph.symbols.chain(caller.path, edge.call.scope, edge.call.target.rpartition(".")[0])
            made = owner is not None and owner.kind == "instance" and bool(owner.path)
            for model in self.graph.symbols.generics.filled(owner) if owner is not None and made else ():
                if self.graph.symbols.classes.is_model(model):
                    yield model.as_("class"), Location(caller.path, edge.call.line, edge.call.column), caller

    def _by_callers(self, node: Node, edge: Edge) -> Iterator[tuple[Symbol, Location, Node]]:
        """Where a function deletes whatever it is given: the models that its callers hand over, and where they do."""
        text = (*edge.arguments.positional[:1], "")[0]
        definition = self.graph.definition(node)
        names = self.graph.symbols.signature(Symbol("function", *node)).names if definition is not None else ()
        if definition is None or text not in names:
            return
        bound = self.graph.symbols.owner(*node) is not None and "staticmethod" not in definition.decorators
        for caller, handing in self.graph.callers.get(node, ()):
            given = handing.arguments.get(names.index(text) - bound, text)
            found = self.graph.symbols.chain(caller.path, handing.call.scope, elided(given.encode())) if given else None
            if found is not None and found.kind in ("instance", "query", "many") and self.graph.symbols.classes.is_model(found):
                yield found.as_("class"), Location(caller.path, handing.call.line, handing.call.column), caller

    @property
    def kept(self) -> tuple[int, int]:
        """How many critical models keep deleted rows, and how many there are."""
        models = [model for model in self.graph.symbols.classes.models if self.critical.why(model)]
        return sum(self._keeps(model) or bool(self.critical.soft_column(model)) for model in models), len(models)

    def _deleted(self, node: Node, edge: Edge) -> Symbol | None:
        """The model whose rows a call deletes."""
        if edge.model is not None and edge.model.path:
            return edge.model.as_("class")
        symbols = self.graph.symbols
        texts = [edge.call.target.rpartition(".")[0], *edge.arguments.positional[:1]]
        if len(texts) > 1 and texts[1] in SIGNED_IN and symbols.accounts.model is not None:
            return symbols.accounts.model
        for text in texts:
            found = symbols.chain(node.path, edge.call.scope, elided(text.encode())) if text else None
            if found is not None and found.kind in ("instance", "query", "many", "class") and symbols.classes.is_model(found):
                return found.as_("class")
        begun = symbols.chain(node.path, edge.call.scope, edge.call.target.partition(".")[0]) if self._is_query(edge) else None
        return begun if begun is not None and begun.kind == "class" and symbols.classes.is_model(begun) else None

    def _keeps(self, model: Symbol) -> bool:
        """Whether a library or the model's own `delete` keeps the row."""
        for klass in self.graph.symbols.classes.mro(model):
            if klass.kind == "external" and any(g.kind == "soft-delete" for g in self.graph.knowledge.guards(klass.name)):
                return True
            if klass.kind == "class":
                index = self.graph.symbols.table(klass.path).children.get((klass.place, "delete"))
                if index is not None and not any(
                    edge.name.endswith(".delete") for edge in self.graph.edges(Node(klass.path, index)) if edge.to is None
                ):
                    return True
        return False

    def _is_query(self, edge: Edge) -> bool:
        """Whether a query deletes, which calls no `delete` of the rows' own class."""
        return self.graph.knowledge.query(edge.name.rpartition(".")[0]) is not None and edge.call.target.endswith(".delete")

    def _keeps_rows(self, model: Symbol, edge: Edge) -> bool:
        """Whether the queries of a model may keep the rows that they delete: by a library, or by a class of the project's,
        unless they begin at a plain manager.
        """
        symbols = self.graph.symbols
        order = symbols.classes.mro(model)
        if any(g.kind == "soft-delete" for one in order if one.kind == "external" for g in self.graph.knowledge.guards(one.name)):
            return True
        return not self._begins_plain(model, edge) and self._keeps(model) and self._soft_queries

    def _begins_plain(self, model: Symbol, edge: Edge) -> bool:
        """Whether a query begins at a manager that a model or its bases take from the library as it is."""
        symbols = self.graph.symbols
        manager = (*edge.call.target.split("."), "")[1]
        for klass in symbols.classes.mro(model):
            for assign in symbols.table(klass.path).assigns.get((klass.place, manager), ()) if klass.kind == "class" else ():
                made = symbols.chain(klass.path, klass.place, assign.value.removesuffix("()"))
                return ".as_manager" not in assign.value and made is not None and made.kind == "external"
        return False

    @cached_property
    def _soft_queries(self) -> bool:
        """Whether the project has queries or managers of its own that delete in their own way."""
        classes = self.graph.symbols.classes
        return any(
            d.name == "delete" and d.parent >= 0 and classes.is_manager(Symbol("class", path, d.parent))
            for path, file in self.graph.files.items()
            if path in self.graph.flows
            for d in file.definitions
        )
