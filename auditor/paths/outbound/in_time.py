"""A bound that is set around a call, where it stands or where its function is called."""

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Edge, Graph, Node

NEAR_LINES = 12
"""Within so many lines a call and a `wait_for` that names it belong together."""
CALLERS = 3
"""So many calls up a bound is looked for."""


class InTime:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._waits: dict[Node, list[Call]] = {}
        """By scope: its calls of `wait_for`."""

    def call(self, node: Node, edge: Edge) -> bool:
        """Whether the wait of a call is bounded from around it, here or by every caller of the function it stands in."""
        return self._here(node, edge) or self._above(node, 0)

    def _above(self, node: Node, depth: int) -> bool:
        """`wait_for(self.connect(), 10)` is all that calls the function."""
        callers = self.graph.callers.get(node, ()) if node.scope >= 0 and depth < CALLERS else ()
        return bool(callers) and all(self._here(caller, edge) or self._above(caller, depth + 1) for caller, edge in callers)

    def _here(self, node: Node, edge: Edge) -> bool:
        """`with timeout(3):` around the call, or `wait_for(call(), 3)`."""
        if edge.via and self._bounds(edge.via):
            return True
        guards = self.graph.flows[node.path].guards
        at = edge.call.guard
        while at >= 0:
            for context in guards[at].contexts:
                name = context.partition("(")[0].strip()
                symbol = self.graph.symbols.chain(node.path, edge.call.scope, name)
                known = symbol.name if symbol is not None and symbol.kind == "external" else name
                if self._bounds(known):
                    return True
            at = guards[at].parent
        if node not in self._waits:
            calls = self.graph.calls.get(node, ())
            self._waits[node] = [call for call in calls if call.target.rpartition(".")[2] == "wait_for"]
        return any(edge.call.target in other.args for other in self._waits[node] if abs(other.line - edge.call.line) < NEAR_LINES)

    def _bounds(self, name: str) -> bool:
        return any(guard.kind == "timeout" for guard in self.graph.knowledge.guards(name))
