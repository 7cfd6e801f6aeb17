"""What callers hand over: it tells what a parameter is, and so what is called on it."""

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.paths.calls.edge import Edge, Node
from auditor.paths.calls.scopes import Scopes
from auditor.paths.names.symbol import Symbol

Handed = dict[tuple[str, int, str], set[Symbol]]
KINDS = ("instance", "query", "many", "class", "function", "module")
LONGEST = 80


class Untold(NamedTuple):
    """A function with the names of its parameters that no annotation tells of, and all that a call gives by their place."""

    node: Node
    names: frozenset[str]
    places: tuple[str, ...]


def handed_over(scopes: Scopes, edges: Callable[[Node], tuple[Edge, ...]]) -> dict[tuple[str, int, str], Symbol]:
    """By file, scope and parameter: what is given for it, where all callers of whom it is known agree."""
    found: Handed = defaultdict(set)
    untold: dict[Node, Untold] = {}
    for node in scopes.nodes:
        for edge in edges(node):
            if edge.to is not None and edge.to.scope >= 0 and edge.call.args and not edge.read:
                if edge.to not in untold:
                    untold[edge.to] = _untold(scopes, edge.to)
                if untold[edge.to].names:
                    _hand_over(scopes, node, edge, untold[edge.to], found)
    agreed = ((asked, _agreed(scopes, known)) for asked, known in found.items())
    return {asked: symbol for asked, symbol in agreed if symbol is not None}


def _agreed(scopes: Scopes, known: set[Symbol]) -> Symbol | None:
    """What all that is handed over is: the same, or of a library's class that the others are derived from."""
    if len(known) == 1:
        return next(iter(known))
    if any(symbol.kind != "external" for symbol in known):
        return None
    ancestries = [scopes.knowledge.ancestry(symbol.name) for symbol in sorted(known)]
    shared = next((name for name in ancestries[0] if all(name in other for other in ancestries[1:])), None)
    return Symbol("external", name=f"{shared}()") if shared else None


def _untold(scopes: Scopes, to: Node) -> Untold:
    signature = scopes.symbols.signature(Symbol("function", to.path, to.scope))
    names = frozenset(signature.names) - signature.annotations.keys()
    if not names or (len(names) == 1 and names <= {"self", "cls"}):
        return Untold(to, frozenset(), ())
    definitions = scopes.files[to.path].definitions
    definition = definitions[to.scope]
    bound = definition.parent >= 0 and definitions[definition.parent].kind == "class"
    shift = 1 if bound and "staticmethod" not in definition.decorators else 0
    return Untold(to, names, signature.names[shift:])


def _hand_over(scopes: Scopes, node: Node, edge: Edge, to: Untold, found: Handed) -> None:
    given = edge.arguments
    for name, text in (*zip(to.places, given.positional, strict=False), *given.keywords.items()):
        if name in to.names and text[:1].isidentifier() and len(text) < LONGEST:
            symbol = scopes.symbols.chain(node.path, edge.call.scope, elided(text.encode()))
            if symbol is not None and symbol.kind == "external":
                known = scopes.knowledge.known_type(symbol.name) if symbol.name.endswith("()") else ""
                symbol = Symbol("external", name=f"{known}()") if known else None
            if symbol is not None and symbol.kind in (*KINDS, "external"):
                found[to.node.path, to.node.scope, name].add(symbol)
