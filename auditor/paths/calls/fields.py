"""Fields of a model that a framework has made of what was sent: numbers and dates by their types or by the model's validators."""

import re
from collections.abc import Iterator

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

TYPED = re.compile(
    r"(?!.*\bstr\b)(?:(?:\w+\.)*(?:Optional|Annotated|Union)\[\s*|None\s*\|\s*)*"
    r"(?:\w+\.)*(?:int|float|bool|Decimal|UUID|date|datetime|time|timedelta)\b"
)
MODELS = re.compile(r"pydantic(?:\.v1)?\.(?:main\.)?BaseModel\Z|sqlmodel\.(?:main\.)?SQLModel\Z")
DUMPED = re.compile(r"([A-Za-z_][\w.]*)\.(?:model_dump|dict)\(\)\Z")
FIELD = re.compile(r"(?P<owner>[A-Za-z_][\w.]*)\.(?P<field>\w+)\Z")
KEY = re.compile(r"(?P<owner>[A-Za-z_]\w*)\['(?P<field>\w+)'\]\Z")
VALIDATES = re.compile(r"(?:\A|\.)(?:field_validator|validator)\(")
PARSES = frozenset("int float Decimal UUID fromisoformat strptime".split())
BELOW = 2
"""So many calls below a validator its helpers parse."""


def is_made_by_model(graph: Graph, node: Node, text: str) -> bool:
    """Whether `payload.lead`, or `fields['lead']` where `fields = payload.model_dump()`, is a number or date already, or text
    that the model has let through because it can be parsed.
    """
    if (field := FIELD.match(text)) is not None:
        return _is_made(graph, node, field["owner"], field["field"])
    if (key := KEY.match(text)) is None:
        return False
    given = [DUMPED.match(one.value) for one in graph.symbols.table(node.path).assigns.get((node.scope, key["owner"]), ())]
    return bool(given) and all(one is not None and _is_made(graph, node, one[1], key["field"]) for one in given)


def _is_made(graph: Graph, node: Node, owner: str, field: str) -> bool:
    model = graph.symbols.chain(node.path, node.scope, owner)
    if model is None or model.kind != "instance" or not model.path:
        return False
    family = graph.symbols.classes.mro(model.as_("class"))
    if not any(one.kind == "external" and MODELS.match(one.name) for one in family):
        return False
    own = [one for one in family if one.kind == "class" and one.path]
    if any(_parses(graph, method, BELOW) for klass in own for method in _validators(graph, klass, field)):
        return True
    told = (graph.symbols.table(klass.path).by_scope.get(klass.place, {}).get(field, ()) for klass in own)
    first = next((assigns[0].annotation for assigns in told if assigns), "")
    return TYPED.match(first) is not None


def _validators(graph: Graph, klass: Symbol, field: str) -> Iterator[Node]:
    named = re.compile(rf"['\"](?:{field}|\*)['\"]")
    for (owner, _), place in graph.symbols.table(klass.path).children.items():
        if owner == klass.place:
            decorators = graph.files[klass.path].definitions[place].decorators
            if any(VALIDATES.search(text) and named.search(text) for text in decorators):
                yield Node(klass.path, place)


def _parses(graph: Graph, node: Node, depth: int) -> bool:
    """Whether a function, or a helper that it calls, makes a number or the like of text."""
    return any(
        edge.call.target.rpartition(".")[2] in PARSES if edge.to is None else depth > 0 and _parses(graph, edge.to, depth - 1)
        for edge in graph.edges(node)
    )
