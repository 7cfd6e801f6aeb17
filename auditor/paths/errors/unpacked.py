"""Text that was sent and is taken apart into so many names: `shop, key = text.split(":")`."""

import re

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.one_of import holds
from auditor.paths.calls.outside import Outside

SPLITS = (".split", ".rsplit")
OWNER = re.compile(r"[A-Za-z_][\w.]*\Z")
ASKS = re.compile(r"\A(?:len|isinstance|all|any)\Z|(?:\A|\.)(?:startswith|endswith|count|match|fullmatch|search|find)\Z")


def is_unpacked(graph: Graph, outside: Outside, node: Node, edge: Edge) -> bool:
    """Whether the parts of a text are given to several names, nobody has asked what is in it, and it comes as it was sent."""
    owner, call = edge.call.target.rpartition(".")[0], edge.call
    if not OWNER.match(owner) or not any(
        one.start == call.start
        and one.scope == node.scope
        and "," in one.target
        and "*" not in one.target
        and one.value.endswith(tuple(f"{split}()" for split in SPLITS))
        for one in graph.flows[node.path].assigns
    ):
        return False
    named = re.compile(rf"(?<![\w.]){re.escape(owner)}\b")
    asks = (one for one in graph.calls.get(node, ()) if one.line <= call.line and ASKS.search(one.target))
    asked = any(named.search(one.args) or one.target.startswith(f"{owner}.") for one in asks)
    return not asked and not holds(graph, node, owner, call.line) and outside.tells(node, call.scope, owner, "sent")
