"""Connections on which no statement can take too long: those that hear what the database tells, and those that are only tried."""

import re
from collections.abc import Sequence

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Graph, Node

HEARS = re.compile(r"^\s*\w*['\"]\s*LISTEN\s")


def is_idle(graph: Graph, node: Node, bound: str) -> bool:
    """Whether a connection is for hearing what the database tells, for as long as the program runs (`LISTEN orders`), or is
    only opened and closed, to see whether it can be. `bound` is the name that it is given.
    """
    calls = graph.calls.get(node, ())
    if any(HEARS.search(call.args) for call in calls):
        return True
    own = [call for call in calls if bound.isidentifier() and call.target.startswith(f"{bound}.")]
    return bool(own) and all(call.target == f"{bound}.close" for call in own) and not _goes_on(graph, node, bound, calls)


def _goes_on(graph: Graph, node: Node, bound: str, calls: Sequence[Call]) -> bool:
    """Whether what a name holds is handed on, kept or handed back."""
    named = re.compile(rf"\b{re.escape(bound)}\b")
    back = any(named.search(entry.value) for entry in graph.symbols.table(node.path).returns.get(node.scope, ()))
    assigns = (one for one in graph.flows[node.path].assigns if one.scope == node.scope)
    return back or any(named.search(call.args) for call in calls) or any(named.search(one.text or one.value) for one in assigns)
