"""What the choices of forms ask for each row that can be chosen: a field shows the text of every row of its query."""

import re
from collections.abc import Iterator

from auditor.facts.flow.elide import elided
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.loads.feeds import Feeds
from auditor.paths.names.rows import CHOICES, choosing
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.reading import Feed, Reading, Shown
from auditor.paths.written.arguments import arguments

HIDDEN = re.compile(r"Hidden|Raw|Autocomplete|Select2|\.none\(\)|Typeahead|TextInput")
"""Widgets that show no row but the one that is chosen, or fetch the rows that are looked for."""


class Choices:
    """Answers for one graph."""

    def __init__(self, graph: Graph, feeds: Feeds, reading: Reading) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.feeds = feeds
        self.reading = reading

    def all(self) -> Iterator[tuple[Shown, Feed]]:
        """What each field needs per row, with the query of its rows."""
        labels = choosing(self.symbols)
        names = CHOICES | {self.symbols.definition(klass).name for klass in labels}
        for path, call in self.graph.anywhere(names):
            rows = arguments(call.args).get(0, "queryset")
            if not rows or HIDDEN.search(call.args) or self.graph.files[path].kind != "source":
                continue
            text = elided(rows.encode())
            found = self.symbols.chain(path, call.scope, text)
            if found is None or found.kind != "query" or not self.symbols.classes.is_model(found):
                continue
            klass = self.symbols.chain(path, call.scope, call.target)
            feed = Feed(Node(path, call.scope), call.line, self.feeds.written(path, call.scope, rows), text)
            for shown in self._shown(labels.get(klass) if klass is not None else None, found):
                yield shown, feed

    def _shown(self, label: Symbol | None, rows: Symbol) -> Iterator[Shown]:
        return self.reading.of_method(label) if label is not None else self.reading.of_model(rows.as_("class"), "__str__")
