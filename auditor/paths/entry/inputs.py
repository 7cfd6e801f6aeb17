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


def typed(entries: Iterable[EntryPoint], graph: Graph) -> tuple[dict[Node, frozenset[str]], frozenset[Node]]:
    """By command and task: the parameters that whoever starts or sends it gives, and which of them are tasks. Where the project
    sends a task itself, its parameters are what it hands over there.
    """
    kinds = {entry.node: entry.kind for entry in entries if entry.kind in ("command", "task")}
    tasks = frozenset(node for node, kind in kinds.items() if kind == "task")
    found = {node: _typed(node, graph) for node in kinds if node not in tasks or not graph.callers.get(node)}
    return found, tasks


def _typed(node: Node, graph: Graph) -> frozenset[str]:
    """The parameters of a command or task. A file that it is only started with where it is there, `click.Path(exists=True)`,
    is left out: nothing fails for it.
    """
    signature = graph.symbols.signature(Symbol("function", *node))
    definition = graph.definition(node)
    told = {name for texts in (signature.annotations, signature.defaults) for name, text in texts.items() if THERE.search(text)}
    for text in definition.decorators if definition is not None else ():
        if THERE.search(text):
            told |= {name.lstrip("-").replace("-", "_") for name in GIVEN.findall(text)}
    return frozenset(signature.names) - {"self", "cls"} - told
