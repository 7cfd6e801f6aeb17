"""Where reading a relation asks nothing: an asynchronous session refuses to, so that what is read there has been loaded."""

from functools import cached_property

from auditor.paths.calls.graph import Graph, Node

ASYNC = "sqlalchemy.ext.asyncio"
SYNC = (
    "flask_sqlalchemy", "sqlalchemy.create_engine", "sqlalchemy.orm.sessionmaker", "sqlalchemy.orm.scoped_session",
    "sqlmodel.create_engine", "sqlalchemy.engine_from_config",
)  # fmt: skip
"""What makes sessions that ask whenever a relation is read."""
DEPTH = 6


class Asynchronous:
    """Answers for one graph, remembered."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[Node, bool] = {}

    def refuses(self, node: Node) -> bool:
        """Whether a relation that a scope reads can not ask, as far as the project's imports and the scope's callers tell."""
        return self._made[0] and self._runs(node, 0)

    @cached_property
    def _made(self) -> tuple[bool, bool]:
        """Whether the project makes asynchronous sessions, and whether it makes others."""
        sources = [path for path in self.graph.flows if self.graph.files[path].kind == "source"]
        targets = {target for path in sources for target in self.graph.symbols.table(path).imports.values()}
        return any(one.startswith(ASYNC) for one in targets), any(one.startswith(SYNC) for one in targets)

    def _runs(self, node: Node, depth: int) -> bool:
        """Whether a scope runs under an asynchronous session: it is `async`, or all that call it are."""
        if node not in self._known:
            self._known[node] = True
            definition = self.graph.definition(node)
            callers = {caller for caller, _ in self.graph.callers.get(node, ()) if caller != node}
            if definition is not None and definition.kind.startswith("async"):
                found = True
            elif callers and depth < DEPTH:
                found = all(self._runs(caller, depth + 1) for caller in callers)
            else:
                found = not self._made[1]
            self._known[node] = found
        return self._known[node]
