"""Applications that a function makes for a look and throws away: nobody is ever answered by them."""

import re

from auditor.paths.calls.graph import Graph
from auditor.paths.routes.places import Place

SERVES = frozenset("run start serve listen run_forever run_server".split())
"""Methods by which an application answers by itself."""


class ThrownAway:
    """Answers for one graph, remembered."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[Place, bool] = {}

    def holds(self, place: Place) -> bool:
        """Whether a binding is a function's own and leaves it in no way: not returned, handed over, kept or served."""
        if place not in self._known:
            scope = self.graph.files[place.path].definitions[place.scope] if place.scope >= 0 else None
            own = scope is not None and scope.kind != "class" and place.name.isidentifier()
            self._known[place] = own and not self._leaves(place)
        return self._known[place]

    def _leaves(self, place: Place) -> bool:
        flow, name = self.graph.flows[place.path], re.compile(rf"(?<![\w.'\"]){place.name}(?![\w(.])")
        if (-1, place.name) in self.graph.symbols.table(place.path).assigns:
            return True
        within = self._within(place)
        given = [(one.scope, f"{one.value} {one.text}") for one in flow.returns]
        given += [(one.scope, f"{one.value} {one.text}") for one in flow.assigns]
        given += [(one.scope, one.value) for one in flow.yields]
        for call in flow.calls:
            owner, _, last = call.target.rpartition(".")
            if call.scope in within and (name.search(call.args) or (owner == place.name and last in SERVES)):
                return True
        return any(scope in within and name.search(text) for scope, text in given)

    def _within(self, place: Place) -> frozenset[int]:
        """The function's scope with all that are defined in it."""
        found = {place.scope}
        for index, definition in enumerate(self.graph.files[place.path].definitions):
            if definition.parent in found:
                found.add(index)
        return frozenset(found)
