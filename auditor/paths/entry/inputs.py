"""What an entry point is given by whoever calls it, beside what a framework fills in."""

import re

from auditor.paths.calls.graph import Graph
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.names.symbol import Symbol

NUMBERS = re.compile(
    r"<(?:int|float|uuid):(\w+)>|\{(\w+):(?:int|float|uuid)\}|\(\?P<(\w+)>(?:\\d|\[[\d-]+\])(?:[+*?]|\{[\d,]+\}|\\d|\[[\d-]+\])*\)"
)


def numbers(entry: EntryPoint) -> frozenset[str]:
    """The parameters of a route that its path lets through as numbers or the like alone."""
    found = NUMBERS.findall(entry.route.path) if entry.route is not None else ()
    return frozenset(name for names in found for name in names if name)


def typed(entry: EntryPoint, graph: Graph) -> frozenset[str]:
    """The parameters of a command: whoever starts it gives them."""
    return frozenset(graph.symbols.signature(Symbol("function", *entry.node)).names) - {"self", "cls"}
