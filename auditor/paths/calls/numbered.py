"""Values that a scope has asked about before it makes a number of them."""

import re

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.written.arguments import arguments

ROOT = re.compile(r"[A-Za-z_][\w.]*(?:\[['\"]\w+['\"]\])?")
NUMBERS = re.compile(r"\b(?:int|float|Number|Real|Integral|Decimal)\b")


def is_numbered(graph: Graph, node: Node, text: str) -> bool:
    """Whether a scope asks if a value is a number, `isinstance(value, int)`, or refuses all but a few: `value not in FEW`."""
    found = ROOT.match(text)
    if found is None:
        return False
    if "isinstance" in graph.targets(node):
        for call in graph.calls[node]:
            given = arguments(call.args).positional if call.target == "isinstance" else ()
            if len(given) == 2 and given[0] == found[0] and NUMBERS.search(given[1]):
                return True
    return any(raised.condition.startswith(f"{found[0]} not in ") for raised in graph.raises.get(node, ()))
