"""What an entry point is given by whoever calls it, beside what a framework fills in."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.names.symbol import Symbol

NUMBERS = re.compile(
    r"<(?:int|float|uuid):(\w+)>|\{(\w+):(?:int|float|uuid)\}|\(\?P<(\w+)>(?:\\d|\[[\d-]+\])(?:[+*?]|\{[\d,]+\}|\\d|\[[\d-]+\])*\)"
)
PARTS = re.compile(r"<(?:\w+:)?(\w+)>|\{(\w+)|\(\?P<(\w+)>")


ESCAPED = re.compile(r"\\[()]")
GROUP = re.compile(r"\((?!\?)([^()]*)\)")
DIGITS = re.compile(r"(?:(?:\\d|\[[\d-]+\])(?:[+*?]|\{[\d,]+\})?)+")
HANDED = ("self", "cls", "request")
THERE = re.compile(r"\bexists\s*=\s*True\b")
GIVEN = re.compile(r"['\"](-{0,2}[A-Za-z][\w-]*)['\"]")
"""What an option or argument is called."""


def numbers(entries: Iterable[EntryPoint], graph: Graph) -> dict[Node, frozenset[str]]:
    """By handler: the parameters that the paths of its routes let through as numbers or the like alone."""
    plain: dict[Node, set[str]] = defaultdict(set)
    other: dict[Node, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.route is not None:
            found = {name for names in NUMBERS.findall(entry.route.path) for name in names if name}
            parts = {name for names in PARTS.findall(entry.route.path) for name in names if name}
            for name, text in _in_order(entry.node, entry.route.path, graph) if not parts else ():
                parts.add(name)
                found |= {name} if DIGITS.fullmatch(text) else set()
            plain[entry.node] |= found
            other[entry.node] |= parts - found
    return {node: frozenset(names - other[node]) for node, names in plain.items()}


def _in_order(node: Node, path: str, graph: Graph) -> Iterator[tuple[str, str]]:
    """The parameters that a path fills by their place, each with what is let through there: `^orders/(\\d+)$`."""
    groups = GROUP.findall(ESCAPED.sub("", path)) if "(" in path else ()
    if groups and node.scope >= 0:
        names = graph.symbols.signature(Symbol("function", *node)).names
        yield from zip((name for name in names if name not in HANDED), groups, strict=False)


def typed(entry: EntryPoint, graph: Graph) -> frozenset[str]:
    """The parameters of a command: whoever starts it gives them. A file that it is only started with where it is there,
    `click.Path(exists=True)`, is left out: nothing fails for it.
    """
    signature = graph.symbols.signature(Symbol("function", *entry.node))
    definition = graph.definition(entry.node)
    told = {name for texts in (signature.annotations, signature.defaults) for name, text in texts.items() if THERE.search(text)}
    for text in definition.decorators if definition is not None else ():
        if THERE.search(text):
            told |= {name.lstrip("-").replace("-", "_") for name in GIVEN.findall(text)}
    return frozenset(signature.names) - {"self", "cls"} - told
