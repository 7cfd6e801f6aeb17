"""Queries of models that mark rows as deleted, which forget to leave those rows out."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Call
from auditor.model.finding import Location
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.database.carefully import careful_repositories
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
COLUMN = re.compile(r"(?:(?:\w+\.)*func\.\w+\(\s*)?(?P<model>(?:[a-z_]\w*\.)*[A-Z]\w*)(?:\.[a-z_]\w*\)?)?\Z")
"""What is asked for: rows, one of their columns, or what a function makes of a column, `select(func.sum(Order.total))`."""
WORD = re.compile(r"[A-Za-z_]\w+")
KEPT = re.compile(r"archiv", re.IGNORECASE)
"""What is only put away is still there for whoever asks for it."""
EVERYWHERE = "with_loader_criteria"
SINGLE = frozenset(
    "get first one one_or_none scalar scalar_one scalar_one_or_none first_or_404 get_or_404 one_or_404 earliest latest last"
    " aget afirst get_or_create update_or_create".split()
)
"""Ends of a query for one row."""
NAMED = re.compile(r"\b(?:name|email|e_mail|mail|username|login|slug|code|number|reference|title|phone|sku|barcode)\s*={1,2}")
"""What a row is looked up by that is no key: of rows that count as deleted there may be one of the same name. Who asks for one by
a key or by what it is knows which one, and whether it still counts is looked at where it is used.
"""
CHANGES = frozenset(("update", "delete", "aupdate", "adelete"))
BY_KEY = re.compile(r"\b(?:id|pk|uuid|guid)(?:__in)?\s*={1,2}|\.(?:id|pk|uuid|guid)\.in_\(|\b(?:id|pk|uuid)__in\b")
UNSEEN = re.compile(r"(?<![*\w)\]])\*{1,2}[A-Za-z_]|\bcte|_cte\b|subquery")
"""Conditions that are made elsewhere."""


def forgotten(graph: Graph, deletions: Deletions) -> Iterator[tuple[str, str, Location]]:
    """Model, column and place of each query; a model counts where other queries of the project ask for the column."""
    columns = {deletions.critical.soft_column(model) for model in graph.symbols.classes.models} - {""}
    if not columns:
        return
    covered = tuple(_covered(graph))
    if any(symbol is None for symbol in covered):
        return
    asked: dict[Symbol, list[tuple[Node, Call]]] = {}
    careful = careful_repositories(graph, columns)
    for node in graph.nodes:
        for model, call in _begun(graph, node):
            column = deletions.critical.soft_column(model)
            if not column or KEPT.search(column) or _managed(graph, model, column):
                continue
            if any(one in covered for one in graph.symbols.classes.mro(model)):
                continue
            if _speaks(graph, node, column) or _is_told(graph, model, call, column, node):
                careful[model] += 1
            elif not _spared(graph, node, call):
                asked.setdefault(model, []).append((node, call))
        for model, method in _own(graph, node):
            column = deletions.critical.soft_column(model)
            careful[model] += bool(column) and _speaks(graph, method, column)
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
            asked = COLUMN.match((arguments(call.args).get(0) or "").strip())
            found = graph.symbols.chain(node.path, call.scope, asked["model"]) if asked is not None else None
            if found is not None and found.kind == "class" and graph.symbols.classes.is_model(found):
                chains[call.start] = (found.as_("class"), call)
    edges = graph.edges(node) if chains else ()
    written = {edge.call.start for edge in edges if last_name(edge.call.target) in WRITES}
    yield from (found for start, found in sorted(chains.items()) if start not in written)


def _own(graph: Graph, node: Node) -> Iterator[tuple[Symbol, Node]]:
    """The models that a scope asks in a method of their own, `Order.living()`, and the method."""
    for edge in graph.edges(node):
        head, _, last = edge.call.target.partition(".")
        if edge.to is not None and last.isidentifier() and head[:1].isupper():
            found = graph.symbols.chain(node.path, edge.call.scope, head)
            if found is not None and found.kind == "class" and graph.symbols.classes.is_model(found):
                yield found, edge.to


def _speaks(graph: Graph, node: Node, column: str) -> bool:
    """Whether a scope asks for the column anywhere."""
    return any(column in call.args for call in graph.calls.get(node, ())) or any(
        column in read.text for read in graph.reads.get(node, ())
    )


def _is_told(graph: Graph, model: Symbol, first: Call, column: str, at: Node) -> bool:
    """Whether a query asks for the column in words of the model's own: `Order.living()`, `filter(Order.is_living)`."""
    chain = graph.symbols.table(at.path).at.get(first.start, ())
    words = {word for call in chain for word in (*WORD.findall(call.args), last_name(call.target))}
    tables = ((graph.symbols.table(one.path), one) for one in graph.symbols.classes.mro(model) if one.kind == "class")
    places = (
        Node(one.path, table.children[one.place, word])
        for table, one in tables
        for word in words
        if (one.place, word) in table.children
    )
    return any(_speaks(graph, place, column) for place in places)


def _spared(graph: Graph, node: Node, first: Call) -> bool:
    """Whether a query is for rows that somebody names, changes rows, or has conditions that are made elsewhere."""
    chain = graph.symbols.table(node.path).at.get(first.start, ())
    lasts = {last_name(call.target) for call in chain}
    told = " ".join(call.args for call in chain)
    # All rows but the one that is named are many.
    named = " ".join(call.args for call in chain if not call.target.endswith(".exclude"))
    is_single = bool(lasts & SINGLE) and not NAMED.search(told)
    return is_single or bool(lasts & CHANGES or BY_KEY.search(named) or UNSEEN.search(told))


def _managed(graph: Graph, model: Symbol, column: str) -> bool:
    """Whether a manager of the model's own leaves the rows out."""
    for manager in graph.symbols.members.managers(model.as_("query")):
        for klass in graph.symbols.classes.mro(manager):
            if klass.kind == "class":
                index = graph.symbols.table(klass.path).children.get((klass.place, "get_queryset"))
                if index is not None and _speaks(graph, Node(klass.path, index), column):
                    return True
    return False
