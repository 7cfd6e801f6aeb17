"""Of several reads of one thing only the first asks: within a turn, and where rows that are held are gone through again."""

from collections.abc import Iterable, Iterator

from auditor.facts.flow.loops import variables
from auditor.paths.calls.graph import Graph
from auditor.paths.names.gathered import MADE
from auditor.paths.queries.constant import BY_KEY
from auditor.paths.queries.repetition import Repeated

PUTS = frozenset(("append", "add", "appendleft"))
UNSEEN = ("page", "template")
"""What stands in no code: its place is not one of the source."""


def first_reads(graph: Graph, found: Iterable[Repeated]) -> Iterator[Repeated]:
    """All but those that read what was read before."""
    first: dict[object, Repeated] = {}
    read: set[object] = set()
    for one in sorted(_in_turn(found), key=lambda one: one.line):
        again = one.outer, one.source, one.path, one.known
        if one.by == "loop" and one.path:
            if any((one.outer, line, one.path) in read for line in _gathered(graph, one)):
                continue
            read.add((one.outer, one.line, one.path))
        kept = one.by == "loop" and one.source.isidentifier() and one.of in variables(one.element)
        if not kept or not one.path or not (one.question.kind == "one" or one.question.implied):
            yield one
        elif again not in first or _set_between(graph, first[again], one):
            first[again] = one
            yield one
        elif first[again].line == one.line:
            yield one


def weight(one: Repeated) -> tuple[bool, int, str, int]:
    """Of several ways to one question the one that is seen whole, then the shortest, is told."""
    return not one.known, len(one.way), one.outer.path, one.line


def least(several: Iterable[Repeated]) -> Repeated:
    """The one of several ways to one question that is told, with the others that are as sure."""
    first, *rest = sorted(several, key=weight)
    return first._replace(others=tuple(one for one in rest if one.known >= first.known and one.by not in UNSEEN))


def _set_between(graph: Graph, before: Repeated, one: Repeated) -> bool:
    """Whether the name of the rows is given others between two loops."""
    assigns = graph.symbols.table(one.outer.path).assigns.get((one.outer.scope, one.source), ())
    return any(before.line <= assign.line <= one.line for assign in assigns)


def _gathered(graph: Graph, one: Repeated) -> Iterator[int]:
    """The lines of the loops that put the rows together that a loop goes through: `[order for order in orders if ...]`."""
    table, loops = graph.symbols.table(one.outer.path), graph.flows[one.outer.path].loops
    for assign in table.assigns.get((one.outer.scope, one.source), ()) if one.source.isidentifier() else ():
        if assign.line < one.line and MADE.match(assign.text):
            yield assign.line
    for call in graph.called(one.outer.path, PUTS) if one.source.isidentifier() else ():
        here = call.line < one.line and graph.node(one.outer.path, call.scope) == one.outer
        if here and call.target.startswith(f"{one.source}."):
            number = call.loop
            while number >= 0:
                yield loops[number].line
                number = loops[number].parent


def _in_turn(found: Iterable[Repeated]) -> Iterator[Repeated]:
    """All but those that read what the same turn has read before: the object keeps it; what a session may keep is in doubt."""
    first: dict[object, Repeated] = {}
    for one in found:
        read = one.read
        kept = bool(one.way and one.question.model and one.by == "loop" and BY_KEY.search(one.question.text))
        if kept:
            read = one.outer, one.line, one.question.model
        if read is None or (not one.of and one.by == "loop" and not kept):
            yield one
        elif read not in first or _order(one) < _order(first[read]):
            if kept and read in first:
                yield first[read]._replace(known=False)
            first[read] = one
        elif kept:
            yield one._replace(known=False)
    yield from first.values()


def _order(one: Repeated) -> tuple[bool, bool, int, int, int]:
    """Who is seen whole and near comes first, then who is read first in the turn."""
    line = one.way[0][1].call.line if one.way else one.question.line
    return not one.known, len(one.way) > 1, line, len(one.way), one.question.line
