"""Classes that ask for whatever class of rows their heirs or makers name: `self.session.get(self.model, key)`."""

import re

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.calls.reach import Way
from auditor.paths.names.symbol import Symbol

OWN = re.compile(r"\bself\.([A-Za-z_]\w*)")


def within_any(graph: Graph, node: Node, way: Way) -> int:
    """How many of the last calls lead into such a class, or from one of its methods to the next: who asks it says for what."""
    owner = graph.symbols.owner(node.path, node.scope) if way else None
    if owner is None or not _asks_for_any(graph, node, owner):
        return 0
    found = 1
    while found < len(way) and graph.symbols.owner(way[-found][0].path, way[-found][0].scope) == owner:
        found += 1
    return found


def _asks_for_any(graph: Graph, node: Node, owner: Symbol) -> bool:
    """Whether a method speaks of a mapped class that is kept on its object, and that several heirs or whoever makes it name."""
    named = {name for call in graph.calls.get(node, ()) for name in OWN.findall(call.args)}
    heirs = graph.symbols.classes.heirs.get(owner, ()) if named else ()
    return any(
        sum(_names_class(graph, heir, name) for heir in heirs) > 1 or _is_given(graph, owner, name) for name in sorted(named)
    )


def _names_class(graph: Graph, heir: Symbol, name: str) -> bool:
    """`model = Order` in the body of a class."""
    symbols = graph.symbols
    assigns = symbols.table(heir.path).assigns.get((heir.place, name), ())
    found = (symbols.chain(heir.path, heir.place, assign.value) for assign in assigns if assign.value)
    return any(one is not None and one.kind == "class" and symbols.classes.is_model(one) for one in found)


def _is_given(graph: Graph, owner: Symbol, name: str) -> bool:
    """`self.model = model`, where the parameter says that it is a class: `model: type[T]`."""
    symbols = graph.symbols
    for assign in symbols.table(owner.path).own.get((owner.place, name), ()):
        signature = symbols.signature(Symbol("function", owner.path, assign.scope)) if assign.value.isidentifier() else None
        if signature is not None and signature.annotations.get(assign.value, "").lower().startswith("type["):
            return True
    return False
