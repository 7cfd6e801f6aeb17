"""Queries that are handed to a function of the project which goes through them: they are asked with each call of it."""

import re
from collections.abc import Iterator

from auditor.facts.flow.elide import elided
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.question import EVALUATES
from auditor.paths.written.steps import steps

ROWS = re.compile(
    r"\.(?:all|filter|exclude|order_by|select_related|prefetch_related|values|values_list|annotate|distinct|only)\("
)


class HandedOn:
    """Answers for one graph, remembered."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[tuple[Node, str], bool] = {}

    def of(self, edge: Edge) -> Iterator[str]:
        """The queries, in short, that a call hands to a function which goes through them: `label(order.lines.all())`."""
        if edge.to is None or edge.read or edge.later or not ROWS.search(edge.call.args):
            return
        signature = self.graph.symbols.signature(Symbol("function", edge.to.path, edge.to.scope))
        owner = self.graph.symbols.owner(edge.to.path, edge.to.scope)
        names = signature.names[1 if owner is not None and signature.first in ("self", "cls") else 0 :]
        for place, name in enumerate(names):
            text = edge.arguments.get(place, name) or ""
            short = elided(text.encode()) if ROWS.search(text) else ""
            if short and steps(short) and self._goes_through(edge.to, name):
                yield short

    def _goes_through(self, node: Node, name: str) -> bool:
        asked = (node, name)
        if asked not in self._known:
            loops = (loop.source for loop in self.graph.flows[node.path].loops if loop.scope == node.scope)
            calls = self.graph.calls.get(node, ())
            evaluated = any(call.target in EVALUATES and call.args.partition(",")[0].strip() == name for call in calls)
            self._known[asked] = evaluated or name in loops
        return self._known[asked]
