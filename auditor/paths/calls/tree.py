"""What an entry point leads to, drawn as a tree: its effects, and the guards around them."""

from collections.abc import Iterator

from auditor.facts.flow.events import Guard
from auditor.paths.calls.graph import Edge, Graph, Node

DEEPEST = 12


def tree(graph: Graph, node: Node, depth: int = 0, above: frozenset[Node] = frozenset()) -> Iterator[str]:
    """A line for every call that matters below a scope: those that lead to effects, each with its place and guards."""
    if depth == 0:
        yield f"{graph.name(node)}  {_place(node, graph)}"
    for edge in graph.edges(node):
        guards = _guards(graph, node, edge)
        indent = "  " * (depth + 1)
        place = f"{node.path}:{edge.call.line}"
        if edge.to is not None and edge.to not in above and depth < DEEPEST:
            below = list(tree(graph, edge.to, depth + 1, above | {node}))
            if below:
                how = "hands over " if edge.later else "reads " if edge.read else ""
                yield f"{indent}{how}{graph.name(edge.to)}  {place}{guards}"
                yield from below
        elif edge.to is None and edge.name:
            effect = graph.knowledge.effect(edge.name)
            if effect is not None:
                raises = f", may raise {', '.join(name.rpartition('.')[2] for name in effect.raises)}" if effect.raises else ""
                yield f"{indent}{edge.name}: {effect.service or effect.kind}{raises}  {place}{guards}"
    for raised in graph.raises.get(node, ()):
        yield f"{'  ' * (depth + 1)}raises {raised.type}  {node.path}:{raised.line}"


def _place(node: Node, graph: Graph) -> str:
    definition = graph.definition(node)
    return f"{node.path}:{definition.line}" if definition is not None else node.path


def _guards(graph: Graph, node: Node, edge: Edge) -> str:
    """The guards around a call, from the inside: `  [except Timeout; with transaction.atomic()]`."""
    found: list[str] = []
    at = edge.call.guard
    while at >= 0:
        guard = graph.flows[node.path].guards[at]
        found.append(_words(guard))
        at = guard.parent
    return f"  [{'; '.join(filter(None, found))}]" if any(found) else ""


def _words(guard: Guard) -> str:
    if guard.kind == "with":
        return f"with {', '.join(guard.contexts)}"
    types = ["/".join(handler.types) or "everything" for handler in guard.handlers]
    return f"except {', '.join(types)}" if types else ""
