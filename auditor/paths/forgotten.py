"""Queries of models that mark rows as deleted, which forget to leave those rows out."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Call
from auditor.model.finding import Location
from auditor.paths.arguments import arguments
from auditor.paths.deletions import Deletions
from auditor.paths.graph import Graph, Node
from auditor.paths.symbols import Symbol

WRITES = ("create", "bulk_create", "get_or_create", "update_or_create", "insert", "acreate", "abulk_create")
BEGINS = ("select", "query")
BY_PARENT = "with_parent"
"""Asks along a relation, whose own condition may leave the rows out."""
KEPT = re.compile(r"archiv", re.IGNORECASE)
"""What is only put away is still there for whoever asks for it."""
EVERYWHERE = "with_loader_criteria"


def forgotten(graph: Graph, deletions: Deletions) -> Iterator[tuple[str, str, Location]]:
    """Model, column and place of each query; a model counts where other queries of the project ask for the column."""
    if any(EVERYWHERE in call.target for flow in graph.flows.values() for call in flow.calls):
        return
    asked: dict[Symbol, list[tuple[Node, Call]]] = {}
    careful: set[Symbol] = set()
    for node in graph.nodes:
        for model, call in _begun(graph, node):
            column = deletions.soft_column(model)
            if not column or KEPT.search(column) or _managed(graph, model, column):
                continue
            if _speaks(graph, node, column):
                careful.add(model)
            else:
                asked.setdefault(model, []).append((node, call))
    for model in sorted(careful & asked.keys()):
        name = graph.symbols.definition(model).name
        for node, call in asked[model]:
            yield name, deletions.soft_column(model), Location(node.path, call.line, call.column)


def _begun(graph: Graph, node: Node) -> Iterator[tuple[Symbol, Call]]:
    """The queries that begin in a scope, each with its model and the call it begins with."""
    chains: dict[int, tuple[Symbol, Call]] = {}
    written = set()
    for edge in graph.edges(node):
        call, model = edge.call, edge.model
        last = call.target.rpartition(".")[2].partition("<")[0]
        if last in WRITES or last == BY_PARENT:
            written.add(call.start)
        if model is None or not model.path or call.start in chains or "self" in call.target.partition(".")[0]:
            continue
        if call.target[:1].isupper():
            chains[call.start] = (model.as_("class"), call)
    for call in graph.calls.get(node, ()):
        if call.target.rpartition(".")[2] in BEGINS and call.start not in chains:
            found = graph.symbols.chain(node.path, call.scope, (arguments(call.args).get(0) or "").strip())
            if found is not None and found.kind == "class" and graph.symbols.members.is_model(found):
                chains[call.start] = (found.as_("class"), call)
    yield from (found for start, found in sorted(chains.items()) if start not in written)


def _speaks(graph: Graph, node: Node, column: str) -> bool:
    """Whether a scope asks for the column anywhere."""
    return any(column in call.args for call in graph.calls.get(node, ())) or any(
        column in read.text for read in graph.reads.get(node, ())
    )


def _managed(graph: Graph, model: Symbol, column: str) -> bool:
    """Whether a manager of the model's own leaves the rows out."""
    for manager in graph.symbols.members.managers(model.as_("query")):
        for klass in graph.symbols.members.mro(manager):
            if klass.kind == "class":
                index = graph.symbols.table(klass.path).children.get((klass.place, "get_queryset"))
                if index is not None and _speaks(graph, Node(klass.path, index), column):
                    return True
    return False
