"""What runs only in some turns of a loop: the one that finds what it looks for, or those that end the loop."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Case
from auditor.facts.flow.loops import variables
from auditor.paths.calls.graph import Graph
from auditor.paths.queries.repetition import Repeated

AND = re.compile(r"\s+and\s+")
EQUAL = re.compile(r"\s==\s")
CHAIN = re.compile(r"\(*(?P<root>[a-z_]\w*)(?:\.\w+(?:\(\))?|\[[^\]]*\])*\)*")
"""A name that is no constant, and what is read of it."""
SIDES = ("left", "right")
SHARED = re.compile(
    r"(?:\A|[._])(?:status|state|type|kind|level|category|role|mode|source|action|method|lang(?:uage)?|locale|year|month|day|date"
    r"|weekday|parent(?:_id)?|group(?:_id)?|owner(?:_id)?|__class__|active|enabled|currency|country|version|size|count|len)\W*\Z"
)
"""What many elements have in common."""


class Cases:
    """The cases of one graph's files by the loop that they stand in, remembered."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._ends: dict[str, dict[int, list[Case]]] = {}

    def is_last(self, path: str, number: int, line: int) -> bool:
        """Whether a line of a loop stands where the loop is left behind: `if order.number == number: ... break`."""
        if path not in self._ends:
            found: dict[int, list[Case]] = {}
            for case in self.graph.flows[path].cases:
                if case.ends:
                    found.setdefault(case.loop, []).append(case)
            self._ends[path] = found
        return any(case.first <= line <= case.last for case in self._ends[path].get(number, ()))


def cases(graph: Graph, one: Repeated) -> Iterator[Case]:
    """What has to hold in a turn so that it asks, as far as it stands in the function with the loop."""
    flow = graph.flows[one.outer.path]
    line = one.way[0][1].call.line if one.way else one.question.line
    for case in flow.cases:
        if case.scope == one.outer.scope and one.line < case.first <= line <= case.last:
            yield case


def is_picked(graph: Graph, one: Repeated) -> bool:
    """Whether only the turn asks whose element is the one that is looked for: `if setting.principal == principal`."""
    loops = [loop for loop in graph.flows[one.outer.path].loops if loop.line == one.line and loop.scope == one.outer.scope]
    turned = {name for loop in loops for name in variables(loop.target)}
    names = (name for case in cases(graph, one) for name in _sought(case.asked, turned)) if turned else ()
    return any(_is_settled(graph, one, name) for name in names)


def _sought(asked: str, turned: set[str]) -> Iterator[str]:
    """The names that a condition compares with what is the turn's own."""
    for part in AND.split(asked) if " or " not in asked else ():
        sides = [match for side in EQUAL.split(part) if (match := CHAIN.fullmatch(side.strip()))]
        if len(sides) == len(SIDES):
            own, other = sorted(sides, key=lambda side: side["root"] not in turned)
            if own["root"] in turned and other["root"] not in turned and not SHARED.search(own.group()):
                yield other["root"]


def _is_settled(graph: Graph, one: Repeated, name: str) -> bool:
    """Whether a name means the same in all turns: neither a loop nor a turn gives it its value."""
    table = graph.symbols.table(one.outer.path)
    assigns = table.assigns.get((one.outer.scope, name), ())
    return not table.loops.get((one.outer.scope, name)) and all(assign.line < one.line for assign in assigns)
