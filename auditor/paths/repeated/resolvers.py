"""What the types of a graph of answers ask for each row: their methods that resolve a field."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from auditor.facts.flow.elide import elided
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.loads.loading import Loads
from auditor.paths.names.rows import RESOLVES, Shower
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.reading import Feed, Reading, Shown
from auditor.paths.written.arguments import arguments


class Resolvers:
    """Answers for one graph."""

    def __init__(self, graph: Graph, reading: Reading) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.reading = reading

    def all(self, showers: Iterable[Shower]) -> Iterator[tuple[Shown, Feed]]:
        """What each type that is shown in lists needs per row. What its rows come with nobody sees: any list may give them."""
        for klass in (shower.klass for shower in showers if shower.kind == "resolver" and shower.model is not None):
            for place in self.symbols.table(klass.path).inside.get(klass.place, ()):
                method = self.symbols.of(klass.path, place)
                definition = self.symbols.files[klass.path].definitions[place]
                if method.kind == "function" and definition.name.startswith(RESOLVES):
                    for shown in self._of(method):
                        known = klass in self._listed and not shown.need.root
                        feed = Feed(Node(klass.path, klass.place), definition.line, Loads(known=known), "each list of this type")
                        yield shown, feed

    def _of(self, method: Symbol) -> Iterator[Shown]:
        """What a method needs whose first parameter is the row."""
        row = next(iter(self.symbols.signature(method).names), "")
        for need in self.reading.needs.of(Node(method.path, method.place)):
            if need.root in ("", row):
                yield Shown(need, need.path if need.root else ())

    @cached_property
    def _listed(self) -> frozenset[Symbol]:
        """The types of which some field gives many: `List(OrderType)`, `DjangoFilterConnectionField(OrderType)`."""
        found = set()
        for path, flow in self.graph.flows.items():
            for call in flow.calls:
                if call.target.endswith(tuple(orm().listed_by)):
                    text = (arguments(call.args).get(0, "of_type") or "").removeprefix("lambda:").strip(" \"'")
                    symbol = self.symbols.chain(path, call.scope, elided(text.encode())) if text else None
                    if symbol is not None and symbol.kind == "class":
                        found.add(symbol)
        return frozenset(found)
