"""Keys that a query is filtered by only where a caller gives them: `if shop_id: query = query.filter(...)` bounds nothing for the
caller that gives none.
"""

import re

from auditor.facts.flow.events import Assign
from auditor.paths.calls.flags import Flags, name_of
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.calls.reach import Way
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.signature import Signature

NOTHING = re.compile(r"None|''|\"\"|\w+\(\s*(?:default\s*=\s*)?None\b.*", re.DOTALL)
"""A default that is no key: `None`, `Query(None, description="...")`."""


class Optional:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.flags = Flags(graph)

    def keys(self, path: str, assign: Assign) -> tuple[str, ...]:
        """The parameters that must be given so that a query goes on from itself there: `query = query.filter(...)`."""
        if not assign.value.startswith(f"{assign.target}."):
            return ()
        asks = self.flags.at(self.graph.node(path, assign.scope), assign.line)
        return tuple(map(name_of, asks)) if all(ask[0] != "!" and "." not in ask for ask in asks) else ()

    def is_given(self, node: Node, way: Way, name: str) -> bool:
        """Whether the way to a scope gives something for a parameter of it."""
        for caller, edge in reversed(way):
            signature = self._signature(node)
            if name not in signature.names or edge.read or edge.via or edge.arguments.spread:
                return True
            place = signature.names.index(name) - (signature.first in ("self", "cls"))
            value = edge.arguments.get(place, name) or signature.defaults.get(name, "")
            if NOTHING.fullmatch(value):
                return False
            if not value.isidentifier() or (caller.scope, value) in self.graph.symbols.table(caller.path).assigns:
                return True
            node, name = caller, value
        return NOTHING.fullmatch(self._signature(node).defaults.get(name, "")) is None

    def _signature(self, node: Node) -> Signature:
        found = self.graph.definition(node)
        if found is None or found.kind == "class":
            return Signature((), {}, {}, "")
        return self.graph.symbols.signature(Symbol("function", *node))
