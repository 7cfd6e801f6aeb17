"""Options of queries that stand under a name: what the name was given says what they load."""

from auditor.facts.flow.events import Assign
from auditor.paths.calls.graph import Graph
from auditor.paths.loads.loading import DJANGO, Loads, of_text
from auditor.paths.written.arguments import split
from auditor.paths.written.steps import last_name

LISTS = ("[", "(")


def named_options(graph: Graph, path: str, scope: int, args: str) -> Loads:
    """`options(strategy)`: what the name was given; a call of the project's, or anything else, is not seen through."""
    loads = Loads()
    table = graph.symbols.table(path)
    for text in split(args):
        if text.lstrip("*").replace(".", "").isidentifier():
            assigns = table.assigns.get((scope, text)) or table.assigns.get((-1, text)) or ()
            # `selectinload(Order.lines).joinedload(Line.product)` is one strategy of two calls.
            chains = (sorted(table.at.get(assign.start, ()), key=lambda call: call.end) for assign in assigns)
            texts = [".".join(f"{last_name(call.target)}({call.args})" for call in chain) for chain in chains if chain]
            # `strategy.joinedload("room")`: a statement of its own goes on where the strategy began.
            own = graph.calls.get(graph.node(path, scope), ())
            more = [call for call in own if call.target.startswith(f"{text}.")]
            texts += [f"{one}{call.target.removeprefix(text)}({call.args})" for call in more for one in texts]
            given = of_text(" ".join(f"options({one})" for one in texts))
            loads |= given._replace(known=bool(given.paths))
    return loads


def written_out(graph: Graph, path: str, scope: int, method: str, args: str) -> str:
    """The arguments of a call that says what comes along, with what their names were given: `prefetch_related(lines)` after
    `lines = Prefetch("lines", queryset=...)`, `prefetch_related(*LOADED)` of a list of names.
    """
    if method not in DJANGO:
        return args
    return ", ".join(_of_name(graph, path, scope, text) if text.lstrip("*").isidentifier() else text for text in split(args))


def _of_name(graph: Graph, path: str, scope: int, text: str) -> str:
    """What a name was given once; the name itself where nobody can say."""
    name = text.lstrip("*")
    assign = _assigned(graph, path, scope, name)
    if assign is None:
        return text
    if text != name:
        listed = assign.text.startswith(LISTS) and " for " not in assign.text
        return ", ".join(split(assign.text[1:-1])) if listed else text
    calls = [call for call in graph.symbols.table(path).at.get(assign.start, ()) if assign.value == f"{call.target}()"]
    return f"{last_name(calls[0].target)}({calls[0].args})" if len(calls) == 1 else assign.text or text


def _assigned(graph: Graph, path: str, scope: int, name: str) -> Assign | None:
    """What a name is given, once, in the scope or in its module."""
    table = graph.symbols.table(path)
    found = table.assigns.get((scope, name)) or table.assigns.get((-1, name)) or ()
    return found[0] if len(found) == 1 else None
