"""Whether what a handler was sent decides about a raise below it, or what was found, kept or made meanwhile."""

import re
from collections.abc import Iterator, Sequence

from auditor.facts.flow.events import Raise
from auditor.paths.calls.edge import Edge
from auditor.paths.calls.forms import STRINGS
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.errors.blame import ANSWERS
from auditor.paths.errors.dependence import Witness
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import split

ROOT = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?!\s*=[^=])")
TOLD = re.compile(r"\{\s*([A-Za-z_]\w*)")
"""What a text tells of: `f"unknown kind {kind!r}"`."""
MADE = ".__post_init__"
"""What looks at the fields of an object that was just made of what its caller hands over."""
DEPTH = 2
"""So many names stand between a parameter and what a condition asks: `row = find(key)`, `if row is None: raise Missing(key)`."""
ABSENT = re.compile(r"\bis None\b|\bnot in\b|\A\s*not\b")
LOOKS_UP = re.compile(r"(?:\A|[._])(?:get|find|fetch|load|lookup|has|exists?|resolve|one_or_none)(?:_\w+)?\Z")
FAILS = ("external", "process")


def is_by_sent(graph: Graph, outside: Outside, steps: Sequence[tuple[Node, Witness]]) -> bool:
    """Whether what the last condition asks is made of parameters, and the caller hands over what was sent for one; or another
    machine, or a program, has answered so.
    """
    (caller, call), (node, witness) = steps[-2], steps[-1]
    edge = next((one for one in graph.edges(caller) if one.to == call.below and one.call.line == call.line), None)
    raised = next((one for one in graph.raises.get(node, ()) if one.line == witness.line), None)
    if edge is None or raised is None or node.scope < 0:
        return True
    tried = () if raised.condition else tuple(_tried(graph, node, raised))
    if ANSWERS.search(raised.condition) or tells_of_failure(graph, node, raised):
        return True
    if graph.name(node).endswith(MADE):
        given = [*edge.arguments.positional, *edge.arguments.keywords.values()]
    else:
        signature = graph.symbols.signature(Symbol("function", *node))
        method = signature.first in ("self", "cls")
        texts = [raised.condition] if raised.condition else [raised.args, *(one.call.args for one in tried)]
        roots = {root for text in texts for root in (*ROOT.findall(STRINGS.sub("", text)), *TOLD.findall(text))}
        asked = _made_of(graph, node, roots, signature.names[method:], DEPTH)
        given = [edge.arguments.get(signature.names.index(name) - method, name) or "" for name in asked]
    sent = {text for text in given if text and outside.tells(caller, edge.call.scope, text, "given")}
    return bool(sent) and not (ABSENT.search(raised.condition) and _is_found(graph, caller, edge, sent))


def tells_of_failure(graph: Graph, node: Node, raised: Raise) -> bool:
    """Whether a raise in a handler of errors says that another machine, or a program, has failed, whatever it was asked."""
    names = () if raised.condition else (one.name for one in _tried(graph, node, raised) if one.name)
    effects = (graph.knowledge.effect(name) for name in names)
    return any(effect is not None and effect.kind in FAILS for effect in effects)


def _is_found(graph: Graph, caller: Node, edge: Edge, sent: set[str]) -> bool:
    """Whether a caller has looked up before what a raise misses: `if shelf.get(key) is None: raise HTTPException(404)`, then
    `remove(key)`, which raises where the key is not there.
    """
    before = (one for one in graph.calls.get(caller, ()) if one.line < edge.call.line and LOOKS_UP.search(one.target))
    return any(not sent.isdisjoint(part.strip() for part in split(one.args)) for one in before)


def _tried(graph: Graph, node: Node, raised: Raise) -> Iterator[Edge]:
    """The calls of which a raise in a handler of errors tells: `try: int(text)`, `except ValueError: raise Refused(text)`."""
    guards = graph.flows[node.path].guards
    for edge in graph.edges(node):
        around = guards[edge.call.guard].handlers if edge.call.guard >= 0 else ()
        if any(one.line <= raised.line <= one.last for one in around):
            yield edge


def _made_of(graph: Graph, node: Node, roots: set[str], parameters: Sequence[str], depth: int) -> set[str]:
    """The parameters among names of a scope, or in what the others are given."""
    table = graph.symbols.table(node.path)
    found = roots & set(parameters)
    for name in roots - found if depth else ():
        texts = [loop.text for loop in table.loops.get((node.scope, name), ())]
        for assign in table.assigns.get((node.scope, name), ()):
            texts += (assign.text, assign.value, *(call.args for call in table.at.get(assign.start, ())))
        given = {root for text in texts for root in ROOT.findall(STRINGS.sub("", text))}
        found |= _made_of(graph, node, given, parameters, depth - 1) if given else set()
    return found
