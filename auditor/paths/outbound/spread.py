"""What bounds a wait from elsewhere: a dictionary that is spread, a function that fills it, callers that give a parameter."""

import re
from collections.abc import Callable, Iterator

from auditor.facts.flow.events import Assign
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.signature import Signature

Bound = Callable[[Node, int, str], Iterator[tuple[str, Assign]]]
"""Where a name is bound: in the scope, in the module, in another module."""
SPREAD = re.compile(r"\*\*\s*(?P<text>[\w.]+\([^()]*\)|\{[^{}]*\}|[\w.]+)")
NAME = re.compile(r"[A-Za-z_]\w*")
TIMEOUT = "timeout"
WRITTEN = re.compile(r"\{|dict\(")


class Spread:
    """Answers for one graph."""

    def __init__(self, graph: Graph, bound: Bound, speaks: Callable[[str, int], bool]) -> None:
        self.graph = graph
        self.bound = bound
        self.speaks = speaks
        """Whether a scope of a file speaks of a timeout."""

    def gives(self, node: Node, edge: Edge) -> bool | None:
        """Whether what is spread in a call holds a timeout; None where nobody can say."""
        answers = [self._text(node, edge.call.scope, match["text"]) for match in SPREAD.finditer(edge.call.args)]
        return True if True in answers else None if None in answers or not answers else False

    def filled(self, node: Node, name: str) -> bool | None:
        """Whether callers give a parameter of a function that stands for no bound by itself; False for a name that is None
        wherever it is given anything, True for any other text.
        """
        signature = self._signature(node)
        if signature is None or name not in signature.names:
            bound = [assign.text.strip() for _, assign in self.bound(node, node.scope, name)] if name.isidentifier() else []
            return not bound or any(text != "None" for text in bound)
        if signature.defaults.get(name, "").strip() != "None":
            return True
        if any(assign.target == name for _, assign in self._set_in(node, name)):
            return True
        return self._by_callers(node, name)

    def is_parameter(self, node: Node, name: str) -> bool:
        """Whether a scope is given a value under this name, so that others know how it was made."""
        signature = self._signature(node)
        return signature is not None and name in signature.names and name not in ("self", "cls")

    def _signature(self, node: Node) -> Signature | None:
        definition = self.graph.definition(node)
        if definition is None or definition.kind == "class":
            return None
        return self.graph.symbols.signature(Symbol("function", *node))

    def _text(self, node: Node, scope: int, text: str, depth: int = 0) -> bool | None:
        if TIMEOUT in text:
            return True
        if text.startswith("{"):
            return False if "**" not in text else None
        found = [self._name(node, scope, name, depth) for name in NAME.findall(text) if name != "dict"]
        return True if True in found else None if None in found or not found else False

    def _name(self, node: Node, scope: int, name: str, depth: int) -> bool | None:
        bound = list(self.bound(node, scope, name)) if depth < 3 else []
        if any(TIMEOUT in assign.text or TIMEOUT in assign.target for _, assign in bound):
            return True
        if self._set_later(node, name) or self._passed(node, name):
            return True
        if not bound and self.is_parameter(node, name):
            return self._by_callers(node, TIMEOUT)
        plain = all(one.scope < 0 and WRITTEN.match(one.text.strip()) and "**" not in one.text for _, one in bound)
        return False if bound and plain else None

    def _set_in(self, node: Node, name: str) -> Iterator[tuple[str, Assign]]:
        for assign in self.graph.symbols.table(node.path).assigns.get((node.scope, name), ()):
            yield node.path, assign

    def _set_later(self, node: Node, name: str) -> bool:
        """`options.setdefault("timeout", 5)`, `options.update(timeout=5)`."""
        calls = self.graph.calls.get(node, ())
        return any(call.target.rpartition(".")[0] == name and TIMEOUT in call.args for call in calls)

    def _passed(self, node: Node, name: str) -> bool:
        """Whether a function that the dictionary is handed to speaks of a timeout: it fills it."""
        return any(
            edge.to is not None and name in edge.arguments.positional and self.speaks(edge.to.path, edge.to.scope)
            for edge in self.graph.edges(node)
        )

    def _by_callers(self, node: Node, name: str) -> bool | None:
        """Whether every caller gives the argument; None without callers, or where only some do."""
        callers = self.graph.callers.get(node, ())
        if not callers:
            return None
        return True if all(name in edge.arguments.keywords for _, edge in callers) else None
