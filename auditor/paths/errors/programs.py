"""Programs that a scope starts: whether outside input names them, and whether one that is waited for has been killed."""

import re

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.written.arguments import literal, split

WAITS = "subprocess.Popen.wait"
SELF = "sys.executable"
"""The interpreter that runs the code itself."""
SHELL = re.compile(r"\bshell\s*=\s*True\b")


def named_by(edge: Edge) -> str:
    """What names the program that a call starts, as it is written."""
    return edge.arguments.get(0, "args") or ""


def is_named(graph: Graph, outside: Outside, node: Node, edge: Edge) -> bool:
    """Whether outside input names the program, and not only what it is given: `command = ["git", "show", key]`. Where a shell
    is to look for it, that is what is started, and is there.
    """
    program = named_by(edge)
    if not program.isidentifier() or SHELL.search(edge.call.args) or not outside.named(node, edge):
        return False
    assigns = graph.symbols.table(node.path).assigns.get((edge.call.scope, program), ())
    listed = [text for one in assigns if (text := one.text.strip())[:1] == "["]
    named = [program] if len(listed) < len(assigns) or not assigns else []
    firsts = [first for text in (*listed, *named) if literal(first := _first(text)) is None and first != SELF]
    return any(outside.tells(node, edge.call.scope, first, "named") for first in firsts)


def _first(text: str) -> str:
    """The first word of a command that is written out, `[tool, "show"] + words`; the whole text of any other."""
    if text[:1] != "[":
        return text
    first, depth = (split(text[1:]) or [""])[0], 1
    for place, sign in enumerate(first):
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0:
            return first[:place]
    return first


def is_killed(graph: Graph, node: Node, edge: Edge) -> bool:
    """Whether a scope has killed the program before it waits for it again: that ends at once."""
    owner = edge.call.target.rpartition(".")[0]
    return edge.name == WAITS and any(
        call.target == f"{owner}.kill" and call.line <= edge.call.line and call.guard == edge.call.guard
        for call in graph.calls.get(node, ())
    )
