"""What a loop asks a session again and again for the same row, which the session keeps: it asks the database once."""

import re

from auditor.facts.flow.loops import variables
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.needs import Need
from auditor.paths.queries.origin import Origins

BY_KEY = re.compile(r"(?:\.query(?:<[^>]*>\(\))?|session(?:\(\))?|(?:\A|\.)_?db)\.get(?:_one)?\Z")
"""What a session answers out of its own memory, once it has the row."""
NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?!\s*=[^=])")


def asks_for_one(graph: Graph, origins: Origins, node: Node, loop: int, need: Need) -> bool:
    """Whether a question by key is about one row for all turns of a loop, whose number is that of the innermost around it."""
    question = need.question
    if question.method not in ("get", "get_one") or not BY_KEY.search(question.text) or len(need.way) > 1:
        return False
    args, line = question.args, question.line
    if need.way:
        handed = _handed(graph, need, args)
        if handed is None:
            return False
        args, line = handed, need.way[0][1].call.line
    return bool(args) and "(" not in args and _is_settled(graph, origins, node, loop, args, line)


def _handed(graph: Graph, need: Need, args: str) -> str | None:
    """What a call gives for the parameters that a question asks with; None where it asks with something else."""
    signature = graph.symbols.signature(Symbol("function", need.node.path, need.node.scope))
    names = {name for name in NAME.findall(args) if not name[:1].isupper()}
    table = graph.symbols.table(need.node.path)
    # What the function neither is given nor makes itself is a module's, and the same in all turns.
    names -= {name for name in names if name in table.imports and (need.node.scope, name) not in table.assigns}
    if not names <= {*signature.names}:
        return None
    edge = need.way[0][1]
    bound = graph.symbols.owner(need.node.path, need.node.scope) is not None and signature.first in ("self", "cls")
    texts = (edge.arguments.get(signature.names.index(name) - bound, name) for name in sorted(names - {"self", "cls"}))
    return ", ".join(text or "" for text in texts) or "self"


def _is_settled(graph: Graph, origins: Origins, node: Node, loop: int, args: str, line: int) -> bool:
    """Whether no name in arguments gets another value within the loops around."""
    loops = graph.flows[node.path].loops
    around = [loops[number] for number in origins.around(node.path, loop)]
    turned = {name for one in around for name in variables(one.target)}
    first = min(one.line for one in around)
    by_scope = graph.symbols.table(node.path).by_scope.get(node.scope, {})
    names = {*NAME.findall(args)}
    made = {name for name in names if any(first <= assign.line <= line for assign in by_scope.get(name, ()))}
    return turned.isdisjoint(names) and not made
