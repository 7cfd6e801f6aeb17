"""What properties of models ask that no code reads: templates may, for every row of a page."""

from collections.abc import Iterator

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.loads.given import Callers
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.needs import Need, Needs

NEAR = 1
"""Calls on the way to a question that are followed."""


def unread(graph: Graph, callers: Callers, needs: Needs) -> Iterator[tuple[Symbol, Node, Need]]:
    """The models, their properties and what these ask each time, where nothing in the code reads them."""
    classes = graph.symbols.classes
    for model in classes.models:
        style = classes.style(model)
        if style is None or style.style != "django":
            continue
        file = graph.files[model.path]
        for place in graph.symbols.table(model.path).inside.get(model.place, ()):
            definition, node = file.definitions[place], Node(model.path, place)
            if definition.kind == "class" or not definition.decorators or callers.get(node):
                continue
            if file.kind == "source" and classes.is_property(Symbol("function", *node)):
                for need in needs.of(node):
                    if need.root in ("", "self") and len(need.way) <= NEAR and need.question.kind in ("query", "many"):
                        yield model, node, need
