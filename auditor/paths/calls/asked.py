"""What scopes ask of texts before they make something of them: `text.isdigit()`, `Number.fullmatch(text)`."""

from bisect import bisect_left

from auditor.paths.calls.before import fitted
from auditor.paths.calls.closely import PARTS
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.calls.numbered import is_numbered
from auditor.paths.calls.returned import LOOKED_AT


class Asked:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[Node, list[str]] = {}
        """By scope: the questions about values that it asks, sorted."""

    def of(self, node: Node, text: str, mode: str) -> bool:
        """Whether the scope asks it somewhere, or whether it is a number, or one of a few."""
        if mode == "raw" and is_numbered(self.graph, node, text):
            return True
        if node not in self._known:
            asked = [name for name in self.graph.targets(node) if name.rpartition(".")[2] in LOOKED_AT]
            if any(name.startswith("str().") for name in asked):
                asked += [call.args for call in self.graph.calls[node] if call.target == "str"]
            asked += [given for call in self.graph.calls.get(node, ()) for given in fitted(call)]
            self._known[node] = sorted(asked)
        loops = self.graph.symbols.table(node.path).loops.get((node.scope, text), ()) if mode == "raw" else ()
        begins = [PARTS.sub("", one.source) for one in loops] or [text.partition("(")[0]]
        return all(self._begins(node, one) for one in begins)

    def _begins(self, node: Node, begins: str) -> bool:
        known = self._known[node]
        place = bisect_left(known, begins)
        return place < len(known) and known[place].startswith(begins)
