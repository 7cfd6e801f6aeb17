"""Bodies that a framework has parsed before the handler reads them again."""

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.injected import INJECTED
from auditor.paths.names.symbol import Symbol

READS = "starlette.requests.Request.json"
MODELS = ("pydantic.BaseModel", "pydantic.main.BaseModel", "sqlmodel.SQLModel")


def is_parsed_before(graph: Graph, node: Node, name: str) -> bool:
    """Whether a handler that reads the body as JSON is handed a model that was made of it, `def pay(order: Order, request)`."""
    definition = graph.definition(node)
    if name != READS or definition is None:
        return False
    signature = graph.symbols.signature(Symbol("function", *node))
    for parameter, annotation in signature.annotations.items():
        if not INJECTED.search(signature.defaults.get(parameter, "") + annotation):
            klass = graph.symbols.chain(node.path, definition.parent, annotation.strip())
            mro = graph.symbols.classes.mro(klass) if klass is not None and klass.kind == "class" else ()
            if any(base.kind == "external" and base.name in MODELS for base in mro):
                return True
    return False
