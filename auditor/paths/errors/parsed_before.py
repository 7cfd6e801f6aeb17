"""Bodies that a framework has parsed before the handler, a decorator or a helper of it reads them again."""

import re

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.injected import INJECTED
from auditor.paths.errors.dependence import Witness
from auditor.paths.names.symbol import Symbol

READS = "starlette.requests.Request.json"
PARSES = ("json.loads", "orjson.loads", "ujson.loads", "simplejson.loads")
BODY = re.compile(r"\.body\(\)")
DECODED = "starlette.requests.Request.body.decode"
"""What was parsed is text: `order = await request.json()`, then `(await request.body()).decode()`."""
MODELS = ("pydantic.BaseModel", "pydantic.main.BaseModel", "sqlmodel.SQLModel")
ITEMS = re.compile(r"(?:typing\.)?[Ll]ist\[\s*([\w.]+)\s*\]\Z")
MAPPING = re.compile(r"(?:typing\.)?(?:dict|Dict)(?:\[.*\])?\Z", re.DOTALL)
REQUIRED = re.compile(r"\Z|(?:\w+\.)*Body\((?!\s*(?:default\s*=\s*)?None)")
"""What a parameter defaults to that has to be sent all the same."""
NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")


def is_parsed_before(graph: Graph, entry: Node, last: tuple[Node, Witness]) -> bool:
    """Whether the body is read as JSON on behalf of a handler that is handed what the framework made of it, or nothing at all,
    `def pay(order: Order, request: Request)`, or is made a text where the handler has parsed it.
    """
    node, witness = last
    if witness.name == DECODED:
        return any(edge.name == READS and edge.call.line < witness.line for edge in graph.edges(node))
    return (witness.name == READS or (witness.name in PARSES and _is_body(graph, node, witness.text))) and _takes(graph, entry)


def _is_body(graph: Graph, node: Node, text: str) -> bool:
    """Whether a text is the body of a request: `raw = await request.body()`, then `loads(raw.decode())`."""
    assigns = graph.symbols.table(node.path).assigns
    given = (assign.value for name in NAME.findall(text) for assign in assigns.get((node.scope, name), ()))
    return BODY.search(text) is not None or any(BODY.search(value) for value in given)


def _takes(graph: Graph, entry: Node) -> bool:
    """Whether a handler has a parameter that the framework makes of the body."""
    definition = graph.definition(entry)
    if definition is None or definition.kind == "class":
        return False
    signature = graph.symbols.signature(Symbol("function", *entry))
    for parameter, told in signature.annotations.items():
        if not REQUIRED.match(signature.defaults.get(parameter, "")) or INJECTED.search(told):
            continue
        annotation = ITEMS.sub(r"\1", told.strip())
        if MAPPING.match(annotation):
            return True
        klass = graph.symbols.chain(entry.path, definition.parent, annotation)
        mro = graph.symbols.classes.mro(klass) if klass is not None and klass.kind == "class" else ()
        if any(base.kind == "external" and base.name in MODELS for base in mro):
            return True
    return False
