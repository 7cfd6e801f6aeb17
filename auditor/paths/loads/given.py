"""What names stand for: what is assigned to them, put into them one by one, handed over by callers or set on them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign, Loop
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.loads.answers import Answers
from auditor.paths.loads.loading import NOTHING, UNKNOWN, Loads, Path, of_call
from auditor.paths.names.gathered import BY_KEY, KEYED, MOST, SET, SPREAD
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.turns import seen_by
from auditor.paths.written.arguments import arguments

MOST_CALLERS = 12
EMPTY = frozenset(("[]", "{}", "set()", "list()", "dict()", "deque()", "()"))
GATHERED = re.compile(r"(?:[\[({]|\{[^{}:]+:)\s*(?P<head>[A-Za-z_][\w.]*)\s+(?:async\s+)?for\s")
"""A list of rows, or a dictionary that keeps them: `{order.pk: order for order in orders}`."""

Callers = Mapping[Node, list[tuple[Node, Edge]]]
Expression = Callable[[str, int, str, int, str, int], Loads]
"""Says what came with an expression: file, scope, its text in short, where it begins, its text, and how deep this is."""


class Given:
    """Answers for the names of a graph. What expressions give is asked of `expression`, which follows them back."""

    def __init__(self, graph: Graph, callers: Callers, answers: Answers, expression: Expression) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.callers = callers
        self.answers = answers
        self.expression = expression

    def _written(self, path: str, scope: int, raw: str, depth: int) -> Loads:
        return self.expression(path, scope, elided(raw.encode()), -1, raw, depth + 1)

    def assigned(self, path: str, assigns: list[Assign], depth: int = 0) -> Loads:
        """What came with what is assigned, of all assignments together."""
        loads = NOTHING
        for assign in assigns:
            raw = assign.text
            text = assign.value or elided(raw.encode())
            gathered = GATHERED.match(assign.text) or SPREAD.match(assign.text)
            if gathered:
                loads = loads.either(self._written(path, assign.scope, gathered[1], depth))
            elif (text in EMPTY and not self._is_given(path, assign)) or raw in EMPTY or BY_KEY.match(raw or text):
                added = self._added(path, assign, depth)
                if added is not None:
                    loads = loads.either(added)
                elif len(assigns) == 1:
                    # What is put under keys, `found[order.pk] = order`, is seen by nobody: nothing is said of such rows.
                    loads = UNKNOWN._replace(plain=raw in ("{}", "dict()"))
            elif text and text != "None":
                loads = loads.either(self.expression(path, assign.scope, text, assign.start, assign.text, depth + 1))
        return loads

    def _is_given(self, path: str, assign: Assign) -> bool:
        """Whether `list()` is short for `list(order.lines.all())`."""
        return any(call.args for call in self.symbols.table(path).at.get(assign.start, ()))

    def _added(self, path: str, assign: Assign, depth: int) -> Loads | None:
        """What is put one by one into a list or a dictionary that begins empty; None where nothing is."""
        loads: Loads | None = None
        puts = self.symbols.lookup.gathered.puts(path)
        for put in (one for behind in ("", *KEYED, SET) for one in puts.get((assign.scope, assign.target + behind), ())[:MOST]):
            one = self._written(path, assign.scope, put.text, depth)
            loads = one if loads is None else loads.either(one)
        return loads

    @cached_property
    def _set(self) -> dict[tuple[str, int, str], frozenset[Path]]:
        """By name in a scope: the attributes that the scope sets on it itself, or on what it leads to."""
        found: dict[tuple[str, int, str], set[Path]] = defaultdict(set)
        again: list[tuple[tuple[str, int, str], Path, Path]] = []
        for path, flow in self.graph.flows.items():
            for assign in flow.assigns:
                name, *attributes = assign.target.split(".")
                if attributes and assign.target.replace(".", "").isidentifier():
                    found[path, assign.scope, name].add(tuple(attributes))
                    if assign.value.startswith(f"{name}."):
                        again.append(((path, assign.scope, name), tuple(attributes), tuple(assign.value.split(".")[1:])))
        for asked, target, value in again:
            # `line.variant.item = line.item`: what was set on the one is set on the other, which is the same.
            found[asked] |= {(*target, *one[len(value) :]) for one in found[asked] if one[: len(value)] == value}
        return {asked: frozenset(paths) for asked, paths in found.items()}

    def set_on(self, path: str, scope: int, name: str) -> Loads:
        """The attributes that a scope sets on what a name stands for: `line.order`, `line.order.customer`."""
        paths = self._set.get((path, scope, name), frozenset())
        return Loads(frozenset(one for one in paths if len(one) > 1), same=frozenset(one[0] for one in paths if len(one) == 1))

    def element(self, path: str, loop: Loop, depth: int = 0) -> Loads:
        """What came with the elements that a loop goes through; an object of the project says by `__iter__` what these are."""
        own = self.symbols.chain(path, loop.scope, loop.source) if loop.source.replace(".", "").isidentifier() else None
        if own is not None and own.kind == "instance" and own.path and self.symbols.member(own, "__iter__") is not None:
            return self.expression(path, loop.scope, f"{loop.source}.__iter__()", -1, "", depth + 1)
        return self.expression(path, loop.scope, loop.source, loop.start, loop.text, depth + 1)

    def turn(self, path: str, loop: Loop, name: str, depth: int = 0) -> Loads:
        """What came with what a loop hands out under one of its names."""
        part = self.symbols.lookup.gathered.part(path, loop, name) if "," in loop.target else ""
        if part:
            return self._written(path, loop.scope, part, depth)
        return self.element(path, seen_by(loop, name), depth)

    def name(self, path: str, scope: int, name: str, depth: int = 0) -> Loads:
        """What came with what a name stands for, inside a scope."""
        return self.answers.once((path, scope, f"={name}", -1), lambda: self._named(path, scope, name, depth), depth)

    def _named(self, path: str, scope: int, name: str, depth: int) -> Loads:
        table = self.symbols.table(path)
        definitions = self.graph.files[path].definitions
        while True:
            parameter = scope >= 0 and name in self.symbols.signature(Symbol("function", path, scope)).names
            assigns, loops = table.assigns.get((scope, name)), table.loops.get((scope, name))
            if assigns or loops or parameter:
                loads = self.assigned(path, assigns, depth) if assigns else NOTHING
                if loops:
                    for loop in loops:
                        loads = loads.either(self.turn(path, loop, name, depth))
                elif parameter and not assigns:
                    loads = self.parameter(Node(path, scope), name, depth)
                elif parameter and assigns and all(one.value.startswith(f"{name}.") for one in assigns):
                    # `rows = rows.order_by("pk")`: what was handed over, and all that was done to it.
                    given = self.parameter(Node(path, scope), name, depth)
                    values = any(".values" in one.value for one in assigns)
                    loads = given | loads._replace(plain=values)
                return loads | self._loaded_later(path, scope, name)
            if scope < 0:
                return UNKNOWN if self.symbols.name(path, scope, name) is None else Loads()
            scope = definitions[scope].parent

    def _loaded_later(self, path: str, scope: int, name: str) -> Loads:
        """`prefetch_related_objects(orders, "lines")`."""
        loads = Loads()
        for call in self.graph.calls.get(self.graph.node(path, scope), ()):
            if call.target.endswith("prefetch_related_objects") and arguments(call.args).get(0) == name:
                loads |= of_call("prefetch_related_objects", call.args)
        return loads

    def parameter(self, node: Node, name: str, depth: int = 0) -> Loads:
        """What all callers hand over for a parameter; unknown where nobody calls."""
        loads: Loads | None = None
        for path, scope, text in self._handed(node, name):
            given = self._written(path, scope, text, depth) if text else UNKNOWN
            loads = given if loads is None else loads.common(given)
        return loads if loads is not None else UNKNOWN

    def _handed(self, node: Node, name: str) -> Iterator[tuple[str, int, str]]:
        signature = self.symbols.signature(Symbol("function", *node))
        if name not in signature.names:
            return
        bound = self.symbols.owner(*node) is not None and signature.first in ("self", "cls")
        place = signature.names.index(name) - bound
        for caller, edge in self.callers.get(node, ())[:MOST_CALLERS]:
            if place < 0:
                yield caller.path, edge.call.scope, edge.call.target.rpartition(".")[0]
            elif not edge.read:
                yield caller.path, edge.call.scope, edge.arguments.get(place, name) or ""
