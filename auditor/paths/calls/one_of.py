"""Values of which a scope asks whether they are among others, or hold others, before a line."""

import re
from collections.abc import Iterator

from auditor.paths.calls.graph import Graph, Node

OR = re.compile(r"\s+or\s+")
AND = re.compile(r"\s+and\s+")
FIXED = re.compile(r"(?:(?:\w+\.)*[A-Z][A-Z0-9_]*|'[^']*'|\"[^\"]*\"|[\d.]+)\Z")
"""What the code itself says: a constant or what is written out."""


def is_one_of(graph: Graph, node: Node, name: str, line: int) -> bool:
    """Whether a line of a scope runs only where a value is one of others: `if unit not in UNITS: return None`, or where that has
    taken its place: `if unit not in UNITS: unit = KILO`.
    """
    among, not_among = re.compile(rf"{re.escape(name)}\s+in\s"), re.compile(rf"{re.escape(name)}\s+not\s+in\s")
    if any((among if met else not_among).match(part) for met, part in _around(graph, node, line)):
        return True
    given = (one for one in graph.symbols.table(node.path).assigns.get((node.scope, name), ()) if one.line < line)
    instead = (one for one in given if FIXED.match(one.text or one.value))
    return any(met and not_among.match(part) for one in instead for met, part in _around(graph, node, one.line))


def holds(graph: Graph, node: Node, name: str, line: int) -> bool:
    """Whether a line of a scope runs only where a value holds something: `if ":" not in text: return None`."""
    held, not_held = re.compile(rf"\sin\s+{re.escape(name)}\b"), re.compile(rf"\snot\s+in\s+{re.escape(name)}\b")
    return any(
        held.search(part) and not not_held.search(part) if met else not_held.search(part)
        for met, part in _around(graph, node, line)
    )


def _around(graph: Graph, node: Node, line: int) -> Iterator[tuple[bool, str]]:
    """What is so, or is not so, wherever a line of a scope runs: each part of the conditions around and above it. Of one that
    says less for sure, `kind in OLD or kind in NEW` where it is so, `kind and kind not in KINDS` where it is not, the last tells
    where all are of the same.
    """
    for one in graph.flows[node.path].memberships:
        if one.scope != node.scope or not one.first <= line <= one.last:
            continue
        for part in (AND if one.met else OR).split(one.text):
            *others, last = [text.strip(" ()") for text in (OR if one.met else AND).split(part)]
            if all(last.startswith(text.partition(" ")[0]) for text in others):
                yield one.met, last
