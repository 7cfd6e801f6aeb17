"""Clients that wait to be asked instead of asking: the socket of a server."""

from auditor.knowledge.values import Effect
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.outbound.clients import Clients

SENDS = frozenset({"connect", "connect_ex", "send", "sendall", "sendto"})


class Listening:
    """Answers for one graph."""

    def __init__(self, graph: Graph, clients: Clients) -> None:
        self.graph = graph
        self.clients = clients

    def serves(self, node: Node, edge: Edge, effect: Effect) -> bool:
        """Whether a call waits for whoever asks next, on what was bound to an address and has sent nothing before."""
        receiver = edge.call.target.rpartition(".")[0]
        if not effect.listens or not receiver:
            return False
        if edge.name.rpartition(".")[2] in SENDS or self._asked_before(node, edge, receiver):
            return False
        bound = list(self.clients.assigned(node, edge.call.scope, receiver))
        names = {(node.path, edge.call.scope, receiver)}
        names |= {(path, assign.scope, name) for path, assign in bound for name in (assign.target, assign.value) if name}
        return any(
            call.target.rpartition(".")[0] == name and (call.scope == scope or "." in name)
            for path, scope, name in names
            for call in self.graph.called(path, frozenset(effect.listens))
        )

    def _asked_before(self, node: Node, edge: Edge, receiver: str) -> bool:
        sent = (call for call in self.graph.calls.get(node, ()) if call.target.rpartition(".")[2] in SENDS)
        return any(call.target.rpartition(".")[0] == receiver and call.start < edge.call.start for call in sent)
