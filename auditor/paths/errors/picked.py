"""What is picked by what came from outside and may not be there: the first that fits, a file that is sent whole."""

import re

from auditor.knowledge.values import Effect
from auditor.paths.calls.forms import STRINGS
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.one_of import is_one_of
from auditor.paths.calls.outside import Outside

FIRST = "builtins.next"
FITS = re.compile(r"\bfor\b(?P<where>.*?)\bif\b(?P<asked>.*)", re.DOTALL)
"""`next(one for one in orders if one.key == key)`."""
EQUAL = re.compile(r"(?<![=!<>])==(?!=)")
NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
BUFFER = re.compile(r"\b(?:Bytes|String)IO\b")
CALLED = re.compile(r"([\w.]+)\(")
MAKES_PATHS = re.compile(r"(?:\A|\.)(?:join|joinpath|Path|str|abspath|realpath|normpath|secure_filename|resolve|basename)\Z")


def none_fits(graph: Graph, outside: Outside, node: Node, edge: Edge) -> bool:
    """Whether a call picks the first that is equal to what came from outside, takes nothing else in its place, and no raise
    above it refuses what may not be found.
    """
    given = edge.arguments
    match = FITS.search(given.positional[0]) if len(given.positional) == 1 and not given.keywords else None
    if match is None or not EQUAL.search(match["asked"]):
        return False
    names = set(NAME.findall(STRINGS.sub("", match["asked"])))
    sent = {name for name in names if outside.tells(node, edge.call.scope, name, "given")}
    refused = (one.condition for one in graph.raises.get(node, ()) if one.line < edge.call.line)
    if any(sent & set(NAME.findall(text)) for text in refused):
        return False
    return bool(sent) and not any(is_one_of(graph, node, name, edge.call.line) for name in sent)


def is_missing(graph: Graph, outside: Outside, node: Node, edge: Edge, effect: Effect) -> bool:
    """Whether outside input names the file that a call sends, and the scope has neither asked for it nor made it before."""
    text = edge.arguments.named(effect.names) or ""
    if not text or not outside.names(node, edge, text) or BUFFER.search(text):
        return False
    if not text.isidentifier():
        made = all(MAKES_PATHS.search(called) for called in CALLED.findall(STRINGS.sub("", text)))
        return made and not _is_refused(graph, outside, node, edge, text)
    assigns = graph.symbols.table(node.path).assigns.get((edge.call.scope, text), ())
    if any(BUFFER.search(f"{one.value} {one.text}") for one in assigns):
        return False
    handed = re.compile(rf"(?<![\w.]){text}\b")
    before = (one for one in graph.calls.get(node, ()) if one.line < edge.call.line and handed.search(STRINGS.sub("", one.args)))
    return all(MAKES_PATHS.search(one.target) for one in before)


def _is_refused(graph: Graph, outside: Outside, node: Node, edge: Edge, text: str) -> bool:
    """Whether a function that is called before refuses what a file is named by: `must_exist(key)`, then `f"{key}.pdf"`."""
    names = {name for name in NAME.findall(text) if outside.tells(node, edge.call.scope, name, "given")}
    earlier = (one for one in graph.edges(node) if one.to is not None and one.call.line < edge.call.line)
    return any(one.to in graph.raises and not names.isdisjoint(NAME.findall(STRINGS.sub("", one.call.args))) for one in earlier)
