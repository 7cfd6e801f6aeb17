"""Fields of a model that a framework has made of what was sent: numbers and dates by their types or by the model's validators."""

import re
from collections.abc import Iterator

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol

TYPED = re.compile(
    r"(?!.*\bstr\b)(?:(?:\w+\.)*(?:Optional|Annotated|Union)\[\s*|None\s*\|\s*)*"
    r"(?:\w+\.)*(?:int|float|bool|Decimal|UUID|date|datetime|time|timedelta)\b"
)
LISTED = re.compile(
    r"(?:(?:\w+\.)*(?:Optional|Annotated|Union)\[\s*|None\s*\|\s*)*"
    r"(?:\w+\.)*(?:[Ll]ist|[Ss]et|[Tt]uple|[Ff]rozen[Ss]et|Sequence|Iterable)\[\s*(?P<each>.+)",
    re.DOTALL,
)
"""A list of such values."""
MODELS = re.compile(r"pydantic(?:\.v1)?\.(?:main\.)?BaseModel\Z|sqlmodel\.(?:main\.)?SQLModel\Z")
DUMPED = re.compile(r"([A-Za-z_][\w.]*)\.(?:model_dump|dict)\(\)\Z")
FIELD = re.compile(r"(?P<owner>[A-Za-z_][\w.]*)\.(?P<field>\w+)\Z")
KEY = re.compile(r"(?P<owner>[A-Za-z_]\w*)\['(?P<field>\w+)'\]\Z")
VALIDATES = re.compile(r"(?:\A|\.)(?:field_validator|validator)\(")
PARSES = frozenset("int float Decimal UUID fromisoformat strptime".split())
PARSED = "float"
BELOW = 2
"""So many calls below a validator its helpers parse."""


def is_made_by_model(graph: Graph, node: Node, text: str) -> bool:
    """Whether `payload.lead`, or `fields['lead']` where `fields = payload.model_dump()`, is a number or date already, or text
    that the model has let through because it can be parsed.
    """
    if (field := FIELD.match(text)) is not None:
        return TYPED.match(_type_of(graph, node, field["owner"], field["field"])) is not None
    if text.isidentifier():
        return _is_taken_over(graph, node, text)
    if (key := KEY.match(text)) is None:
        return False
    given = [DUMPED.match(one.value) for one in graph.symbols.table(node.path).assigns.get((node.scope, key["owner"]), ())]
    return bool(given) and all(one is not None and TYPED.match(_type_of(graph, node, one[1], key["field"])) for one in given)


def _is_taken_over(graph: Graph, node: Node, name: str) -> bool:
    """Whether a name is given nothing but such fields, `key = payload.key`, or all of a list: `for key in body.keys`."""
    table = graph.symbols.table(node.path)
    given = [one.value for one in table.assigns.get((node.scope, name), ())]
    if given:
        return all(FIELD.match(text) and is_made_by_model(graph, node, text) for text in given)
    loops = [FIELD.match(loop.text) for loop in table.loops.get((node.scope, name), ()) if loop.target == name]
    types = [_type_of(graph, node, one["owner"], one["field"]) if one is not None else "" for one in loops]
    each = [LISTED.match(text) for text in types]
    return bool(each) and all(one is not None and TYPED.match(one["each"]) for one in each)


def _type_of(graph: Graph, node: Node, owner: str, field: str) -> str:
    """The type of a field of a model as it is written; that of a number where one of the model's validators makes sure of one."""
    model = graph.symbols.chain(node.path, node.scope, owner)
    if model is None or model.kind != "instance" or not model.path:
        return ""
    family = graph.symbols.classes.mro(model.as_("class"))
    if not any(one.kind == "external" and MODELS.match(one.name) for one in family):
        return ""
    own = [one for one in family if one.kind == "class" and one.path]
    if any(_parses(graph, method, BELOW) for klass in own for method in _validators(graph, klass, field)):
        return PARSED
    told = (graph.symbols.table(klass.path).by_scope.get(klass.place, {}).get(field, ()) for klass in own)
    return next((assigns[0].annotation for assigns in told if assigns), "")


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
