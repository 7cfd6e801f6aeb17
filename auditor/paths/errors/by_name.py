"""Rows whose columns are set by names that come from outside: `for name, value in data.items(): setattr(order, name, value)`."""

import re
from collections.abc import Iterator

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments

SETS = "setattr"
UPDATES = (".sqlmodel_update",)
MADE_OF = (".model_validate", ".parse_obj", ".from_orm")
"""Methods by which a mapped class that is a schema too makes a row of what was sent."""
ROOT = re.compile(r"\A(?:dict\()?\(?(?P<name>[A-Za-z_]\w*)")


def set_by_name(graph: Graph, outside: Outside, node: Node) -> Iterator[tuple[Symbol, frozenset[str] | None]]:
    """The mapped classes of rows that a scope sets so, each with the names that the schema of what was sent has; None where
    nobody looked at them.
    """
    symbols = graph.symbols
    table = symbols.table(node.path)
    for call in graph.calls.get(node, ()):
        given = arguments(call.args)
        texts: list[str] = []
        if call.target == SETS:
            row, name = given.get(0), given.get(1) or ""
            texts = [loop.text for loop in table.loops.get((call.scope, name), ())]
        elif call.target.endswith(UPDATES):
            row, texts = call.target.rpartition(".")[0], [given.get(0) or ""]
        else:
            continue
        model = symbols.chain(node.path, call.scope, row) if row else None
        if model is not None and model.kind == "instance" and symbols.classes.is_model(model):
            for text in texts:
                yield from ((model.as_("class"), names) for names in _names(graph, outside, node, text))


def made_of_sent(graph: Graph, outside: Outside, node: Node) -> Iterator[tuple[Symbol, frozenset[str] | None, str]]:
    """The mapped classes that make a row of what was sent as a whole, each with those names, and what the row is kept under."""
    symbols = graph.symbols
    for call in graph.calls.get(node, ()):
        if call.target.endswith(MADE_OF):
            model = symbols.chain(node.path, call.scope, call.target.rpartition(".")[0])
            if model is not None and model.kind == "class" and symbols.classes.is_model(model):
                for names in _names(graph, outside, node, arguments(call.args).get(0) or ""):
                    yield model, names, call.bound


def _names(graph: Graph, outside: Outside, node: Node, text: str) -> Iterator[frozenset[str] | None]:
    """The names that a text brings from outside, where it does; nothing where it does not."""
    match = ROOT.match(text)
    if match is None or outside.missing(node, node.scope, match["name"]) is None:
        return
    table, symbols = graph.symbols.table(node.path), graph.symbols
    root = match["name"]
    for assign in table.assigns.get((node.scope, root), ()):
        deeper = ROOT.match(assign.value)
        root = deeper["name"] if deeper is not None else root
    schema = symbols.chain(node.path, node.scope, root)
    if schema is None or schema.kind != "instance" or not schema.path:
        if outside.key(node, node.scope, match["name"]):
            yield None
        return
    family = [klass for klass in symbols.classes.mro(schema.as_("class")) if klass.path]
    places = {(klass.path, klass.place) for klass in family}
    yield frozenset(assign.target for path, place in places for assign in graph.flows[path].assigns if assign.scope == place)
