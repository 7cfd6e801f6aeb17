"""Members of the project's enumerations that are looked up by what came from outside: `Status(request.args["status"])`."""

import re

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.one_of import is_one_of
from auditor.paths.calls.outside import Outside

ENUMS = re.compile(r"enum\.\w*(?:Enum|Flag)\Z|django\.db\.models\.(?:enums\.)?(?:Text|Integer)?Choices\Z|strenum\.StrEnum\Z")
ERROR = "ValueError"
"""What a value without a member brings about."""


class Members:
    """Answers for one graph, each class asked once."""

    def __init__(self, graph: Graph, outside: Outside) -> None:
        self.graph = graph
        self.outside = outside
        self._known: dict[str, bool] = {}

    def may_miss(self, node: Node, edge: Edge) -> bool:
        """Whether a call looks a member up by a value from outside that nobody looked at."""
        if edge.to is not None or edge.read or not edge.name.rpartition(".")[2][:1].isupper():
            return False
        if edge.name not in self._known:
            self._known[edge.name] = self._is_enum(node, edge)
        if not self._known[edge.name]:
            return False
        given = edge.arguments
        if len(given.positional) != 1 or given.keywords or not self.outside.of(node, edge, "raw"):
            return False
        return not is_one_of(self.graph, node, given.positional[0], edge.call.line)

    def _is_enum(self, node: Node, edge: Edge) -> bool:
        symbols = self.graph.symbols
        klass = symbols.chain(node.path, edge.call.scope, edge.call.target)
        if klass is None or klass.kind != "class" or not klass.path:
            return False
        own = symbols.member(klass.as_("instance"), "_missing_")
        if own is not None and own.path:
            return False
        return any(one.kind == "external" and ENUMS.match(one.name) for one in symbols.classes.mro(klass))
