"""What a mapping holds that is spread over the columns of a row: `Order(**values)`."""

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.written.arguments import arguments, literal, split

LOADS = ("load", "validate")
"""Methods by which a schema hands on what it has looked at."""


def written_out(graph: Graph, node: Node, scope: int, name: str) -> dict[str, str]:
    """What it holds, where the scope writes it out: `values = {"name": name}`, `dict(name=name)`."""
    table = graph.symbols.table(node.path)
    assigns = table.assigns.get((scope, name), ())
    if len(assigns) == 1 and assigns[0].value == "dict()":
        return next((arguments(call.args).keywords for call in table.at.get(assigns[0].start, ())), {})
    pairs = (pair.partition(":") for one in assigns if one.text[:1] == "{" for pair in split(one.text[1:-1]))
    return {key: value.strip() for said, _, value in pairs if (key := literal(said.strip()))}


def is_sent(graph: Graph, outside: Outside, node: Node, scope: int, text: str) -> bool:
    """Whether it was sent, or is what a schema made of that: a schema looks at each value, not at the table."""
    table = graph.symbols.table(node.path)
    loaded = [
        call.args
        for assign in table.assigns.get((scope, text), ())
        for call in table.at.get(assign.start, ())
        if call.target.rpartition(".")[2] in LOADS
    ]
    return any(comes_from_outside(graph, outside, node, scope, one) for one in (text, *loaded))


def comes_from_outside(graph: Graph, outside: Outside, node: Node, scope: int, text: str) -> bool:
    """Whether a value comes from outside, by a helper too that makes it of a request: `wanted = read(request, Wanted)`."""
    if outside.missing(node, scope, text) is not None:
        return True
    starts = {one.start for one in graph.symbols.table(node.path).assigns.get((scope, text.partition(".")[0]), ())}
    helpers = {edge.to for edge in graph.edges(node) if edge.call.start in starts and edge.to is not None} if starts else ()
    return any(_hands_back(graph, outside, helper) for helper in helpers)


def _hands_back(graph: Graph, outside: Outside, helper: Node) -> bool:
    """Whether a function hands back what it makes of a request: `return schema.model_validate(await request.json())`."""
    ends = [(one.start, one.end) for one in graph.flows[helper.path].returns if one.scope == helper.scope]
    return any(
        outside.missing(helper, helper.scope, call.args) is not None
        for call in graph.calls.get(helper, ())
        if call.args and any(start <= call.start < end for start, end in ends)
    )
