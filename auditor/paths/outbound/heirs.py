"""Base classes that call for their heirs: `class Payments(HttpClient)` reaches another service than `class Mail(HttpClient)`."""

from collections.abc import Iterator

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.outbound.calls import Outbound
from auditor.paths.outbound.guarding import Guarding


class Heirs:
    """Answers for one project."""

    def __init__(self, graph: Graph, guarding: Guarding) -> None:
        self.graph = graph
        self.guarding = guarding

    def by_heir(self, one: Outbound) -> Iterator[Outbound]:
        """A call, or where it stands in a base class and nothing names its service, what the methods of each heir call for it.

        What guards the call itself guards it for all of them, and so it stays one.
        """
        owner = self.graph.symbols.owner(*one.node) if one.node.scope >= 0 else None
        if owner is None or not one.unnamed or not self.graph.symbols.classes.heirs.get(owner) or self._is_guarded(one):
            yield one
            return
        calls = list(self._callers(one, owner))
        package = one.client.partition(" ")[0]
        for heir, caller, edge in calls:
            if heir is not None:
                name = f"{package} in {self.graph.symbols.definition(heir).name}"
                yield one._replace(node=caller, edge=edge, service=name, client=name)
        if not any(heir is not None for heir, _, _ in calls) or any(heir is None for heir, _, _ in calls):
            yield one

    def _is_guarded(self, one: Outbound) -> bool:
        guarded = self.guarding.client(one) or self.guarding.call(one.node, one.edge, one.effect)
        return guarded or self.guarding.scope(one.node, one.effect)

    def _callers(self, one: Outbound, owner: Symbol) -> Iterator[tuple[Symbol | None, Node, Edge]]:
        """Who calls for the effect from outside of the class: the heir whose method it is, None for whoever is none."""
        waiting, seen = [one.node], {one.node}
        while waiting:
            for caller, edge in self.graph.callers.get(waiting.pop(), ()):
                klass = self.graph.symbols.owner(*caller) if caller.scope >= 0 else None
                if klass != owner:
                    is_heir = klass is not None and owner in self.graph.symbols.classes.mro(klass)
                    yield klass if is_heir else None, caller, edge
                elif caller not in seen and not self._stops(caller, edge, one):
                    seen.add(caller)
                    waiting.append(caller)

    def _stops(self, caller: Node, edge: Edge, one: Outbound) -> bool:
        return self.guarding.call(caller, edge, one.effect) or self.guarding.scope(caller, one.effect)
