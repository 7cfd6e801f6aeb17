"""Repositories for any model that leave deleted rows out: `statement.where(self.model.deleted_at.is_(None))`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

OWN = re.compile(r"\b(?:self|cls)\.(?P<name>\w+)\.(?P<column>[a-z_]\w*)")
"""A column of a class that subclasses name: `self.model.deleted_at`."""


def careful_repositories(graph: Graph, columns: Iterable[str]) -> Counter[Symbol]:
    """By model: the scopes of its repositories' bases that ask for one of these columns."""
    wanted, found = frozenset(columns), Counter[Symbol]()
    for node in graph.nodes:
        owner = graph.symbols.owner(node.path, node.scope) if node.scope >= 0 else None
        names = frozenset(_asked(graph, node, wanted)) if owner is not None else ()
        for heir in graph.symbols.classes.heirs.get(owner, ()) if owner is not None and names else ():
            for model in {model for name in names if (model := _named(graph, heir, name)) is not None}:
                found[model] += 1
    return found


def _asked(graph: Graph, node: Node, wanted: frozenset[str]) -> Iterator[str]:
    """The attributes of its object by which a scope asks for one of the columns."""
    calls = graph.calls.get(node, ())
    texts = (*(call.target for call in calls), *(call.args for call in calls), *(one.text for one in graph.reads.get(node, ())))
    for text in texts:
        yield from (match["name"] for match in OWN.finditer(text) if match["column"] in wanted)


def _named(graph: Graph, heir: Symbol, name: str) -> Symbol | None:
    """The model that a class names under an attribute of its own."""
    for assign in graph.symbols.table(heir.path).assigns.get((heir.place, name), ()):
        found = graph.symbols.chain(heir.path, heir.place, assign.value)
        if found is not None and found.kind == "class" and graph.symbols.classes.is_model(found):
            return found.as_("class")
    return None
