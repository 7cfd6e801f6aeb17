"""Queries for a figure over rows, which have an answer whatever rows there are: `select(func.count())`."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.written.arguments import arguments

FIGURES = re.compile(r"(?:\b(?:select|query)|_columns)\(\s*(?:\w+\.)*(?:count|sum|max|min|avg|coalesce|exists)\(")

ASKS = (".execute", ".exec")


def is_for_a_figure(graph: Graph, node: Node, edge: Edge) -> bool:
    """Whether the query whose result a call takes asks for a figure: `execute(select(func.count())).scalar_one()`, or
    `found = execute(query)`, then `found.scalar_one()`, where `query` was begun so.
    """
    table = graph.symbols.table(node.path)
    calls = list(table.at.get(edge.call.start, ()) if edge.call.start >= 0 else ())
    calls += _making(graph, node, edge.call.scope, edge.call.target.partition(".")[0])
    for call in tuple(calls):
        if call.target.endswith(ASKS) and (first := arguments(call.args).get(0) or "").isidentifier():
            calls += _making(graph, node, edge.call.scope, first)
    return any(FIGURES.search(f"{call.target.rpartition('.')[2]}({call.args})") for call in calls)


def _making(graph: Graph, node: Node, scope: int, name: str) -> Iterator[Call]:
    """The calls in what a name is given."""
    table = graph.symbols.table(node.path)
    return (call for assign in table.assigns.get((scope, name), ()) for call in table.at.get(assign.start, ()))
