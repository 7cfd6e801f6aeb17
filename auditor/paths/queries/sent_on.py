"""Functions that only send the statement that they are given: whoever gives it is the one who asks."""

import re
from collections.abc import Iterator

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.reach import Way
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.question import EXECUTES, Question
from auditor.paths.written.arguments import arguments

SENDS = EXECUTES | frozenset("executemany fetch fetch_all fetchall fetch_one fetchone fetchrow fetchval query raw".split())
"""Methods whose first argument is a statement."""
CHANGED = re.compile(r"(?:\w+\.)*(?P<maker>\w+)\(\s*(?P<first>[A-Za-z_]\w*)\s*[,)]")
"""`convert(sql)`, `text(sql)`: the statement in another form."""
FILLED = re.compile(r"(?P<first>[A-Za-z_]\w*)\.(?P<maker>replace|format|strip|rstrip)\(")
MAKES = frozenset("select update delete insert exists count query union".split())
"""What makes a statement of a table: that is no statement which somebody gave."""
VERB = re.compile(r"['\"]\s*(?:SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|CALL)\s", re.IGNORECASE)
DEPTH = 3
FARTHEST = 20
"""So many calls away a statement is sent at most."""


def given_as(graph: Graph, node: Node, text: str, depth: int = 0) -> str:
    """The parameter of a function that a statement is, as it is or in another form; empty where the function makes it."""
    name = text.strip()
    match = FILLED.match(name) or CHANGED.match(name)
    if match is not None and match["maker"] not in MAKES:
        name = match["first"]
    if not name.isidentifier() or node.scope < 0:
        return ""
    table = graph.symbols.table(node.path)
    for assign in table.assigns.get((node.scope, name), ()) if depth < DEPTH else ():
        made = (f"{call.target}({call.args})" for call in table.at.get(assign.start, ()))
        inner = next(made, assign.text or assign.value)
        return given_as(graph, node, inner, depth + 1) if inner != name else ""
    names = graph.symbols.signature(Symbol("function", *node)).names
    return name if name in names and name not in ("self", "cls") else ""


def handed(graph: Graph, edge: Edge, name: str) -> str:
    """What a call gives for a parameter of the function that it calls, as written."""
    assert edge.to is not None
    signature = graph.symbols.signature(Symbol("function", *edge.to))
    bound = graph.symbols.owner(*edge.to) is not None and signature.first in ("self", "cls")
    return (edge.arguments.get(signature.names.index(name) - bound, name) if name in signature.names else None) or ""


def sent_on(graph: Graph, node: Node, question: Question, way: Way) -> tuple[int, str]:
    """How many of the last calls on the way to a question only hand on the statement that is sent, and what that is."""
    text = (*arguments(question.args).positional, "")[0] if question.method in SENDS and way else ""
    name = given_as(graph, node, text) if text else ""
    found = 0
    while name and found < len(way):
        found += 1
        node, edge = way[-found]
        if edge.to is None or edge.arguments.spread:
            return found, ""
        text = handed(graph, edge, name)
        name = given_as(graph, node, text) if text else ""
    return found, text


class Handed:
    """The statements that are handed to functions which send them by a session or cursor that nobody knows, remembered."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[Node, frozenset[str]] = {}

    def of(self, edge: Edge) -> Iterator[str]:
        """The statements, as written, that a call hands over: `run(connection, "SELECT ...", key)`."""
        if edge.to is not None and not edge.read and not edge.later and VERB.search(edge.call.args):
            for name in sorted(self._sent(edge.to)):
                text = handed(self.graph, edge, name)
                if text:
                    yield text

    def _sent(self, node: Node, depth: int = 0) -> frozenset[str]:
        """The parameters that a function sends so, or hands to one that does, not too many calls away."""
        if node not in self._known:
            self._known[node] = frozenset()
            if depth <= FARTHEST:
                self._known[node] = frozenset(name for edge in self.graph.edges(node) for name in self._by(node, edge, depth))
        return self._known[node]

    def _by(self, node: Node, edge: Edge, depth: int) -> Iterator[str]:
        if edge.to is not None:
            texts = [handed(self.graph, edge, name) for name in sorted(self._sent(edge.to, depth + 1))]
        else:
            sends = not edge.name and edge.model is None and edge.call.target.rpartition(".")[2] in SENDS
            texts = [*arguments(edge.call.args).positional[:1]] if sends and "." in edge.call.target else []
        yield from (name for text in texts if text and (name := given_as(self.graph, node, text)))
