"""What an entry point is given by whoever calls it, beside what a framework fills in."""

import re
from collections import defaultdict
from collections.abc import Iterable

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.names.symbol import Symbol

NUMBERS = re.compile(
    r"<(?:int|float|uuid):(\w+)>|\{(\w+):(?:int|float|uuid)\}|\(\?P<(\w+)>(?:\\d|\[[\d-]+\])(?:[+*?]|\{[\d,]+\}|\\d|\[[\d-]+\])*\)"
)
PARTS = re.compile(r"<(?:\w+:)?(\w+)>|\{(\w+)|\(\?P<(\w+)>")


def numbers(entries: Iterable[EntryPoint]) -> dict[Node, frozenset[str]]:
    """By handler: the parameters that the paths of its routes let through as numbers or the like alone."""
    plain: dict[Node, set[str]] = defaultdict(set)
    other: dict[Node, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.route is not None:
            found = {name for names in NUMBERS.findall(entry.route.path) for name in names if name}
            plain[entry.node] |= found
            other[entry.node] |= {name for names in PARTS.findall(entry.route.path) for name in names if name} - found
    return {node: frozenset(names - other[node]) for node, names in plain.items()}


def typed(entry: EntryPoint, graph: Graph) -> frozenset[str]:
    """The parameters of a command: whoever starts it gives them."""
    return frozenset(graph.symbols.signature(Symbol("function", *entry.node)).names) - {"self", "cls"}
