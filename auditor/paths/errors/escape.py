"""Which errors each function can let out: raised in it or below it, and caught by nobody on the way.

A work list to the least fixed point over the call graph, so that recursion ends (Kildall, "A unified approach to global
program optimization", 1973).
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from functools import cached_property

from auditor.model.finding import Hop, Location
from auditor.paths.calls.flags import Flags
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.errors.begun import Begun
from auditor.paths.errors.blame import Blame
from auditor.paths.errors.catching import Catching
from auditor.paths.errors.constraints import Constraints
from auditor.paths.errors.dependence import Dependence, Witness
from auditor.paths.errors.streamed import is_streamed
from auditor.paths.names.hierarchy import Hierarchy

FARTHEST = 50


class Escapes:
    """The errors that leave every scope. Types are canonical names of the hierarchy."""

    def __init__(self, graph: Graph, outside: Outside, hierarchy: Hierarchy) -> None:
        self.graph = graph
        self.outside = outside
        self.hierarchy = hierarchy
        self.constraints = Constraints(graph, outside)
        self.catching = Catching(graph, self.hierarchy)
        self.flags = Flags(graph)
        self.begun = Begun(graph, outside, self.catching, self.constraints, Blame(graph, outside, self.flags))
        self.by_first: dict[Node, dict[str, Witness]] = defaultdict(dict)
        self.dependence = Dependence(graph, outside, self.by_first)

    @cached_property
    def by_node(self) -> dict[Node, dict[str, Witness]]:
        """For each scope, the types that leave it, each with its first witness in the order of the source."""
        found = self.by_first
        callers = self._callers()
        for node in self.graph.nodes:
            for name, guard, witness in self.begun.of(node):
                told = found[node].get(name)
                asked = self.catching.asked(node, guard, name) if guard >= 0 else ()
                flags = (*(witness.flags or self.flags.at(node, witness.line)), *asked)
                if (told is None or (told.flags and not flags)) and not self.catching.stopped(node, guard, name):
                    found[node][name] = witness._replace(flags=flags)
        # What each scope lets out that its callers have not heard of.
        fresh = {node: dict.fromkeys(types) for node, types in found.items() if types}
        waiting = deque(fresh)
        while waiting:
            node = waiting.popleft()
            leaving = [name for name in fresh.pop(node) if not self.catching.by_decorator(node, name)]
            for caller, edge in callers.get(node, ()):
                for name in self._carry(leaving, caller, edge, found[caller]):
                    if caller not in fresh:
                        waiting.append(caller)
                    fresh.setdefault(caller, {})[name] = None
        return {node: types for node, types in found.items() if types}

    def leaving(self, node: Node) -> dict[str, Witness]:
        """What leaves a scope with its decorators around it."""
        types = self.by_node.get(node, {}).items()
        return {name: witness for name, witness in types if not self.catching.by_decorator(node, name)}

    def _callers(self) -> dict[Node, list[tuple[Node, Edge]]]:
        callers: dict[Node, list[tuple[Node, Edge]]] = defaultdict(list)
        for node in self.graph.nodes:
            for edge in self.graph.edges(node):
                if edge.to is not None and not edge.later and not is_streamed(self.graph, node, edge):
                    callers[edge.to].append((node, edge))
            for wrapper in self.catching.wrappers(node):
                callers[wrapper.node].append((node, wrapper.edge))
        return callers

    def _carry(self, below: list[str], caller: Node, edge: Edge, above: dict[str, Witness]) -> list[str]:
        """Which errors of a callee come out of its caller by a way that was not known."""
        carried = []
        for name in below:
            if name in above and not self._gives_way(caller, edge, name):
                continue
            flags = self._flags(caller, edge, name)
            if flags is None or (name in above and flags):
                continue
            text = self.dependence.hands_over(caller, edge, name)
            if text is None:
                continue
            if not (self.catching.stopped(caller, edge.call.guard, name) or self.catching.helped.stops(caller, edge, name)):
                mode = self.by_first[edge.to][name].mode if edge.to is not None and text else ""
                above[name] = Witness(edge.call.line, edge.call.column, edge.to, "", text, mode, flags, edge.call.guard)
                self.dependence.forget(caller, name)
                carried.append(name)
        return carried

    def _flags(self, caller: Node, edge: Edge, name: str) -> tuple[str, ...] | None:
        """What the caller's own callers have to give for an error of a callee to come out of it; None where it never does."""
        asked = self.by_first[edge.to][name].flags if edge.to is not None else ()
        handed = self.flags.handed(caller, edge, asked) if asked else ()
        if handed is None:
            return None
        again = self.catching.asked(caller, edge.call.guard, name) if edge.call.guard >= 0 else ()
        return tuple(dict.fromkeys((*self.flags.at(caller, edge.call.line), *handed, *again)))

    def _gives_way(self, caller: Node, edge: Edge, name: str) -> bool:
        """Whether what a caller lets out itself depends on its own callers, so that what comes from below says more."""
        witness = self.by_first[caller][name]
        depends = witness.flags or (witness.text and caller not in self.outside.filled and self.dependence.given(caller, name))
        if edge.to is None or not depends:
            return False
        here, hops = edge.to, 0
        below = self.by_first[here][name]
        while below.below is not None and hops < FARTHEST:
            if below.below == caller:
                return False
            here, hops = below.below, hops + 1
            below = self.by_first[here][name]
        return bool(witness.flags) or not self.dependence.given(here, name)

    def steps(self, node: Node, name: str) -> Iterator[tuple[Node, Witness]]:
        """The way of an error from a scope to where it begins: each scope and what lets the error out of it; at most fifty."""
        here: Node | None = node
        for _ in range(FARTHEST):
            witness = self.by_node.get(here, {}).get(name) if here is not None else None
            if here is None or witness is None:
                return
            yield here, witness
            here = witness.below

    def source(self, node: Node, name: str) -> tuple[Node, Witness, int]:
        """Where an error that leaves a scope begins: the scope, what raises it there, and how many hops away that is."""
        steps = tuple(self.steps(node, name))
        return (*steps[-1], len(steps))

    def path(self, node: Node, name: str) -> tuple[Hop, ...]:
        """The way of an error from a scope down to where it is raised, a hop a call."""
        hops: list[Hop] = []
        for here, witness in self.steps(node, name):
            place = Location(here.path, witness.line, witness.column)
            who = self.graph.name(here)
            if witness.below is not None:
                hops.append(Hop(place, f"{who} calls {self.graph.name(witness.below)}"))
            else:
                what = f"{witness.name} raises" if witness.name else "raises"
                hops.append(Hop(place, f"{who}: {what} {name.rpartition('.')[2]}"))
        return tuple(hops)
