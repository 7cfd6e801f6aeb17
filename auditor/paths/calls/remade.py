"""Names that are given what a call makes of their own value: `page = int(page)`."""

import re

from auditor.facts.flow.events import Assign
from auditor.paths.calls.forms import FORMS
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.names.table import Table
from auditor.paths.written.arguments import arguments

NOWHERE = 1 << 40
"""Behind all that a file may hold."""


def remakes(table: Table, assign: Assign, name: str) -> bool:
    """Whether a name is given what a function makes of its own value: `page = parse(page)`, `order = find(Order, id=order)`."""
    made = (arguments(call.args) for call in table.at.get(assign.start, ()) if call.target.rpartition(".")[2] not in FORMS)
    given = (text for one in made for text in (*one.positional, *one.keywords.values()))
    return any(re.match(rf"{name}\b", text) is not None for text in given)


def made_here(graph: Graph, node: Node, edge: Edge) -> int:
    """Where the assignment begins by which a call remakes what it is given: the call itself still gets the name as it was."""
    table = graph.symbols.table(node.path)
    for text in edge.arguments.positional:
        for assign in table.assigns.get((edge.call.scope, text), ()):
            if edge.call in table.at.get(assign.start, ()):
                return assign.start
    return NOWHERE
