"""Rows that callers looked up before they handed them on: storing them again makes no new one."""

import re
from collections.abc import Iterator

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

FOUND = re.compile(
    r"\.(?:a?get|a?first|one|one_or_none|scalar|scalar_one|scalar_one_or_none)(?:<[^<>]*>)?\(\)\Z"
    r"|(?:\A|[._])(?:get|find|fetch|load|lookup)(?:_(?!or_)[^\W_]+)*(?:<[^<>]*>)?\(\)\Z"
)
"""What looks a row up: a library's call, or a function of the project that says so."""
SETS = re.compile(r"(?:\A|\.)(?:setattr|(?:sqlmodel_|bulk_)?update|populate|(?:set|change|from)_(?!password)\w+)\Z")
"""What sets columns of which nobody can say which they are."""
FILLED = re.compile(r"\b(?:Depends|Security|Provide)\(")
DEPTH = 3


def holders(graph: Graph, node: Node, name: str, depth: int = DEPTH) -> frozenset[Node] | None:
    """The scopes through which a row comes that a function is given under a name, where each of its callers has looked it up
    under a name of its own; None where one may have made it, or nobody can say.
    """
    callers = [(caller, edge) for caller, edge in graph.callers.get(node, ()) if graph.files[caller.path].kind == "source"]
    signature = graph.symbols.signature(Symbol("function", *node))
    place = signature.names.index(name) - (signature.first in ("self", "cls"))
    found: set[Node] = set()
    for caller, edge in callers:
        text = edge.arguments.get(place, name) or ""
        above = _looked_up(graph, caller, text.strip(), depth)
        if above is None:
            return None
        found |= above
    if not callers and FILLED.search(signature.defaults.get(name, "")):
        return frozenset()
    return frozenset(found) if callers else None


def fills(graph: Graph, scopes: frozenset[Node]) -> bool:
    """Whether one of the scopes that a row comes through sets columns of it by their names, or by a method of it; what one of
    them calls another by says nothing: `set_active(row)`.
    """
    edges = (edge for scope in scopes for edge in graph.edges(scope) if edge.to not in scopes and not edge.read)
    return any(SETS.search(edge.call.target) for edge in edges)


def _looked_up(graph: Graph, caller: Node, text: str, depth: int) -> frozenset[Node] | None:
    assigns = graph.symbols.table(caller.path).assigns.get((caller.scope, text), ())
    if assigns:
        return frozenset((caller,)) if all(FOUND.search(one.value) for one in assigns) else None
    given = caller.scope >= 0 and text in graph.symbols.signature(Symbol("function", *caller)).names
    above = holders(graph, caller, text, depth - 1) if given and depth else None
    return above | {caller} if above is not None else None


def handed_rows(graph: Graph, node: Node) -> Iterator[Symbol]:
    """The mapped classes whose rows a scope is handed."""
    symbols = graph.symbols
    for name in symbols.signature(Symbol("function", *node)).names if node.scope >= 0 else ():
        found = symbols.chain(node.path, node.scope, name) if name not in ("self", "cls") else None
        if found is not None and found.kind == "instance" and symbols.classes.is_model(found):
            yield found.as_("class")
