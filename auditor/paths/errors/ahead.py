"""Rows that a view's class finds, or answers for, before any of its handlers runs: its `dispatch`, its `test_func`."""

import re
from collections.abc import Iterator, Sequence

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.errors.catching import Catching
from auditor.paths.errors.dependence import Witness
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.arguments import arguments

PART = re.compile(r"\bkwargs(?:\[|\.get\()\s*['\"](?P<key>\w+)['\"]")
GIVEN = re.compile(r"=\s*(\w+)\s*(?:,|\Z)")
AHEAD = ("setup", "dispatch", "initial", "check_permissions", "has_permission", "test_func")
"""Methods of a view that run before its handlers, and refuse the request in their place."""
ONCE_FOUND = "get_context_data"
"""What a view of one row does after its own `get_object` has found it."""
LISTED = "permission_classes"
WORD = re.compile(r"[A-Za-z_][\w.]*")
OR_ANSWERS = re.compile(r"(?:\A|\.)a?get_(?:object|list)_or_404\Z")
DEPTH = 1


class Ahead:
    """Answers for one graph."""

    def __init__(self, graph: Graph, catching: Catching) -> None:
        self.graph = graph
        self.catching = catching

    def finds(self, entry: EntryPoint, last: tuple[Node, Witness], model: str, error: str) -> bool:
        """Whether the view's class has looked such a row up by the same part of the path, and answers where there is none."""
        keys = self._parts(last) if entry.klass is not None and model else set()
        if entry.klass is None or not keys:
            return False
        ahead = (*AHEAD, "get_object") if self.graph.name(last[0]).rpartition(".")[2] == ONCE_FOUND else AHEAD
        for klass in (*self.graph.symbols.classes.mro(entry.klass), *self._permissions(entry.klass)):
            children = self.graph.symbols.table(klass.path).children if klass.kind == "class" and klass.path else {}
            for name in ahead:
                place = children.get((klass.place, name), -1)
                node = Node(klass.path, place)
                if place >= 0 and node != last[0] and self._looks_up(node, keys, model, error, DEPTH):
                    return True
        return False

    def _permissions(self, klass: Symbol) -> Iterator[Symbol]:
        """The classes that a view's class lists as who may pass, the first list that is found."""
        symbols = self.graph.symbols
        for one in symbols.classes.mro(klass):
            listed = symbols.table(one.path).assigns.get((one.place, LISTED), ()) if one.kind == "class" and one.path else ()
            for name in (name for assign in listed for name in WORD.findall(assign.text or assign.value)):
                found = symbols.chain(one.path, -1, name)
                if found is not None and found.kind == "class":
                    yield found
            if listed:
                return

    def keys(self, node: Node, names: set[str]) -> set[str]:
        """The parts of the path that names of a scope are given: `pk = self.kwargs["pk"]`."""
        assigns = self.graph.symbols.table(node.path).assigns
        given = [one for name in names for one in assigns.get((node.scope, name), ())]
        lines = {one.line for one in given}
        texts = [one.text or one.value for one in given]
        texts += [read.text for read in self.graph.reads.get(node, ()) if read.line in lines]
        calls = (call for call in self.graph.calls.get(node, ()) if call.line in lines and call.bound in names)
        texts += [f"{call.target}({call.args})" for call in calls]
        return {match["key"] for text in texts for match in PART.finditer(text)}

    def _parts(self, last: tuple[Node, Witness]) -> set[str]:
        """The parts of the path by which a query asks: read of `self.kwargs`, or handed to the handler."""
        node, witness = last
        names = set(GIVEN.findall(witness.text))
        written = {match["key"] for match in PART.finditer(witness.text)}
        return written | self.keys(node, names) | (names & set(self._names(node)))

    def _names(self, node: Node) -> tuple[str, ...]:
        return self.graph.symbols.signature(Symbol("function", *node)).names if node.scope >= 0 else ()

    def _looks_up(self, node: Node, keys: set[str], model: str, error: str, depth: int) -> bool:
        """Whether a method, or one of the view's own that it calls, gets a row of the model by one of the parts."""
        edges = self.graph.edges(node)
        if keys & self._named(node, edges) and any(self._is_answered(node, edge, model, error) for edge in edges):
            return True
        own = {edge.to for edge in edges if edge.to is not None and edge.call.target.startswith("self.")} if depth else set()
        return any(self._looks_up(one, keys, model, error, depth - 1) for one in own if one is not None)

    def _named(self, node: Node, edges: Sequence[Edge]) -> set[str]:
        """The parts of the path that a method speaks of."""
        texts = [read.text for read in self.graph.reads.get(node, ())]
        texts += [f"{edge.call.target}({edge.call.args})" for edge in edges]
        return {match["key"] for text in texts for match in PART.finditer(text)} | set(self._names(node))

    def _is_answered(self, node: Node, edge: Edge, model: str, error: str) -> bool:
        """Whether a call gets a row of a model, and something answers where there is none."""
        call = edge.call
        if OR_ANSWERS.search(call.target):
            return re.search(rf"\b{model}\b", arguments(call.args).get(0) or "") is not None
        got = edge.name.endswith(".get") and call.guard >= 0 and self.catching.stopped(node, call.guard, error)
        return got and (_name(self.graph, edge) == model or call.target.startswith(f"{model}."))


def _name(graph: Graph, edge: Edge) -> str:
    return graph.symbols.definition(edge.model).name if edge.model is not None and edge.model.path else ""
