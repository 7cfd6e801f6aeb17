"""Where a name in a scope gets its object from: the turn of a loop, a parameter, an assignment; and the relations between."""

from collections.abc import Iterator
from typing import NamedTuple

from auditor.facts.flow.events import Assign
from auditor.facts.flow.loops import variables
from auditor.paths.calls.graph import Graph
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.asked import Questions

DEPTH = 6


class Origin(NamedTuple):
    """`kind` is `loop` (then `loop` is its number), `climb` (from row to row, in the loop of the number), `parameter`, `made`
    (assigned from a call, on `assign`) or `other`.
    """

    kind: str
    name: str = ""
    path: tuple[str, ...] = ()
    """The relations that lead from there to the object."""
    loop: int = -1
    assign: Assign | None = None


class Origins:
    """Answers for one graph."""

    def __init__(self, graph: Graph, questions: Questions) -> None:
        self.graph = graph
        self.questions = questions
        self._agreed: dict[tuple[str, int, str], bool] = {}

    def around(self, path: str, loop: int) -> Iterator[int]:
        """A loop and those around it, the innermost first."""
        loops = self.graph.flows[path].loops
        while loop >= 0:
            yield loop
            loop = loops[loop].parent

    def of(self, path: str, scope: int, name: str, line: int, loop: int, depth: int = 0) -> Origin:
        """The origin of a name as it is used on a line within a loop (-1: in none)."""
        flow = self.graph.flows[path]
        table = self.graph.symbols.table(path)
        if self._climbed(path, scope, name, loop):
            return Origin("climb", name, (), loop)
        binding = next((n for n in self.around(path, loop) if name in variables(flow.loops[n].target)), -1)
        assigns = [one for one in table.assigns.get((scope, name), ()) if one.line <= line]
        latest = max(assigns, key=lambda one: one.line, default=None)
        if binding >= 0 and (latest is None or latest.line <= flow.loops[binding].line):
            return Origin("loop", name, (), binding)
        if latest is not None:
            return self._assigned(path, scope, name, latest, loop, depth)
        if scope >= 0 and name in self.graph.symbols.signature(Symbol("function", path, scope)).names:
            return Origin("parameter", name)
        return Origin("other", name)

    def _climbed(self, path: str, scope: int, name: str, loop: int) -> bool:
        """`while node: node = node.parent`: each turn stands on what the one before read."""
        if loop < 0 or self.graph.flows[path].loops[loop].kind != "while":
            return False
        assigns = self.graph.symbols.table(path).assigns.get((scope, name), ())
        steps = {(one.line, one.value) for one in assigns if one.value.startswith(f"{name}.")}
        reads = self.graph.reads.get(self.graph.node(path, scope), ()) if steps else ()
        return any(read.loop == loop and (read.line, read.text) in steps for read in reads)

    def agrees(self, path: str, scope: int, origin: Origin) -> bool:
        """Whether a loop's variable is what its name is taken for: two loops of a scope may use one name."""
        if origin.kind != "loop":
            return True
        asked = (path, origin.loop, origin.name)
        if asked not in self._agreed:
            loops = self.graph.symbols.table(path).loops.get((scope, origin.name), ())
            agreed = True
            if len(loops) > 1:
                taken = self.graph.symbols.name(path, scope, origin.name)
                element = self.graph.symbols.element(path, self.graph.flows[path].loops[origin.loop], origin.name)
                agreed = taken is None or element == taken
            self._agreed[asked] = agreed
        return self._agreed[asked]

    def _assigned(self, path: str, scope: int, name: str, assign: Assign, loop: int, depth: int) -> Origin:
        value = assign.value
        if value and value.replace(".", "").replace("_", "").isalnum() and depth < DEPTH:
            root, _, rest = value.partition(".")
            if root == name:
                return Origin("other", name)
            if not rest:
                return self.of(path, scope, root, assign.line, loop, depth + 1)
            found, relations, behind = self.questions.lazy.walk(path, scope, value)
            if relations and not behind:
                inner = self.of(path, scope, found, assign.line, loop, depth + 1)
                return inner._replace(path=(*inner.path, *(one.name for one in relations)))
            return Origin("other", name)
        return Origin("made", name, (), -1, assign)
