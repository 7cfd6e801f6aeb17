"""Generators whose turns are sent as the body of an answer: what they raise comes when its status has been sent already."""

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.written.arguments import arguments

STREAMS = ("StreamingResponse", "StreamingHttpResponse", "EventSourceResponse", "stream_with_context", "Response")
"""What sends a generator turn by turn."""


def is_streamed(graph: Graph, node: Node, edge: Edge) -> bool:
    """Whether a call makes a generator that a response is given: `StreamingResponse(lines())`, or under a name."""
    if edge.to is None or edge.read or not any(one.scope == edge.to.scope for one in graph.flows[edge.to.path].yields):
        return False
    call = edge.call
    for other in graph.calls.get(node, ()):
        if other.target.rpartition(".")[2] in STREAMS:
            inside = other.start <= call.start and call.end < other.end
            if inside or (call.bound and call.bound == arguments(other.args).get(0)):
                return True
    return False
