"""Signs by which a project's own routers know a path that leaves their prefix out: `if rule.startswith("!/")`."""

from auditor.paths.calls.graph import Graph
from auditor.paths.written.arguments import arguments, literal

ASKS = frozenset(("startswith",))


def signs(graph: Graph) -> frozenset[str]:
    """The beginnings that methods of the project ask a path for, and that no path has by itself."""
    found = set()
    for path in graph.flows:
        file = graph.files[path]
        for call in graph.called(path, ASKS) if file.kind == "source" else ():
            inside = file.definitions[call.scope].parent if call.scope >= 0 else -1
            said = literal(arguments(call.args).get(0) or "") or ""
            if inside >= 0 and len(said) > 1 and said.endswith("/") and said[0] in "!~@=+":
                found.add(said)
    return frozenset(found)


def unprefixed(found: frozenset[str], path: str) -> str | None:
    """A path without its sign, where it has one."""
    return next((path[len(sign) - 1 :] for sign in found if path.startswith(sign)), None)
