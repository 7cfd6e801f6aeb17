"""What makes it doubtful that an error of the project's own is met, though nothing on the way rules it out."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from auditor.paths.calls.edge import Edge
from auditor.paths.calls.graph import Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.errors.beforehand import Beforehand
from auditor.paths.errors.dependence import Witness
from auditor.paths.errors.dispatch import Dispatch
from auditor.paths.errors.elsewhere import is_answered_elsewhere, is_foreign
from auditor.paths.errors.escape import Escapes
from auditor.paths.errors.few import Few
from auditor.paths.names.symbol import Symbol

READ = re.compile(r"(?<![\w.])(\w+)\.(\w+)(?![\w(])")
GONE = re.compile(r"(?:NotExists?|NotFound|Missing)(?:Error|Exception)?\Z")
MAKES = re.compile(r"_*(?:create|add|insert|make|copy|clone|store)(?:_|\Z)")
LOOKS_UP = re.compile(r"_*(?:get|find|fetch|load|read|need|require)(?:_|\Z)")
PERIODIC = re.compile(r"periodic|crontab", re.IGNORECASE)
COMMON = 6
"""What a helper raises that so many entry points call, and none of them answers for, tells of a wrong call."""
Steps = Sequence[tuple[Node, Witness]]


class Doubts:
    """Answers for one graph, about the ways of errors that are told."""

    def __init__(self, escapes: Escapes, ways: Sequence[Steps]) -> None:
        self.escapes = escapes
        self.graph = escapes.graph
        self.dispatch = Dispatch(escapes.graph)
        self.few = Few(escapes.graph)
        self.beforehand = Beforehand(escapes)
        self._ends = Counter(_place(steps) for steps in ways)

    def any(self, entry: EntryPoint, steps: Steps, error: str) -> bool:
        """Whether much speaks against it: many stand on the helper, it is made of a whole object, or it is asked before."""
        unsure = any(self.escapes.catching.is_unsure(node, witness.guard) for node, witness in steps)
        if unsure or is_answered_elsewhere(self.graph, steps):
            return True
        if steps[-1][1].name:
            return self.is_repeated(entry) or (error == "OSError" and self._is_partly_answered(steps))
        if is_foreign(self.escapes.hierarchy, error) or self._is_of_few(entry, steps) or self.beforehand.any(entry, steps, error):
            return True
        if len(steps) < 2:
            return False
        common = self._ends[_place(steps)] > COMMON
        asked = self.dispatch.excludes(steps) or self._asks_the_same(steps)
        return common or self._is_spread(steps) or asked or self._is_just_made(steps, error)

    def _is_of_few(self, entry: EntryPoint, steps: Steps) -> bool:
        """Whether a raise compares what the framework lets through for a handler only as one of a few."""
        node, witness = steps[-1]
        raised = next((one for one in self.graph.raises.get(node, ()) if one.line == witness.line), None)
        return raised is not None and self.few.decides(entry.node, raised)

    def _is_partly_answered(self, steps: Steps) -> bool:
        """Whether somebody on the way answers where a file is not there: seldom does anything else happen to one."""
        hierarchy, guards = self.escapes.hierarchy, self.graph.flows
        for node, witness in steps:
            at = witness.guard
            while at >= 0:
                around = guards[node.path].guards[at]
                if any("OSError" in hierarchy.ancestors(kind) for one in around.handlers for kind in one.types):
                    return True
                at = around.parent
        return False

    def is_repeated(self, entry: EntryPoint) -> bool:
        """Whether a task needs nothing, and something periodic beside it sends it off: one that failed is soon tried anew."""
        names = self.graph.symbols.signature(Symbol("function", *entry.node)).names if entry.node.scope >= 0 else ()
        if entry.kind != "task" or set(names) - {"self", "cls"}:
            return False
        own = self.graph.definition(entry.node)
        others = (one for one in self.graph.files[entry.node.path].definitions if one is not own)
        return any(PERIODIC.search(text) for one in others for text in one.decorators)

    def _is_just_made(self, steps: Steps, error: str) -> bool:
        """Whether what is missing is looked up by a function that has just made it: `create` ends with `return self.get(key)`."""
        if not GONE.search(error):
            return False
        names = [self.graph.name(node).rpartition(".")[2] for node, _ in steps[1:]]
        return any(MAKES.match(one) and LOOKS_UP.match(other) for one, other in pairwise(names))

    def _is_spread(self, steps: Steps) -> bool:
        """Whether what raises is given a mapping with unknown keys: `Order(**body.model_dump())`."""
        edge = self._edge(*steps[-2])
        return edge is not None and edge.arguments.spread

    def _asks_the_same(self, steps: Steps) -> bool:
        """Whether the caller looks at what decides about the raise: `if order.paid: ...`, then `pay(order)`."""
        (caller, call), (node, witness) = steps[-2], steps[-1]
        edge = self._edge(caller, call)
        condition = next((one.condition for one in self.graph.raises.get(node, ()) if one.line == witness.line), "")
        names = self.graph.symbols.signature(Symbol("function", *node)).names if node.scope >= 0 else ()
        if edge is None or not condition:
            return False
        method = names[:1] in (("self",), ("cls",))
        reads = {read.text for read in self.graph.reads.get(caller, ()) if read.line <= call.line}
        for owner, attribute in READ.findall(condition):
            if method and owner == names[0]:
                given = edge.call.target.rpartition(".")[0]
            else:
                given = (edge.arguments.get(names.index(owner) - method, owner) or "") if owner in names else ""
            if given and f"{given}.{attribute}" in reads:
                return True
        return False

    def _edge(self, node: Node, witness: Witness) -> Edge | None:
        return next((e for e in self.graph.edges(node) if e.to == witness.below and e.call.line == witness.line), None)


def _place(steps: Steps) -> tuple[Node, int]:
    """Where an error begins."""
    return steps[-1][0], steps[-1][1].line
