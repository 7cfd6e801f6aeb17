"""One walk for all node rules of a file, over no more of it than they asked for."""

import traceback
from collections import defaultdict
from collections.abc import Iterator

import libcst as cst
from tree_sitter import Node

from auditor.facts.region import Region, Unparsed, cut, spans
from auditor.facts.screen import Sheet
from auditor.model.finding import Finding
from auditor.model.snapshot import Crashed, Skipped
from auditor.rule.order import TREE_KINDS, preorder
from auditor.rule.plan import AnyNodeRule, Plan


def walk(sheet: Sheet, plan: Plan) -> Iterator[Finding | Skipped | Crashed]:
    """Parses what the rules want and asks each of them about its nodes. What libcst refuses comes back as Skipped."""
    wanted: dict[tuple[str, int, int], list[AnyNodeRule]] = defaultdict(list)
    asked: list[tuple[Node, str]] = []
    for kind, node, rule in plan.wanted(sheet):
        wanted[kind, node.start_byte, node.end_byte].append(rule)
        asked.append((node, rule.reach))
    for span in spans(sheet, asked):
        try:
            region = cut(sheet, span)
        except Unparsed as error:
            yield Skipped(sheet.facts.path, str(error))
            continue
        for rule, twin in _meetings(sheet, region, plan, wanted):
            yield from ask(rule, twin, region)


def ask(rule: AnyNodeRule, node: cst.CSTNode, region: Region) -> Iterator[Finding | Crashed]:
    """One rule's answer about one node; a rule that fails is told with its traceback and stops nobody else."""
    try:
        yield from list(rule.check(node, region))
    except Exception:  # noqa: BLE001  a rule may fail in any way, and the run must go on
        yield Crashed(rule.id, region.file.path, region.location(node).line, traceback.format_exc(limit=-4))


def _meetings(
    sheet: Sheet, region: Region, plan: Plan, wanted: dict[tuple[str, int, int], list[AnyNodeRule]]
) -> Iterator[tuple[AnyNodeRule, cst.CSTNode]]:
    """Rules with the libcst nodes of this region that passed their screens."""
    kinds = {name: kind for name, kind in TREE_KINDS.items() if kind in plan.by_kind}
    met: dict[str, list[cst.CSTNode]] = defaultdict(list)
    for root in region.roots:
        for node in preorder(root):
            kind = kinds.get(type(node).__name__)
            if kind is not None:
                met[kind].append(node)
    for kind, nodes in met.items():
        twins = _within(sheet.captures.get(kind, ()), region.span)
        if len(twins) != len(nodes):
            twins = _paired_by_place(sheet, region, nodes, twins)
        for node, twin in zip(nodes, twins, strict=True):
            if twin is not None:
                region.remember(node, twin)
                for rule in wanted.get((kind, twin.start_byte, twin.end_byte), ()):
                    if type(node).__name__ in rule.node_types():
                        yield rule, node


def _within(nodes: "list[Node] | tuple[Node, ...]", span: tuple[int, int]) -> "list[Node | None]":
    found = [node for node in nodes if span[0] <= node.start_byte and node.end_byte <= span[1]]
    return list(sorted(found, key=lambda node: (node.start_byte, -node.end_byte)))


def _paired_by_place(
    sheet: Sheet, region: Region, nodes: list[cst.CSTNode], twins: "list[Node | None]"
) -> "list[Node | None]":
    """The twins by line and column, for a stretch that the two parsers count differently."""
    by_place = {sheet.place(twin.start_byte): twin for twin in twins if twin is not None}
    places = [region.location(node) for node in nodes]
    return [by_place.get((place.line, place.column)) for place in places]
