"""One walk for all node rules of a file, over no more of it than they asked for."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

import libcst as cst
from tree_sitter import Node

from auditor.facts.order import TREE_KINDS
from auditor.facts.region import Region, Unparsed, cut, spans
from auditor.facts.screen import Sheet
from auditor.model.finding import Finding
from auditor.model.snapshot import Crashed, Skipped
from auditor.rule.ask import ask
from auditor.rule.plan import AnyNodeRule, Plan


def walk(sheet: Sheet, plan: Plan) -> Iterator[Finding | Skipped | Crashed]:
    """Parses what the rules want and asks each of them about its nodes. What libcst refuses comes back as Skipped."""
    wanted: dict[tuple[str, int, int], list[AnyNodeRule]] = defaultdict(list)
    asked: list[tuple[Node, str]] = []
    for kind, place, rule in plan.wanted(sheet):
        wanted[kind, place.start_byte, place.end_byte].append(rule)
        asked.append((place, rule.reach))
    within = _Within(sheet)
    for span in spans(sheet, asked):
        try:
            region = cut(sheet, span)
        except Unparsed as error:
            yield Skipped(sheet.facts.path, str(error))
            continue
        for rule, node in _meetings(sheet, region, plan, wanted, within):
            yield from ask(rule, partial(rule.check, node, region), sheet.facts.path, region.location(node).line)


def _meetings(
    sheet: Sheet, region: Region, plan: Plan, wanted: dict[tuple[str, int, int], list[AnyNodeRule]], within: "_Within"
) -> Iterator[tuple[AnyNodeRule, cst.CSTNode]]:
    """Rules with the libcst nodes of this region that passed their screens."""
    kinds = {name: kind for name, kind in TREE_KINDS.items() if kind in plan.by_kind}
    met: dict[str, list[cst.CSTNode]] = defaultdict(list)
    for node in region.nodes:
        kind = kinds.get(type(node).__name__)
        if kind is not None:
            met[kind].append(node)
    meetings: list[tuple[AnyNodeRule, cst.CSTNode]] = []
    for kind, nodes in met.items():
        places = within(kind, region.span)
        agree = len(places) == len(nodes)
        twins = places if agree else _paired_by_place(sheet, region, nodes, places)
        for node, twin in zip(nodes, twins, strict=True):
            if twin is not None:
                region.remember(node, twin)
                for rule in wanted.get((kind, twin.start_byte, twin.end_byte), ()):
                    if type(node).__name__ in rule.node_types():
                        meetings.append((rule, node))
    yield from meetings


class _Within:
    """The nodes of a kind that lie in a span; each kind is put in order once, when the first region asks."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._ordered: dict[str, tuple[list[int], list[Node]]] = {}

    def __call__(self, kind: str, span: tuple[int, int]) -> list[Node]:
        if kind not in self._ordered:
            nodes = sorted(self._sheet.captures.get(kind, ()), key=lambda node: (node.start_byte, -node.end_byte))
            self._ordered[kind] = [node.start_byte for node in nodes], nodes
        starts, nodes = self._ordered[kind]
        inside = nodes[bisect_left(starts, span[0]) : bisect_right(starts, span[1])]
        return [node for node in inside if node.end_byte <= span[1]]


def _paired_by_place(sheet: Sheet, region: Region, nodes: list[cst.CSTNode], twins: list[Node]) -> Sequence[Node | None]:
    """The twins by line and column, for a stretch that the two parsers count differently."""
    by_place = {sheet.place(twin.start_byte): twin for twin in twins}
    return [by_place.get((place.line, place.column)) for place in map(region.location, nodes)]
