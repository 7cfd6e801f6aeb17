"""Queries of models that mark rows as deleted, which forget to leave those rows out."""

import re
from collections import Counter
from collections.abc import Iterator

from auditor.facts.flow.events import Call
from auditor.model.finding import Location
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.database.deletions import Deletions
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments
from auditor.paths.written.steps import last_name

WRITES = (
    "create",
    "bulk_create",
    "bulk_update",
    "abulk_update",
    "get_or_create",
    "update_or_create",
    "insert",
    "acreate",
    "abulk_create",
    "with_parent",
)
"""Ends of a query that adds rows, or asks along a relation, whose own condition may leave the rows out."""
BEGINS = ("select", "query")
WORD = re.compile(r"[A-Za-z_]\w+")
KEPT = re.compile(r"archiv", re.IGNORECASE)
"""What is only put away is still there for whoever asks for it."""
EVERYWHERE = "with_loader_criteria"
SINGLE = frozenset(
    "get first one one_or_none scalar scalar_one scalar_one_or_none first_or_404 get_or_404 one_or_404 earliest latest last"
    " aget afirst get_or_create update_or_create".split()
)
"""Ends of a query for one row that somebody names: whether it still counts is looked at where it is used."""
CHANGES = frozenset(("update", "delete", "aupdate", "adelete"))
BY_KEY = re.compile(r"\b(?:id|pk|uuid|guid)(?:__in)?\s*={1,2}|\.(?:id|pk|uuid|guid)\.in_\(|\b(?:id|pk|uuid)__in\b")
UNSEEN = re.compile(r"(?<![*\w)\]])\*{1,2}[A-Za-z_]|\bcte|_cte\b|subquery")
"""Conditions that are made elsewhere."""


def forgotten(graph: Graph, deletions: Deletions) -> Iterator[tuple[str, str, Location]]:
    """Model, column and place of each query; a model counts where other queries of the project ask for the column."""
    if not any(map(deletions.critical.soft_column, graph.symbols.classes.models)):
        return
    covered = tuple(_covered(graph))
    if any(symbol is None for symbol in covered):
        return
    asked: dict[Symbol, list[tuple[Node, Call]]] = {}
    careful: Counter[Symbol] = Counter()
    for node in graph.nodes:
        for model, call in _begun(graph, node):
            column = deletions.critical.soft_column(model)
            if not column or KEPT.search(column) or _managed(graph, model, column):
                continue
            if any(one in covered for one in graph.symbols.classes.mro(model)):
                continue
            if _speaks(graph, node, column):
                careful[model] += 1
            elif not _spared(graph, node, model, call, column):
                asked.setdefault(model, []).append((node, call))
    for model in sorted(careful.keys() & asked.keys()):
        if len(asked[model]) > careful[model]:
            continue
        name = graph.symbols.definition(model).name
        for node, call in asked[model]:
            yield name, deletions.critical.soft_column(model), Location(node.path, call.line, call.column)


def _covered(graph: Graph) -> Iterator[Symbol | None]:
    """The classes whose rows a session leaves out of every query by itself; None where nobody can say which."""
    for path in graph.flows:
        for call in graph.called(path, frozenset((EVERYWHERE,))):
            text = (arguments(call.args).get(0) or "").strip()
            found = graph.symbols.chain(path, call.scope, text) if text else None
            bases = graph.symbols.classes.mro(found) if found is not None and found.kind == "class" else []
            root = any(one.kind == "external" and graph.knowledge.model(one.name) is not None for one in bases)
            yield found if bases and not root else None


def _begun(graph: Graph, node: Node) -> Iterator[tuple[Symbol, Call]]:
    """The queries that begin in a scope, each with its model and the call it begins with."""
    chains: dict[int, tuple[Symbol, Call]] = {}
    for edge in graph.edges(node):
        call, model = edge.call, edge.model
        if model is None or not model.path or call.start in chains or "self" in call.target.partition(".")[0]:
            continue
        if call.target[:1].isupper():
            chains[call.start] = (model.as_("class"), call)
    for call in graph.calls.get(node, ()):
        if call.target.endswith(BEGINS) and call.target.rpartition(".")[2] in BEGINS and call.start not in chains:
            found = graph.symbols.chain(node.path, call.scope, (arguments(call.args).get(0) or "").strip())
            if found is not None and found.kind == "class" and graph.symbols.classes.is_model(found):
                chains[call.start] = (found.as_("class"), call)
    edges = graph.edges(node) if chains else ()
    written = {edge.call.start for edge in edges if last_name(edge.call.target) in WRITES}
    yield from (found for start, found in sorted(chains.items()) if start not in written)


def _speaks(graph: Graph, node: Node, column: str) -> bool:
    """Whether a scope asks for the column anywhere."""
    return any(column in call.args for call in graph.calls.get(node, ())) or any(
        column in read.text for read in graph.reads.get(node, ())
    )


def _spared(graph: Graph, node: Node, model: Symbol, first: Call, column: str) -> bool:
    """Whether a query is for rows that somebody names, changes rows, or may ask for the column in words of its own."""
    chain = graph.symbols.table(node.path).at.get(first.start, ())
    lasts = {last_name(call.target) for call in chain}
    if lasts & (SINGLE | CHANGES):
        return True
    told = " ".join(call.args for call in chain)
    # All rows but the one that is named are many.
    named = " ".join(call.args for call in chain if not call.target.endswith(".exclude"))
    if BY_KEY.search(named) or UNSEEN.search(told):
        return True
    words = set(WORD.findall(told)) | lasts
    members = graph.symbols.classes.mro(model)
    tables = ((graph.symbols.table(one.path), one) for one in members if one.kind == "class")
    places = (
        Node(one.path, table.children[one.place, word])
        for table, one in tables
        for word in words
        if (one.place, word) in table.children
    )
    return any(_speaks(graph, place, column) for place in places)


def _managed(graph: Graph, model: Symbol, column: str) -> bool:
    """Whether a manager of the model's own leaves the rows out."""
    for manager in graph.symbols.members.managers(model.as_("query")):
        for klass in graph.symbols.classes.mro(manager):
            if klass.kind == "class":
                index = graph.symbols.table(klass.path).children.get((klass.place, "get_queryset"))
                if index is not None and _speaks(graph, Node(klass.path, index), column):
                    return True
    return False
