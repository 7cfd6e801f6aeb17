"""Queries for a figure over rows, which have an answer whatever rows there are: `select(func.count())`."""

import re

from auditor.paths.calls.graph import Edge, Graph, Node

FIGURES = re.compile(r"(?:\b(?:select|query)|_columns)\(\s*(?:\w+\.)*(?:count|sum|max|min|avg|coalesce|exists)\(")


def is_for_a_figure(graph: Graph, node: Node, edge: Edge) -> bool:
    """Whether the query whose result a call takes asks for a figure: `execute(select(func.count())).scalar_one()`."""
    table = graph.symbols.table(node.path)
    calls = list(table.at.get(edge.call.start, ()) if edge.call.start >= 0 else ())
    for assign in table.assigns.get((edge.call.scope, edge.call.target.partition(".")[0]), ()):
        calls += table.at.get(assign.start, ())
    return any(FIGURES.search(f"{call.target.rpartition('.')[2]}({call.args})") for call in calls)
