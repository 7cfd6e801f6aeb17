"""Handlers of errors that a framework's settings point to by a dotted name."""

from auditor.knowledge.entries import Handler
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.apart import Apart
from auditor.paths.names.symbol import Symbol


def pointed(graph: Graph, apart: Apart, row: Handler, path: str, name: str) -> tuple[Node, tuple[str, ...]] | None:
    """The function that settings in a file name, with the types that it answers: all where none of its ways ends without an
    answer, or it is a library's of which that is known; else those that it tells apart. None for anything else.
    """
    if name in row.whole:
        return Node(path, -1), row.catches
    symbol = graph.symbols.dotted(name) if name else None
    if not isinstance(symbol, Symbol) or symbol.kind != "function" or not symbol.path:
        return None
    node = Node(symbol.path, symbol.place)
    whole = node.scope in graph.flows[node.path].answering
    return node, row.catches if whole else tuple(apart.types(node))
