"""What callers hand over: it tells what a parameter is, and so what is called on it."""

from collections import defaultdict
from typing import TYPE_CHECKING

from auditor.facts.flow.elide import elided
from auditor.paths.edge import Edge, Node
from auditor.paths.symbols import Symbol

if TYPE_CHECKING:
    from auditor.paths.graph import Graph

Handed = dict[tuple[str, int, str], set[Symbol]]
KINDS = ("instance", "query", "many", "class", "function")
LONGEST = 80


def handed_over(graph: "Graph") -> dict[tuple[str, int, str], Symbol]:
    """By file, scope and parameter: what is given for it, where all callers of whom it is known agree."""
    found: Handed = defaultdict(set)
    for node in graph.nodes:
        for edge in graph.edges(node):
            if edge.to is not None and edge.to.scope >= 0 and edge.call.args and not edge.read:
                _hand_over(graph, node, edge, edge.to, found)
    return {asked: next(iter(known)) for asked, known in found.items() if len(known) == 1}


def _hand_over(graph: "Graph", node: Node, edge: Edge, to: Node, found: Handed) -> None:
    signature = graph.symbols.signature(Symbol("function", to.path, to.scope))
    names = [name for name in signature.names if name not in signature.annotations]
    if not names or (len(names) == 1 and names[0] in ("self", "cls")):
        return
    definitions = graph.files[to.path].definitions
    definition = definitions[to.scope]
    bound = definition.parent >= 0 and definitions[definition.parent].kind == "class"
    shift = 1 if bound and "staticmethod" not in definition.decorators else 0
    given = edge.arguments
    pairs = list(zip(signature.names[shift:], given.positional, strict=False))
    for name, text in (*pairs, *given.keywords.items()):
        if name in names and text[:1].isidentifier() and len(text) < LONGEST:
            symbol = graph.symbols.chain(node.path, edge.call.scope, elided(text.encode()))
            if symbol is not None and symbol.kind in KINDS:
                found[to.path, to.scope, name].add(symbol)
