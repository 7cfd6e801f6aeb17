"""Programs that a scope starts: whether outside input names them, and whether one that is waited for has been killed."""

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.written.arguments import literal, split

WAITS = "subprocess.Popen.wait"
SELF = "sys.executable"
"""The interpreter that runs the code itself."""


def is_named(graph: Graph, outside: Outside, node: Node, edge: Edge) -> bool:
    """Whether outside input names the program, and not only what it is given: `command = ["git", "show", key]`."""
    program = edge.arguments.get(0, "args") or ""
    if not program.isidentifier() or not outside.named(node, edge):
        return False
    listed = [one.text.strip() for one in graph.symbols.table(node.path).assigns.get((edge.call.scope, program), ())]
    return not listed or any(text[:1] != "[" or not _is_own(split(text[1:-1])) for text in listed)


def _is_own(words: list[str]) -> bool:
    return bool(words) and (words[0].strip() == SELF or literal(words[0]) is not None)


def is_killed(graph: Graph, node: Node, edge: Edge) -> bool:
    """Whether a scope has killed the program before it waits for it again: that ends at once."""
    owner = edge.call.target.rpartition(".")[0]
    return edge.name == WAITS and any(
        call.target == f"{owner}.kill" and call.line <= edge.call.line and call.guard == edge.call.guard
        for call in graph.calls.get(node, ())
    )
