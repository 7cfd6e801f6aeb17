"""Whether a call of another service sends the request's id along: by itself, by its function, or by how its client was made."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.outbound.calls import Outbound, OutboundCalls
from auditor.paths.outbound.partly import receiver_of

WORD = re.compile(r"\b[A-Za-z_]\w+")


class Sending:
    """Answers for one project. `spoken` are the scopes that speak of an id."""

    def __init__(self, graph: Graph, outbound: OutboundCalls, spoken: Mapping[Node, bool]) -> None:
        self.graph = graph
        self.outbound = outbound
        self.spoken = spoken

    def sends(self, one: Outbound) -> bool:
        """Whether the call, its function, its client's class or who made the client speaks of the id."""
        node = one.node
        receiver = receiver_of(self.graph.symbols, node, one.edge)
        made = list(self.outbound.clients.assigned(node, one.edge.call.scope, receiver))
        scopes = [node, *self._hooks(node, one), *(Node(path, assign.scope) for path, assign in made if assign.scope >= 0)]
        scopes += self._factories(one, [(path, assign.start) for path, assign in made])
        client = self.graph.symbols.chain(node.path, one.edge.call.scope, receiver) if receiver else None
        owner = self.graph.symbols.owner(node.path, node.scope)
        scopes += (other for other in self._methods(owner) if not self._is_apart(node, other)) if owner is not None else ()
        scopes += self._methods(client) if client is not None and client.path else ()
        if any(self.spoken.get(scope) for scope in scopes):
            return True
        below = (edge.to for scope in scopes for edge in self.graph.edges(scope) if edge.to is not None)
        return any(self.spoken.get(scope) and not self._is_apart(node, scope) for scope in below)

    def _is_apart(self, node: Node, other: Node) -> bool:
        """Whether another method of the class only asks another machine itself, as the one that is looked at does: the id that
        it gives its own call is none of this one.
        """
        if other == node or other not in self._asking or self.graph.name(other).endswith("__"):
            return False
        assigns = (one.target for one in self.graph.flows[other.path].assigns if one.scope == other.scope)
        sets = any(".headers" in text for text in (*assigns, *self.graph.targets(other)))
        return not sets and all(edge.to != other for edge in self.graph.edges(node))

    @cached_property
    def _asking(self) -> frozenset[Node]:
        return frozenset(one.node for one in self.outbound.all)

    def _methods(self, owner: Symbol) -> Iterator[Node]:
        """What stands in a class and its bases: that of the caller, or the client's own, whose `request` may put the id in."""
        for klass in self.graph.symbols.classes.mro(owner.as_("class")) if owner.kind in ("class", "instance") else ():
            if klass.kind == "class":
                children = self.graph.symbols.table(klass.path).children
                yield from (Node(klass.path, index) for (parent, _), index in children.items() if parent == klass.place)

    def _factories(self, one: Outbound, made: list[tuple[str, int]]) -> Iterator[Node]:
        """The project's functions that make the client, with what they hand to it: `session.mount("https://", Tagging())`,
        `Client(event_hooks={"request": [tag]})`.
        """
        symbols = self.graph.symbols
        places = [*made, (one.node.path, one.edge.call.start)]
        calls = [(path, call) for path, start in places for call in symbols.table(path).at.get(start, ()) if start >= 0]
        for path, call in calls:
            found = symbols.chain(path, call.scope, call.target) if call is not one.edge.call else None
            if found is None or found.kind != "function" or not found.path:
                continue
            factory = Node(found.path, found.place)
            yield factory
            for inner in self.graph.calls.get(factory, ()):
                yield from self._handed(factory.path, f"{inner.target} {inner.args}")

    def _hooks(self, node: Node, one: Outbound) -> Iterator[Node]:
        """The functions that a client is made with: `Client(event_hooks={"request": [tag]})`."""
        for made in self.outbound.clients.makers(node, one.edge):
            yield from self._handed(node.path, " ".join(made.keywords.values()))

    def _handed(self, path: str, text: str) -> Iterator[Node]:
        """The functions that a text names, and the methods of the project's classes."""
        for word in dict.fromkeys(WORD.findall(text)):
            symbol = self.graph.symbols.chain(path, -1, word)
            if symbol is not None and symbol.kind == "function" and symbol.path:
                yield Node(symbol.path, symbol.place)
            elif symbol is not None and symbol.kind == "class" and symbol.path:
                yield from self._methods(symbol)
