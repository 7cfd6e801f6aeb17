"""Which errors each function can let out: raised in it or below it, and caught by nobody on the way.

A work list to the least fixed point over the call graph, so that recursion ends (Kildall, "A unified approach to global
program optimization", 1973).
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.facts.flow.events import Raise
from auditor.knowledge.values import Effect
from auditor.model.finding import Hop, Location
from auditor.paths.catching import Catching
from auditor.paths.constraints import Constraints
from auditor.paths.graph import Edge, Graph, Node
from auditor.paths.hierarchy import Hierarchy
from auditor.paths.outside import Outside
from auditor.paths.symbols import Symbol

MISUSE = frozenset(
    (
        "TypeError AttributeError AssertionError NotImplementedError NameError IndexError StopIteration "
        "django.core.exceptions.ImproperlyConfigured"
    ).split()
)
"""Types by which code tells its callers that they are wrong: only input from outside makes a failure of a request of them."""
DOUBTFUL = frozenset("ValueError RuntimeError Exception LookupError KeyError".split())
"""Types that may mean either: what the state of things does not allow, or a wrong call."""
CHECKS_CODE = re.compile(r"\b(?:isinstance|issubclass|callable|hasattr|type|kwargs|args)\b|__\w+__")
CHECKS_BY_NAME = re.compile(r"_?(?:assert|ensure_is|check_type|verify_is)_")
WIDELY = 6
"""A function with more callers than this is a helper of all, and such a type there tells of a wrong call."""


class Witness(NamedTuple):
    """Where an error comes from, one step down: the line of the call or raise, and the scope or name that lets it out."""

    line: int
    column: int
    below: Node | None
    name: str
    """What raises it, where nothing of the project stands below: `requests.get`, or empty for the function's own raise."""


class Escapes:
    """The errors that leave every scope. Types are canonical names of the hierarchy."""

    def __init__(self, graph: Graph, outside: Outside, hierarchy: Hierarchy) -> None:
        self.graph = graph
        self.outside = outside
        self.hierarchy = hierarchy
        self.constraints = Constraints(graph)
        self.catching = Catching(graph, self.hierarchy)

    @cached_property
    def by_node(self) -> dict[Node, dict[str, Witness]]:
        """For each scope, the types that leave it, each with its first witness in the order of the source."""
        found: dict[Node, dict[str, Witness]] = defaultdict(dict)
        callers = self._callers()
        waiting: deque[Node] = deque()
        for node in self.graph.nodes:
            for name, guard, witness in self._sources(node):
                if name not in found[node] and not self.catching.stopped(node, guard, name):
                    found[node][name] = witness
            if found[node]:
                waiting.append(node)
        while waiting:
            node = waiting.popleft()
            leaving = {name for name in found[node] if not self.catching.by_decorator(node, name)}
            for caller, edge in callers.get(node, ()):
                if self._carry(leaving, caller, edge, found[caller]):
                    waiting.append(caller)
        return {node: types for node, types in found.items() if types}

    def leaving(self, node: Node) -> dict[str, Witness]:
        """What leaves a scope with its decorators around it."""
        types = self.by_node.get(node, {})
        return {name: witness for name, witness in types.items() if not self.catching.by_decorator(node, name)}

    def _callers(self) -> dict[Node, list[tuple[Node, Edge]]]:
        callers: dict[Node, list[tuple[Node, Edge]]] = defaultdict(list)
        for node in self.graph.nodes:
            for edge in self.graph.edges(node):
                if edge.to is not None and not edge.later:
                    callers[edge.to].append((node, edge))
            for wrapper in self.catching.wrappers(node):
                callers[wrapper.node].append((node, wrapper.edge))
        return callers

    def _carry(self, below: set[str], caller: Node, edge: Edge, above: dict[str, Witness]) -> bool:
        grown = False
        for name in below:
            if name not in above and not self.catching.stopped(caller, edge.call.guard, name):
                above[name] = Witness(edge.call.line, edge.call.column, edge.to, "")
                grown = True
        return grown

    def _sources(self, node: Node) -> Iterator[tuple[str, int, Witness]]:
        """What begins in a scope itself: its raises, its calls of libraries that are known to raise, keys that may miss."""
        for raised in self.graph.raises.get(node, ()):
            name = self._raised(node, raised)
            if name:
                yield name, raised.guard, Witness(raised.line, raised.column, None, "")
        knowledge = self.graph.knowledge
        for edge in self.graph.edges(node):
            if edge.to is not None or not edge.name:
                continue
            call = edge.call
            effect = knowledge.effect(edge.name)
            if effect is not None and effect.raises and self._happens(node, edge, effect):
                for name in effect.raises:
                    yield name, call.guard, Witness(call.line, call.column, None, edge.name)
            answered = knowledge.raised_by(edge.name)
            if answered:
                yield answered, call.guard, Witness(call.line, call.column, None, edge.name)
        for read in self.graph.reads.get(node, ()):
            if read.text.endswith("']") and not read.checked:
                missing = self.outside.missing(node, read.scope, read.text.partition("[")[0].removesuffix("()"))
                if missing:
                    yield missing, read.guard, Witness(read.line, read.column, None, f"reading {read.text}")

    def _happens(self, node: Node, edge: Edge, effect: Effect) -> bool:
        """Whether the errors of an effect may arise: those that only input from outside, rows or constraints bring about."""
        if effect.kind == "delete":
            return self._protected(node, edge)
        if any(name.endswith(".IntegrityError") for name in effect.raises):
            return self.constraints.may_break(node, edge)
        if not effect.outside:
            return True
        return self.outside.raw(node, edge) if effect.kind == "convert" else self.outside.of(node, edge)

    def _protected(self, node: Node, edge: Edge) -> bool:
        """Whether rows of other tables keep the one that is deleted."""
        symbols = self.graph.symbols
        model = edge.model
        if model is None:
            receiver = edge.call.target.rpartition(".")[0]
            model = symbols.chain(node.path, edge.call.scope, receiver) if receiver else None
        if model is None or not symbols.members.is_model(model):
            return False
        reverse = symbols.members.relations.reverse.get(model.as_("class"), {})
        return any(relation.protects for relation in reverse.values())

    def _raised(self, node: Node, raised: Raise) -> str:
        """The type that a `raise` lets out; empty where it is a parameter's, or says that the caller's code is wrong."""
        if raised.type.isidentifier() and raised.type in self.graph.symbols.signature(Symbol("function", *node)).names:
            return ""
        name = self.hierarchy.type_name(node.path, raised.scope, raised.type)
        if name in MISUSE and not self._asked_of_outside(node, raised):
            return ""
        if name in DOUBTFUL and not self._asked_of_outside(node, raised) and not self._left_over(node, raised):
            misuse = not raised.condition or CHECKS_CODE.search(raised.condition) is not None
            misuse = misuse or CHECKS_BY_NAME.match(self.graph.name(node).rpartition(".")[2]) is not None
            if misuse or len(self.graph.callers.get(node, ())) > WIDELY:
                return ""
        return name

    def _left_over(self, node: Node, raised: Raise) -> bool:
        """Whether a raise without a condition is what is left for input that no branch before it took."""
        if raised.condition:
            return False
        names = self.graph.symbols.signature(Symbol("function", *node)).names
        return any(self.outside.missing(node, raised.scope, name) is not None for name in names if name not in ("self", "cls"))

    def _asked_of_outside(self, node: Node, raised: Raise) -> bool:
        asked = bool(raised.condition) and not CHECKS_CODE.search(raised.condition)
        return asked and self.outside.missing(node, raised.scope, raised.condition) is not None

    def path(self, node: Node, name: str) -> tuple[Hop, ...]:
        """The way of an error from a scope down to where it is raised, a hop a call; at most fifty."""
        hops: list[Hop] = []
        here: Node | None = node
        while here is not None and len(hops) < 50:
            witness = self.by_node.get(here, {}).get(name)
            if witness is None:
                break
            place = Location(here.path, witness.line, witness.column)
            who = self.graph.name(here)
            if witness.below is not None:
                hops.append(Hop(place, f"{who} calls {self.graph.name(witness.below)}"))
            else:
                what = f"{witness.name} raises" if witness.name else "raises"
                hops.append(Hop(place, f"{who}: {what} {name.rpartition('.')[2]}"))
            here = witness.below
        return tuple(hops)
