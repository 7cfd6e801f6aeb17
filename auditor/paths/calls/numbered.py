"""Values that are numbers before a number is made of them, or that a scope has asked about."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Call
from auditor.paths.calls.fields import is_made_by_model
from auditor.paths.calls.forms import STRINGS
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.written.arguments import arguments

ROOT = re.compile(r"[A-Za-z_][\w.]*(?:\[['\"]\w+['\"]\])?")
ASKING = frozenset(("isinstance", "type"))
NUMBERS = re.compile(r"\b(?:int|float|Number|Real|Integral|Decimal)\b")
KEY = re.compile(r"(?:\.get\(\s*(['\"])(\w+)\1\s*(?:,[^(),]*)?\)|\[(['\"])(\w+)\3\])")
WHOLE = re.compile(
    r"([A-Za-z_][\w.]*(?:\['\w+'\])?)\s*(?:\b(?:or|if\b.*\belse)\s+(?:-?[\d.]+|None|[A-Z][A-Z0-9_]+)\s*)?\Z", re.DOTALL
)
"""A value, or a number where it is nothing."""
RECKONED = re.compile(r"(?:\(\s*(?P<inner>[^()]*?)\s*\)|(?P<plain>[^()]*?))(?:\s*[-+*/]\s*\d[\d._]*)+\s*\Z", re.DOTALL)
"""A value by which something is reckoned: `(order.hours or 0) * 3600`."""
TEXT = re.compile(r"str\(\s*([A-Za-z_][\w.]*)\s*\)\Z")
NESTED = re.compile(r"\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\}")
PICKS = re.compile(r",|=(?!=)(?<![=!<>]=)|\b(?:if|for|lambda|await)\b")
JOINED = re.compile(r"\b(?:and|or)\b")
COMPARES = re.compile(r"\A\s*not\s|\b(?:is|in)\s|[=!]=|[<>]")
NEAR = 2
"""So many lines below the condition that asks for it, a number is made a text."""


def is_numbered(graph: Graph, node: Node, text: str) -> bool:
    """Whether a value is a number: by what it says or by its model, because its scope asks, `isinstance(value, int)`, or because
    that refuses all but a few: `value not in FEW`.
    """
    if is_compared(text):
        return True
    plain = KEY.sub(lambda key: f"['{key[2] or key[4]}']", text)
    reckoned = RECKONED.match(plain)
    whole = WHOLE.match(plain if reckoned is None else reckoned["inner"] or reckoned["plain"] or "")
    if whole is not None and is_made_by_model(graph, node, whole[1]):
        return True
    found = ROOT.match(plain)
    if found is None:
        return False
    made = TEXT.match(text)
    if made is not None:
        return any(_is_near(graph, node, call, text) for call in _asked(graph, node, made[1]))
    if next(_asked(graph, node, found[0]), None) is not None:
        return True
    return any(raised.condition.startswith(f"{found[0]} not in ") for raised in graph.raises.get(node, ()))


def is_compared(text: str) -> bool:
    """Whether a text is true or false, `x == "1"` or `"x" in payload`."""
    flat = STRINGS.sub("''", text)
    if COMPARES.search(flat) is None:
        return False
    while (inner := NESTED.sub("", flat)) != flat:
        flat = inner
    return PICKS.search(flat) is None and all(COMPARES.search(part) for part in JOINED.split(flat))


def _asked(graph: Graph, node: Node, name: str) -> Iterator[Call]:
    """Where a scope asks if a value is a number, or of what type it is."""
    for call in graph.calls[node] if ASKING.intersection(graph.targets(node)) else ():
        if call.target == "type" and call.args == name:
            yield call
        given = arguments(call.args).positional if call.target == "isinstance" else ()
        asked = KEY.sub(lambda key: f"['{key[2] or key[4]}']", given[0]) if given else ""
        if len(given) == 2 and asked == name and NUMBERS.search(given[1]):
            yield call


def _is_near(graph: Graph, node: Node, asked: Call, text: str) -> bool:
    return any(call.args.startswith(text) and 0 <= call.line - asked.line <= NEAR for call in graph.calls[node])
