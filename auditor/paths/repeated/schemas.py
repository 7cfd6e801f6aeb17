"""What schemas ask for each row that they show: of lists that handlers answer with, and of rows that are dumped together."""

import re
from collections.abc import Iterator

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Call
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.loads.feeds import Feeds
from auditor.paths.loads.loading import Loads
from auditor.paths.names.resources import resources
from auditor.paths.names.rows import declared, kind_of
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.fields import FieldRead, Fields
from auditor.paths.queries.reading import Feed, Reading, Shown
from auditor.paths.written.arguments import arguments

ANSWERS = re.compile(r"\.(?:get|post|put|patch|api_operation|route|api_route)\(")
Listed = tuple[Symbol, Symbol, Feed]


class Schemas:
    """Answers for one graph."""

    def __init__(self, graph: Graph, feeds: Feeds, reading: Reading) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.feeds = feeds
        self.reading = reading
        self.fields = Fields(graph.symbols)

    def all(self) -> Iterator[tuple[Shown, Feed]]:
        """What each schema needs per row that is given many."""
        for klass, model, feed in (*self._answers(), *self._dumps(), *self._listed()):
            for read in self.fields.of(klass, model):
                for shown in self._shown(read):
                    yield shown, feed

    def _shown(self, read: FieldRead) -> Iterator[Shown]:
        if read.relation is not None:
            if self.reading.is_lazy(read.relation):
                yield self.reading.relation(read.owner, read.name, read.line, read.path, read.relation)
        elif read.target is not None:
            one = self.reading.of_method(read.target) if read.kind == "method" else self.reading.of_model(read.target, read.name)
            for shown in one:
                yield Shown(shown.need, (*read.path, *shown.path)) if shown.need.root else shown

    def _answers(self) -> Iterator[Listed]:
        """The schemas of lists that handlers answer with: `response=list[OrderOut]`, `-> list[OrderOut]`."""
        for path in sorted(self.graph.flows):
            file = self.graph.files[path]
            for place, definition in enumerate(file.definitions if file.kind == "source" else ()):
                if definition.kind != "class" and any(map(ANSWERS.search, definition.decorators)):
                    node = Node(path, place)
                    klass = declared(self.symbols, path, place)
                    if klass is not None:
                        yield from self._returned(node, klass)

    def _returned(self, node: Node, klass: Symbol) -> Iterator[Listed]:
        for entry in self.symbols.table(node.path).returns.get(node.scope, ()):
            rows = self.symbols.chain(node.path, node.scope, entry.value)
            if rows is None or rows.kind == "external":
                rows = self.symbols.handed.stated(node.path, node.scope, entry.value, entry.start, 1) or rows
            if rows is not None and rows.kind in ("query", "many") and self.symbols.classes.is_model(rows):
                loads = self.feeds.expression(node.path, node.scope, entry.value, entry.start)
                yield klass, rows, Feed(node, entry.line, loads, entry.value)

    def _listed(self) -> Iterator[Listed]:
        """The schemas of resources that list the rows of a model, by their own query or by that of the library."""
        for one in resources(self.symbols):
            own = self.reading.own_method(one.klass, "query")
            loads = self.feeds.returned(own) if own is not None else Loads()
            line = self.symbols.definition(one.klass).line
            yield one.schema, one.model, Feed(Node(one.klass.path, one.klass.place), line, loads, "the resource's query")

    def _dumps(self) -> Iterator[Listed]:
        """The schemas that are handed many rows: `OrderSchema(many=True).dump(orders)`."""
        for path, call in self.graph.anywhere(orm().dumps):
            owner = call.target.rpartition(".")[0]
            if owner and call.args and self.graph.files[path].kind == "source":
                yield from self._dumped(self.graph.node(path, call.scope), call, owner)

    def _dumped(self, node: Node, call: Call, owner: str) -> Iterator[Listed]:
        schema = self.symbols.chain(node.path, call.scope, owner)
        rows = arguments(call.args).get(0, "obj")
        if rows is None or schema is None or schema.kind != "instance" or kind_of(self.symbols, schema) != "schema":
            return
        text = elided(rows.encode())
        found = self.symbols.chain(node.path, call.scope, text)
        if found is not None and found.kind in ("query", "many") and self.symbols.classes.is_model(found):
            yield schema.as_("class"), found, Feed(node, call.line, self.feeds.written(node.path, call.scope, rows), text)
