"""What each turn of a loop does beside asking, and how much of it."""

from collections.abc import Iterator, Sequence

from auditor.facts.flow.events import Call, Loop
from auditor.paths.calls.graph import Graph
from auditor.paths.queries.repetition import Repeated

CALLS = 6
STEPS = 2
BELOW = 8
"""A turn of more calls, of more calls to the project's own functions, or with functions of more calls below it is a piece of
work for each element. It asks where it has to, and seldom for all at once.
"""

SLIGHT = frozenset(
    "append bool dict endswith extend float format getattr hasattr int isinstance isoformat items join keys len list lower"
    " max min replace round set sorted split startswith str strftime strip sum tuple upper values zip".split()
)
"""Calls that only put together what is shown: of them a turn may have any number."""


def turn(graph: Graph, one: Repeated) -> Iterator[Call]:
    """The calls that each turn of the loop makes."""
    loops = graph.flows[one.outer.path].loops
    turns = {number for number, loop in enumerate(loops) if loop.line == one.line and loop.scope == one.outer.scope}
    for call in graph.calls.get(one.outer, ()):
        if not turns.isdisjoint(_around(loops, call.loop)):
            yield call


def is_busy(graph: Graph, one: Repeated) -> bool:
    """Whether a turn is a piece of work of which the question is a small part."""
    below = {node for node, _ in one.way[1:]} | ({one.node} if one.way else set())
    if sum(len(graph.calls.get(node, ())) for node in below) > BELOW:
        return True
    calls = tuple(turn(graph, one)) if one.by == "loop" else ()
    own = {edge.call for edge in graph.edges(one.outer) if edge.to is not None and not edge.read}
    works = [call for call in calls if call.target.rpartition(".")[2] not in SLIGHT]
    return len(works) > CALLS or sum(call in own for call in calls) > STEPS


def _around(loops: Sequence[Loop], number: int) -> Iterator[int]:
    while number >= 0:
        yield number
        number = loops[number].parent
