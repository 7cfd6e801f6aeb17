"""What a caller has to give for parameters so that a line of a function runs: `if strict:`, `if name is None: return`; and of
what kind of row it has to be the method: `if not self.pk:`.
"""

import re
from collections.abc import Iterable

from auditor.facts.flow.events import Branch
from auditor.facts.flow.read import ARGS_LIMIT
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.signature import Signature

FALSE = frozenset(("False", "None", "0", "''", '""', "[]", "{}", "()"))
TRUE = re.compile(r"True|[1-9]\d*|['\"].+['\"]", re.DOTALL)
LOOKED_UP = re.compile(r"(?:\.a?(?:get|first|last)|\bget_object(?:_or_404)?)(?:<[^<>]*>)?\(\)\Z")
"""What gives a row that is stored."""
SOME = re.compile(r"True|False|\d+|['\"].*['\"]|[\[{(].*[\]})]", re.DOTALL)


class Flags:
    """Answers for one graph. What is asked is written as a branch writes it: `name`, `!name`, `name?`, `!name?`."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._branches: dict[str, dict[int, list[Branch]]] = {}

    def at(self, node: Node, line: int) -> tuple[str, ...]:
        """What a line of a scope asks of the parameters, as they were given."""
        if node.path not in self._branches:
            found: dict[int, list[Branch]] = {}
            for branch in self.graph.flows[node.path].branches:
                found.setdefault(branch.scope, []).append(branch)
            self._branches[node.path] = found
        around = [one for one in self._branches[node.path].get(node.scope, ()) if one.first <= line <= one.last]
        asks = (ask for one in around for ask in one.asks if not self._is_set(node, name_of(ask), one.first))
        return tuple(dict.fromkeys(asks))

    def _is_set(self, node: Node, name: str, line: int) -> bool:
        """Whether something else is put in a parameter's place before a line."""
        table = self.graph.symbols.table(node.path)
        where = (node.scope, name)
        return where in table.loops or any(assign.line < line for assign in table.assigns.get(where, ()))

    def handed(self, caller: Node, edge: Edge, asks: Iterable[str]) -> tuple[str, ...] | None:
        """What a call asks of its own caller's parameters so that it gives what is asked; None where it gives something else."""
        if edge.to is None or edge.read or edge.via or edge.arguments.spread or len(edge.call.args) >= ARGS_LIMIT:
            return ()
        signature = self._signature(edge.to)
        first = signature.first in ("self", "cls")
        above = []
        for ask in asks:
            name = name_of(ask)
            if "." in name:
                if self._is_stored(caller, edge) and _is_new(ask):
                    return None
                above += [ask] if edge.call.target.startswith("self.") else []
                continue
            if name not in signature.names:
                continue
            value = edge.arguments.get(signature.names.index(name) - first, name) or signature.defaults.get(name, "")
            if _refuses(ask, value):
                return None
            passed = value.isidentifier() and value in self._signature(caller).defaults
            if passed and not self._is_set(caller, value, edge.call.line):
                above.append(ask.replace(name, value))
        return tuple(above)

    def _is_stored(self, caller: Node, edge: Edge) -> bool:
        """Whether a call is a method of a row that its caller has looked up."""
        owner = edge.call.target.rpartition(".")[0]
        assigns = self.graph.symbols.table(caller.path).assigns.get((caller.scope, owner), ())
        return bool(assigns) and all(LOOKED_UP.search(one.value) for one in assigns)

    def _signature(self, node: Node) -> Signature:
        found = self.graph.definition(node)
        if found is None or found.kind == "class":
            return Signature((), {}, {}, "")
        return self.graph.symbols.signature(Symbol("function", *node))


def _is_new(ask: str) -> bool:
    """Whether what is asked of a row is that it has not been stored yet."""
    return (name_of(ask) == "self._state.adding") != ask.startswith("!")


def name_of(ask: str) -> str:
    """The parameter that is asked for."""
    return ask.removeprefix("!").removesuffix("?")


def _refuses(ask: str, value: str) -> bool:
    """Whether a value is surely not what is asked."""
    if ask.startswith("!"):
        return bool((SOME if ask.endswith("?") else TRUE).fullmatch(value))
    return value == "None" if ask.endswith("?") else value in FALSE
