"""Rows that are asked for only to see whether there are any: `rows = Order.objects.filter(key=key)`, then `if not rows:`."""

import re

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Graph, Node

COUNTS = ("len", "bool")


def is_tested(graph: Graph, node: Node, call: Call) -> bool:
    """Whether a query is kept under a name of which a scope makes no other use than to test it."""
    if not call.bound.isidentifier() or not call.target.endswith((".filter", ".filter_by")):
        return False
    named = re.compile(rf"(?<![\w.]){call.bound}\b(?!\s*=[^=])")
    calls = (one for one in graph.calls.get(node, ()) if one.start != call.start and one.target not in COUNTS)
    texts = [f"{one.target} {one.args}" for one in calls]
    flow = graph.flows[node.path]
    texts += [one.text for one in graph.reads.get(node, ())]
    texts += [one.text for one in flow.loops if one.scope == node.scope]
    texts += [f"{one.value} {one.text}" for one in flow.returns if one.scope == node.scope]
    texts += [f"{one.value} {one.text}" for one in flow.assigns if one.scope == node.scope and one.start != call.start]
    return not any(named.search(text) for text in texts)
