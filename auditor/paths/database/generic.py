"""Class-based views of libraries that delete a row for whoever asks them to, where the project's own code has no say in it."""

import re
from collections.abc import Iterator

from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph
from auditor.paths.names.symbol import Symbol

ALLOWED = "http_method_names"
BY_METHOD = re.compile(r"['\"]delete['\"]", re.IGNORECASE)
BY_FORM = re.compile(r"['\"](?:delete|post)['\"]", re.IGNORECASE)
"""A page that is there to delete does so by a form that is posted; what does all else too makes a row by a post."""


def deleting_views(graph: Graph) -> Iterator[tuple[Symbol, bool]]:
    """Each of them by path, and whether a base of its class is there to delete, and not to do all else as well."""
    book = orm()
    for path in sorted(graph.flows):
        file = graph.files[path]
        for place, definition in enumerate(file.definitions if file.kind == "source" else ()):
            if definition.kind != "class" or not definition.bases:
                continue
            view = Symbol("class", path, place)
            bases = {one.name for one in graph.symbols.classes.mro(view) if one.kind == "external"}
            only = bool(bases & book.deletes)
            deletes = only or bases & book.does_all
            if deletes and not _has_own(graph, view) and _lets(graph, view, BY_FORM if only else BY_METHOD):
                yield view, only


def _has_own(graph: Graph, view: Symbol) -> bool:
    """Whether the project's own code deletes, or does something else instead."""
    classes = (klass for klass in graph.symbols.classes.mro(view) if klass.kind == "class")
    return any((klass.place, name) in graph.symbols.table(klass.path).children for klass in classes for name in orm().deletes_by)


def _lets(graph: Graph, view: Symbol, deleting: re.Pattern[str]) -> bool:
    """Whether a view that lists its methods lists one that deletes."""
    for klass in graph.symbols.classes.mro(view):
        assigns = graph.symbols.table(klass.path).assigns.get((klass.place, ALLOWED), ()) if klass.kind == "class" else ()
        for assign in assigns:
            return deleting.search(assign.text) is not None
    return True
