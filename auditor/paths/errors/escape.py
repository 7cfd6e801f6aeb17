"""Which errors each function can let out: raised in it or below it, and caught by nobody on the way.

A work list to the least fixed point over the call graph, so that recursion ends (Kildall, "A unified approach to global
program optimization", 1973).
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from functools import cached_property

from auditor.facts.flow.events import Raise
from auditor.knowledge.values import Effect
from auditor.model.finding import Hop, Location
from auditor.paths.calls.flags import Flags
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.errors.blame import Blame
from auditor.paths.errors.catching import Catching
from auditor.paths.errors.constraints import Constraints
from auditor.paths.errors.dependence import Dependence, Witness
from auditor.paths.errors.figures import is_for_a_figure
from auditor.paths.errors.programs import is_killed, is_named
from auditor.paths.errors.refused import Refused
from auditor.paths.errors.stored import WRITES, Stored
from auditor.paths.errors.streamed import is_streamed
from auditor.paths.names.hierarchy import Hierarchy
from auditor.paths.names.symbol import Symbol

DOUBTFUL = frozenset("ValueError RuntimeError Exception LookupError KeyError".split())
"""Types that may mean either: what the state of things does not allow, or a wrong call."""

MODES = {"convert": "raw", "parse": "sent", "file": "given", "process": "given"}
"""By kind of effect: how closely what the call is given has to come from outside."""
ASKS_BEFORE = re.compile(r"(?:\A|\.)(?:\w*(?:can|allow|may|is)\w*_(?:be_)?delet\w*|exists|count)\Z")
TURNED_OUT = re.compile(r"\.(?:status|status_code|ok|is_success|is_error)\Z")
CALLED = re.compile(r"\(\)")
ARCHIVES = ("zipfile.", "tarfile.", "gzip.")
TO_WRITE = re.compile(r",\s*(?:mode\s*=\s*)?['\"][wax][\w+:|]*['\"]")
"""An archive that is opened to be written is not read, so that it can not be broken."""
FORGIVES = re.compile(r"\berrors\s*=|,\s*['\"](?:ignore|\w*replace|\w+escape)|latin|8859", re.IGNORECASE)
"""By which bytes are made a text whatever they are."""
FARTHEST = 50


class Escapes:
    """The errors that leave every scope. Types are canonical names of the hierarchy."""

    def __init__(self, graph: Graph, outside: Outside, hierarchy: Hierarchy) -> None:
        self.graph = graph
        self.outside = outside
        self.hierarchy = hierarchy
        self.constraints = Constraints(graph, outside)
        self.refused = Refused(graph, outside)
        self.catching = Catching(graph, self.hierarchy)
        self.stored = Stored(graph, self.constraints, self.catching)
        self.flags = Flags(graph)
        self.blame = Blame(graph, outside, self.flags)
        self.by_first: dict[Node, dict[str, Witness]] = defaultdict(dict)
        self.dependence = Dependence(graph, outside, self.by_first)

    @cached_property
    def by_node(self) -> dict[Node, dict[str, Witness]]:
        """For each scope, the types that leave it, each with its first witness in the order of the source."""
        found = self.by_first
        callers = self._callers()
        for node in self.graph.nodes:
            for name, guard, witness in self._sources(node):
                told = found[node].get(name)
                asked = self.catching.asked(node, guard, name) if guard >= 0 else ()
                flags = (*(witness.flags or self.flags.at(node, witness.line)), *asked)
                if (told is None or (told.flags and not flags)) and not self.catching.stopped(node, guard, name):
                    found[node][name] = witness._replace(flags=flags)
        fresh = {node: dict.fromkeys(types) for node, types in found.items() if types}
        """What each scope lets out that its callers have not heard of."""
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

    def _sources(self, node: Node) -> Iterator[tuple[str, int, Witness]]:
        """What begins in a scope itself: its raises, its calls of libraries that are known to raise, keys that may miss."""
        for raised in self.graph.raises.get(node, ()):
            name = self._raised(node, raised)
            reason = self.blame.happens(node, raised, name) if name else None
            if reason is not None:
                yield name, raised.guard, Witness(raised.line, raised.column, None, "", *reason, raised.guard)
        knowledge = self.graph.knowledge
        for call in self.stored.broken(node):
            effect = knowledge.effect(WRITES)
            for name in effect.raises if effect is not None else ():
                yield name, call.guard, Witness(call.line, call.column, None, WRITES, guard=call.guard)
        for edge in self.graph.edges(node):
            call = edge.call
            for error, what, given in self.refused.of(node, edge) if edge.to is None else ():
                yield error, call.guard, Witness(call.line, call.column, None, what, given, "raw", (), call.guard)
            if edge.to is not None or not edge.name:
                continue
            effect = knowledge.effect(edge.name)
            if effect is not None and (effect.raises or effect.also):
                mode = MODES.get(effect.kind)
                looked_up = effect.kind == "query" and effect.outside and not edge.call.target.endswith((".commit", ".flush"))
                asked = call.args if mode is not None or looked_up else ""
                for name in self._let_out(node, edge, effect):
                    if self.catching.helped.stops(node, edge, name):
                        continue
                    yield name, call.guard, Witness(call.line, call.column, None, edge.name, asked, mode or "", (), call.guard)
            answer = knowledge.raised_by(edge.name)
            if answer is not None and (not answer.asked or edge.arguments.get(0, answer.asked) not in (None, "False")):
                yield answer.types[0], call.guard, Witness(call.line, call.column, None, edge.name, guard=call.guard)
        keyed = [read for read in self.graph.reads.get(node, ()) if read.text.endswith("']") and not read.checked]
        for read in keyed if keyed and not self.outside.is_validated(node) else ():
            owner, _, key = read.text.removesuffix("']").partition("['")
            missing = self.outside.key(node, read.scope, owner.removesuffix("()")) if key not in self.outside.always else None
            if missing:
                given = owner if owner.isidentifier() else ""
                what = f"reading {read.text}"
                yield missing, read.guard, Witness(read.line, read.column, None, what, given, "keys", (), read.guard)

    def _let_out(self, node: Node, edge: Edge, effect: Effect) -> Iterator[str]:
        """The types that a library's call lets out in its place."""
        given = edge.arguments.keywords if effect.also and not is_killed(self.graph, node, edge) else {}
        silent, _, said = effect.unless.partition("=")
        if silent and edge.arguments.named(silent) == said:
            return
        for argument, types in effect.also.items():
            keyword, _, value = argument.partition("=")
            if given.get(keyword, "None") != "None" and value in ("", given[keyword]):
                yield from types
        if effect.raises and self._happens(node, edge, effect):
            named = effect.kind != "process" or is_named(self.graph, self.outside, node, edge)
            yield from (name for name in effect.raises if named or name != "OSError")
            if effect.sent and self.outside.of(node, edge, "raw"):
                yield from effect.sent

    def _happens(self, node: Node, edge: Edge, effect: Effect) -> bool:
        """Whether the errors of an effect may arise: those that only input from outside, rows or constraints bring about."""
        if effect.kind == "external" and self._reads_answer(node, edge, effect):
            return False
        if effect.kind == "delete":
            return self._protected(node, edge)
        if any(name.endswith(".IntegrityError") for name in effect.raises):
            return self.constraints.may_break(node, edge)
        if effect.kind == "parse" and effect.service and (self._looked_at(node) or self._comes_looked_at(node, edge)):
            return False
        if effect.kind == "file":
            return self.outside.named(node, edge)
        if edge.name.startswith(ARCHIVES) and TO_WRITE.search(edge.call.args):
            return False
        if edge.name.endswith(".decode") and FORGIVES.search(edge.call.args):
            return False
        if effect.kind == "query" and is_for_a_figure(self.graph, node, edge):
            return False
        if not effect.outside:
            return True
        return self.outside.of(node, edge, MODES.get(effect.kind, ""))

    def _reads_answer(self, node: Node, edge: Edge, effect: Effect) -> bool:
        """Whether a call is made on what a call of the same kind gave, and reaches no other machine again: `es.search().get`."""
        before, knowledge = edge.name.rpartition(".")[0], self.graph.knowledge
        if not before.rpartition(".")[2].islower() or knowledge.effect(before) is not effect:
            return False
        owner = self.graph.symbols.chain(node.path, edge.call.scope, edge.call.target.rpartition(".")[0])
        if owner is None or owner.kind != "external":
            return True
        made = (owner.name[: called.start()] for called in CALLED.finditer(owner.name))
        return any(knowledge.effect(name) is effect for name in made)

    def _looked_at(self, node: Node) -> bool:
        """Whether a scope looks at how an answer turned out before it reads it."""
        asked = any(name.endswith("raise_for_status") for name in self.graph.targets(node))
        return asked or any(TURNED_OUT.search(read.text) for read in self.graph.reads.get(node, ()))

    def _comes_looked_at(self, node: Node, edge: Edge, depth: int = 0) -> bool:
        """Whether an answer comes from a function of the project that looks at how it turned out before it hands it on."""
        assigns = self.graph.symbols.table(node.path).assigns.get((edge.call.scope, edge.call.target.partition(".")[0]), ())
        starts = {edge.call.start, *(assign.start for assign in assigns)}
        for before in self.graph.edges(node):
            helper = before.to if before.call.start in starts and not before.read else None
            if helper is not None and helper != node and (self._looked_at(helper) or self._asks_anew(helper, depth)):
                return True
        return False

    def _asks_anew(self, helper: Node, depth: int) -> bool:
        """Whether a function only hands on what another one has asked for and looked at."""
        edges = (edge for edge in self.graph.edges(helper) if edge.to is not None and not edge.read)
        return depth < 1 and any(self._looked_at(edge.to) for edge in edges if edge.to is not None)

    def _protected(self, node: Node, edge: Edge) -> bool:
        """Whether rows of other tables keep the one that is deleted."""
        symbols = self.graph.symbols
        model = edge.model
        if model is None:
            receiver = edge.call.target.rpartition(".")[0]
            model = symbols.chain(node.path, edge.call.scope, receiver) if receiver else None
        if model is None or not symbols.classes.is_model(model):
            return False
        line = edge.call.line
        for call in self.graph.calls.get(node, ()):
            if ASKS_BEFORE.search(call.target) or (call.line < line and call.target.endswith((".delete", ".update"))):
                return False
        reverse = symbols.relations.reverse.get(model.as_("class"), {})
        return any(relation.protects and relation.target != model.as_("class") for relation in reverse.values())

    def _raised(self, node: Node, raised: Raise) -> str:
        """The type that a `raise` lets out; empty where it is a parameter's or nobody can say."""
        if raised.type.isidentifier() and raised.type in self.graph.symbols.signature(Symbol("function", *node)).names:
            return ""
        return self.hierarchy.type_name(node.path, raised.scope, raised.type)

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
