"""Methods of clients that are kept with a part of what they are given: `fetch = partial(client.get, "/rates")`."""

from auditor.paths.calls.edge import Edge, Node
from auditor.paths.names.symbols import Symbols
from auditor.paths.written.arguments import arguments
from auditor.paths.written.steps import last_name

PARTIAL = "partial"


def receiver_of(symbols: Symbols, node: Node, edge: Edge) -> str:
    """What a call is made on, in its file: `client` for `client.get()`, and for `fetch()` that such a method is kept as."""
    owner, _, name = edge.call.target.rpartition(".")
    if owner or not name.isidentifier():
        return owner
    table, scope = symbols.table(node.path), edge.call.scope
    assigns = table.assigns.get((scope, name)) or table.assigns.get((-1, name)) or ()
    made = (call for assign in assigns for call in table.at.get(assign.start, ()) if last_name(call.target) == PARTIAL)
    return next(((arguments(call.args).get(0) or "").rpartition(".")[0] for call in made), "")
