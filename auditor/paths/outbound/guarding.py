"""What keeps a failing service from taking its callers along: circuit breakers, and bounded retries with growing pauses."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from auditor.facts.flow.elide import elided
from auditor.knowledge.values import Effect, Guard
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.guards.inherited import with_inherited
from auditor.paths.guards.own import GROWS, Own, ends
from auditor.paths.names.hierarchy import Hierarchy
from auditor.paths.outbound.calls import Outbound
from auditor.paths.outbound.clients import Clients
from auditor.paths.outbound.mounts import Mounts
from auditor.paths.outbound.partly import PARTIAL
from auditor.paths.outbound.replaced import SENDS
from auditor.paths.written.arguments import Arguments, arguments
from auditor.paths.written.steps import last_name

WORDS = re.compile(r"[\w.]+")
PARENT = "super()"


class Guarding:
    """Answers for one graph: whether a scope or a call stands behind a breaker or such a retry."""

    def __init__(self, graph: Graph, hierarchy: Hierarchy, clients: Clients) -> None:
        self.graph = graph
        self.hierarchy = hierarchy
        self.clients = clients
        self.own = Own(graph)
        self.mounts = Mounts(graph, clients)
        self._givers: dict[Node, dict[str, list[Edge]]] = {}
        """By scope and name: the calls of guards that are handed what has the name."""
        self._scopes: dict[Node, tuple[tuple[Node, Guard, Arguments], ...]] = {}
        """By function: the guards that decorate it, each with the scope whose names it speaks in."""
        self._own: dict[Node, bool] = {}

    def scope(self, node: Node, effect: Effect) -> bool:
        """Whether a decorator of a function guards all that happens in it."""
        held = any(self._holds(there, guard, given, effect) for there, guard, given in self._decorated(node))
        return held or self._by_own(node)

    def _by_own(self, node: Node) -> bool:
        """Whether a decorator of the project's own is a breaker or a retry, or a task starts itself again."""
        if node not in self._own:
            definition = self.graph.definition(node)
            texts = definition.decorators if definition is not None else ()
            around = definition.parent if definition is not None else -1
            self._own[node] = any(self.own.breaker(node.path, around, text) for text in texts) or self.own.puts_off(node)
        return self._own[node]

    def call(self, node: Node, edge: Edge, effect: Effect) -> bool:
        """Whether a call stands within a guard, or is handed to one."""
        if edge.via and any(self._holds(node, guard, Arguments(), effect) for guard in self.graph.knowledge.guards(edge.via)):
            return True
        guards = self.graph.flows[node.path].guards
        at = edge.call.guard
        while at >= 0:
            for context in guards[at].contexts:
                if self._named(node, edge.call.scope, context, effect) or self.own.breaker(node.path, edge.call.scope, context):
                    return True
            at = guards[at].parent
        if self._tried_by_hand(node, edge):
            return True
        loops = self.graph.flows[node.path].loops
        loop = edge.call.loop
        while loop >= 0:
            if loops[loop].text and self._named(node, edge.call.scope, loops[loop].text, effect):
                return True
            loop = loops[loop].parent
        return self._handed(node, edge, effect)

    def _tried_by_hand(self, node: Node, edge: Edge) -> bool:
        """A bounded loop with a handler around the call, or in the function that is called, and a pause in it that grows."""
        flow = self.graph.flows[node.path]
        loop = edge.call.loop
        if loop < 0 or not ends(flow.loops[loop]):
            return False
        handled = edge.call.guard >= 0 and bool(flow.guards[edge.call.guard].handlers)
        # `if fetch(): break`: the function itself catches what fails, and says so by what it hands back.
        told = flow.loops[loop].leaves == "some" and edge.to is not None and self._catches(edge.to)
        return (handled or told) and any(one.call.loop == loop and self._pauses(one) for one in self.graph.edges(node))

    def _catches(self, node: Node) -> bool:
        """Whether a function has a handler of its own around a call."""
        guards = self.graph.flows[node.path].guards
        return any(call.guard >= 0 and guards[call.guard].handlers for call in self.graph.calls.get(node, ()))

    def _pauses(self, edge: Edge) -> bool:
        """Whether a call is a pause that grows, or a function of the project's that is one: `wait_before(attempt)`."""
        inner = self.graph.calls.get(edge.to, ()) if edge.to is not None else ()
        return any(call.target.rpartition(".")[2] == "sleep" and GROWS.search(call.args) for call in (edge.call, *inner))

    def client(self, one: Outbound) -> bool:
        """Whether the client of a call retries by itself: by its library, or by an adapter that was mounted on it."""
        receiver = one.edge.call.target.rpartition(".")[0]
        if one.effect.retries or any(map(self.own.shuns, self._sending(one, receiver))):
            return True
        if not receiver:
            return False
        if self.mounts.retry(one) or (receiver == PARENT and self._mounted_by_all(one)):
            return True
        return any(
            ("transport" in given.keywords and "retries" in given.keywords["transport"])
            or ("retries" in given.keywords and self.mounts.made_with(one, given.keywords["retries"]))
            for given in self.clients.makers(one.node, one.edge)
        )

    def _mounted_by_all(self, one: Outbound) -> bool:
        """Whether all who call what a session of the project's own class sends have mounted retries on it."""
        callers = self.graph.callers.get(one.node, ())
        return bool(callers) and all(self.mounts.retry(one._replace(node=node, edge=edge)) for node, edge in callers)

    def _sending(self, one: Outbound, receiver: str) -> Iterator[Node]:
        """The methods by which the project's own class of a client sends."""
        chain = self.graph.symbols.chain
        bound = self.clients.assigned(one.node, one.edge.call.scope, receiver) if receiver else ()
        made = [chain(path, assign.scope, assign.value.removesuffix("()")) for path, assign in bound if assign.value]
        for symbol in (chain(one.node.path, one.edge.call.scope, receiver) if receiver else None, *made):
            if symbol is not None and symbol.path and symbol.kind in ("instance", "class"):
                for klass in self.graph.symbols.classes.mro(symbol):
                    children = self.graph.symbols.table(klass.path).children if klass.kind == "class" else {}
                    found = (children.get((klass.place, name)) for name in SENDS)
                    yield from (Node(klass.path, index) for index in found if index is not None)

    def _handed(self, node: Node, edge: Edge, effect: Effect) -> bool:
        """`breaker.call(requests.get, url)`: a library's function handed to a guard."""
        if node not in self._givers:
            self._givers[node] = defaultdict(list)
            for other in self.graph.edges(node):
                if other.name and other.to is None and self.graph.knowledge.guards(other.name):
                    for word in set(WORDS.findall(other.call.args)):
                        self._givers[node][word].append(other)
        return any(
            self._holds(node, guard, other.arguments, effect)
            for other in self._givers[node].get(edge.call.target, ())
            if other.call is not edge.call
            for guard in self.graph.knowledge.guards(other.name)
        )

    def _decorated(self, node: Node) -> tuple[tuple[Node, Guard, Arguments], ...]:
        if node not in self._scopes:
            definition = self.graph.definition(node)
            around = definition.parent if definition is not None else -1
            texts = definition.decorators if definition is not None else ()
            self._scopes[node] = tuple(
                (node, guard, with_inherited(self.graph.symbols, node.path, around, guard, given))
                for text in texts
                for given in (arguments(text.partition("(")[2].removesuffix(")")),)
                for guard in self._guards(node, around, text)
            ) + tuple(found for text in texts for found in self._named_before(node, around, text))
        return self._scopes[node]

    def _named_before(self, node: Node, around: int, text: str) -> Iterator[tuple[Node, Guard, Arguments]]:
        """What stands behind the name of a decorator; one that is called is told the rest of it there."""
        name, called, inside = text.partition("(")
        if not called:
            yield from self._kept(node, around, name)
            return
        rest = arguments(inside.removesuffix(")"))
        for there, guard, given in self._begun(node, around, name.strip()):
            yield there, guard, Arguments((*given.positional, *rest.positional), {**given.keywords, **rest.keywords})

    def _kept(self, node: Node, around: int, name: str) -> Iterator[tuple[Node, Guard, Arguments]]:
        """A decorator that was made once and has a name, here or in another module: `patient = retry(stop=…, wait=…)`."""
        for path, assign in self.clients.assigned(node, around, name):
            there = Node(path, assign.scope)
            for call in self.graph.symbols.table(path).at.get(assign.start, ()):
                for guard in self._guards(there, assign.scope, call.target):
                    yield there, guard, arguments(call.args)

    def _guards(self, node: Node, scope: int, text: str) -> Iterable[Guard]:
        symbol = self.graph.symbols.chain(node.path, scope, elided(text.encode()))
        name = symbol.name if symbol is not None and symbol.kind == "external" else ""
        if symbol is not None and symbol.kind == "instance" and symbol.path:
            # An object of the project's own breaker that is derived from a library's.
            bases = (klass.name for klass in self.graph.symbols.classes.mro(symbol) if klass.kind == "external")
            name = next((f"{base}()" for base in bases if self.graph.knowledge.guards(f"{base}()")), "")
        return [g for g in self.graph.knowledge.guards(name) if g.kind in ("breaker", "retry")] if name else []

    def _named(self, node: Node, scope: int, text: str, effect: Effect) -> bool:
        name, _, inside = text.partition("(")
        given = arguments(inside.removesuffix(")"))
        if any(self._holds(node, guard, given, effect) for guard in self._guards(node, scope, text)):
            return True
        return any(self._holds(there, guard, told, effect) for there, guard, told in self._begun(node, scope, name.strip()))

    def _begun(self, node: Node, scope: int, name: str) -> Iterator[tuple[Node, Guard, Arguments]]:
        """A guard that was told all of it before: `patient = partial(Retrying, stop=…, wait=…)`."""
        for path, assign in self.clients.assigned(node, scope, name) if name.isidentifier() else ():
            there = Node(path, assign.scope)
            for call in self.graph.symbols.table(path).at.get(assign.start, ()):
                given = arguments(call.args)
                if last_name(call.target) == PARTIAL and given.positional:
                    first = given.positional[0].strip()
                    for guard in (*self._guards(there, assign.scope, f"{first}()"), *self._guards(there, assign.scope, first)):
                        yield there, guard, given

    def _holds(self, node: Node, guard: Guard, given: Arguments, effect: Effect) -> bool:
        """Whether a guard is for the errors of an effect, ends, and pauses longer each time."""
        if guard.kind == "breaker":
            return True
        if guard.kind != "retry":
            return False
        words = set(WORDS.findall(" ".join((*given.positional, *given.keywords, *given.keywords.values()))))
        last = {word.rpartition(".")[2] for word in words}
        ends = bool(guard.tries) or not guard.bounded or any(given.named(name) is not None for name in guard.bounded)
        grows = "*" in guard.backoff or bool(last & set(guard.backoff))
        return ends and grows and self._for_errors(node, guard, given, effect)

    def _for_errors(self, node: Node, guard: Guard, given: Arguments, effect: Effect) -> bool:
        text = given.named(guard.types) if guard.types else None
        if text is None:
            return not guard.types.startswith("autoretry")
        kinds = [self.hierarchy.type_name(node.path, -1, word) for word in WORDS.findall(text)]
        known = [kind for kind in kinds if kind and not kind.startswith("tenacity.")]
        met = [raised for kind in known for raised in self._replaced.get(kind, ())]
        return not known or any(
            self.hierarchy.catches(kind, raised) or any(self.hierarchy.catches(one, raised) for one in met)
            for kind in known
            for raised in effect.raises or ("Exception",)
        )

    @cached_property
    def _replaced(self) -> dict[str, set[str]]:
        """By type of the project's own: those that handlers catch which raise it, or a kind of it, in their place."""
        found: dict[str, set[str]] = defaultdict(set)
        for path, flow in self.graph.flows.items():
            handlers = [one for guard in flow.guards for one in guard.handlers] if flow.raises else []
            for raised in flow.raises if handlers else ():
                kind = self.hierarchy.type_name(path, raised.scope, raised.type)
                if kind not in self.hierarchy.own:
                    continue
                caught = (text for one in handlers if one.line <= raised.line <= one.last for text in one.types)
                names = {self.hierarchy.type_name(path, raised.scope, text) for text in caught} - {""}
                for above in (kind, *self.hierarchy.ancestors(kind)) if names else ():
                    if above in self.hierarchy.own:
                        found[above] |= names
        return found
