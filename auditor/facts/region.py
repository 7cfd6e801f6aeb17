"""A stretch of a file parsed on its own by libcst, with the places of its nodes taken from the screen."""

import re
from collections.abc import Iterator
from functools import cached_property

import libcst as cst
from tree_sitter import Node

from auditor.facts.imports import resolve, resolver
from auditor.facts.order import children
from auditor.facts.screen import Sheet
from auditor.facts.values import Definition, FileFacts
from auditor.model.finding import Location

MAX_DEPTH = 150
MAX_BRANCHES = 2_000
"""Each `elif` is one level more for libcst, which at ten thousand takes the process with it."""
BRANCH = re.compile(rb"(?m)^[ \t\f]*elif\b")
WHOLE_MODULE_BYTES = 150_000
STANDS_ALONE = re.compile(r"_statement$|_definition$|^except_clause$|^finally_clause$")
CLAUSES = ("except_clause", "finally_clause")


class Unparsed(Exception):
    """A region that libcst refuses; the message is the reason for the report."""


class Region:
    """What a NodeRule sees around the node it is asked about. Valid only while the rule runs."""

    def __init__(
        self, sheet: Sheet, span: tuple[int, int], module: cst.Module, roots: list[cst.CSTNode], first_line: int
    ) -> None:
        self.sheet = sheet
        self.span = span
        self.module = module
        self.roots = roots
        self._first_line = first_line
        self._nodes: dict[int, Node] = {}
        self._positions: dict[cst.CSTNode, Location] | None = None

    @property
    def file(self) -> FileFacts:
        """The file's index."""
        return self.sheet.facts

    def remember(self, node: cst.CSTNode, place: Node) -> None:
        """Ties a libcst node to its twin of the screen."""
        self._nodes[id(node)] = place

    def twin(self, node: cst.CSTNode) -> Node | None:
        """The screen's node for one that a rule was asked about: what stands around it in the file is seen from there."""
        return self._nodes.get(id(node))

    def outside(self, node: cst.CSTNode) -> list[Node]:
        """The screen's nodes around one that a rule was asked about, innermost first, as far as the file goes."""
        twin = self.twin(node)
        return self.sheet.around(twin) if twin is not None else []

    @property
    def nodes(self) -> list[cst.CSTNode]:
        """All nodes of this region, in the order of the source."""
        return self._tree[0]

    @property
    def parents(self) -> dict[cst.CSTNode, cst.CSTNode]:
        """What each node of this region stands in; the region's outermost nodes are left out."""
        return self._tree[1]

    @cached_property
    def _tree(self) -> tuple[list[cst.CSTNode], dict[cst.CSTNode, cst.CSTNode]]:
        nodes: list[cst.CSTNode] = []
        parents: dict[cst.CSTNode, cst.CSTNode] = {}
        waiting = self.roots[::-1]
        while waiting:
            node = waiting.pop()
            nodes.append(node)
            parts = children(node)
            for part in parts:
                parents[part] = node
            parts.reverse()
            waiting += parts
        return nodes, parents

    def location(self, node: cst.CSTNode) -> Location:
        """Where a node of this region stands in the file."""
        twin = self._nodes.get(id(node))
        if twin is not None:
            return self.sheet.location(twin)
        if self._positions is None:
            self._positions = self._measure_positions()
        return self._positions[node]

    def name(self, node: cst.CSTNode | None) -> str:
        """The dotted name of `a.b.c`, resolved through the file's imports; empty for anything else."""
        dotted = _dotted(node)
        return resolve(dotted, self.names) if dotted else ""

    @cached_property
    def names(self) -> dict[str, str]:
        """Local name to dotted target, by the file's imports."""
        return resolver(self.file)

    def around(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around one, innermost first, as far as the region reaches."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def enclosing(self, node: cst.CSTNode) -> tuple[Definition, ...]:
        """The definitions around a node, outermost first."""
        return self.file.enclosing(self.location(node).line)

    def _measure_positions(self) -> dict[cst.CSTNode, Location]:
        """Positions by libcst itself, for this region only: slow, so asked for only where a finding needs one."""
        from libcst.metadata import MetadataWrapper, PositionProvider

        wrapper = MetadataWrapper(self.module, unsafe_skip_copy=True)
        shift = self._first_line - 1
        return {
            node: Location(self.file.path, at.start.line + shift, at.start.column + 1, at.end.line + shift, at.end.column + 1)
            for node, at in wrapper.resolve(PositionProvider).items()
        }


def _dotted(node: cst.CSTNode | None) -> str:
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return ""
    parts.append(node.value)
    return ".".join(reversed(parts))


def spans(sheet: Sheet, wanted: list[tuple[Node, str]]) -> list[tuple[int, int, str]]:
    """The byte spans to parse for wanted nodes, each with the kind of its outermost node; none lies in another.

    The second part of a pair is the rule's reach: `node` (the node or the statement around it) or `function`.
    """
    found = sorted({_span(sheet, node, reach) for node, reach in wanted}, key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int, str]] = []
    for span in found:
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return kept


def _span(sheet: Sheet, node: Node, reach: str) -> tuple[int, int, str]:
    outwards = [node, *sheet.around(node)]
    if reach == "function":
        functions = [index for index, place in enumerate(outwards) if place.type == "function_definition"]
        if functions:
            outwards = outwards[functions[-1] :]
        elif len(sheet.source) <= WHOLE_MODULE_BYTES:
            return 0, len(sheet.source), "module"
    for place in outwards:
        line_start = sheet.source.rfind(b"\n", 0, place.start_byte) + 1
        alone = not sheet.source[line_start : place.start_byte].strip()
        if alone and STANDS_ALONE.search(place.type):
            return line_start, place.end_byte, place.type
    return 0, len(sheet.source), "module"


def cut(sheet: Sheet, span: tuple[int, int, str]) -> Region:
    """Parses one span. Indented code goes under an `if`, an `except` clause under a `try`, so no text of it changes.

    Raises Unparsed where the text is no Python for libcst or nests too deeply to be safe.
    """
    start, end, kind = span
    line = sheet.place(start)[0]
    if _depth(sheet, start, end) > MAX_DEPTH:
        raise Unparsed(f"line {line}: nested deeper than {MAX_DEPTH} levels")
    body = sheet.source[start:end] + b"\n"
    if body.count(b"elif") > MAX_BRANCHES and len(BRANCH.findall(body)) > MAX_BRANCHES:
        raise Unparsed(f"line {line}: more than {MAX_BRANCHES:,} branches")
    indent = body[: len(body) - len(body.lstrip(b" \t\f"))]
    head = [b"if 1:"] if indent else []
    if kind in CLAUSES:
        head += [indent + b"try:", indent + b" pass"]
    prefix = b"".join(part + b"\n" for part in head)
    try:
        module = cst.parse_module(prefix + body)
    except (cst.ParserSyntaxError, RecursionError, UnicodeError) as error:
        raise Unparsed(f"line {line}: not understood as Python") from error
    return Region(sheet, (start, end), module, _roots(module, bool(indent), kind), line - len(head))


def _roots(module: cst.Module, indented: bool, kind: str) -> list[cst.CSTNode]:
    """The nodes that stand in the file, without those put around them for the parser."""
    body: list[cst.CSTNode] = list(module.body)
    if indented and isinstance(body[0], cst.If):
        body = list(body[0].body.body)
    if kind in CLAUSES and isinstance(body[0], cst.Try | cst.TryStar):
        final = body[0].finalbody
        body = list(body[0].handlers) if kind == "except_clause" else [final] if final is not None else []
    return body


def _depth(sheet: Sheet, start: int, end: int) -> int:
    """How deep the tree goes within a span; counts no further than one past the limit."""
    # The indentation belongs to what stands around: with it, each of a thousand handlers would count its whole function.
    start += len(sheet.source[start:end]) - len(sheet.source[start:end].lstrip())
    cursor = sheet.tree.walk()
    if sheet.tree.root_node.descendant_count > 2:
        node = sheet.tree.root_node.descendant_for_byte_range(start, max(start, end - 1))
        cursor = node.walk() if node is not None else cursor
    deepest = depth = 0
    while True:
        if cursor.goto_first_child():
            depth += 1
            deepest = max(deepest, depth)
            if deepest > MAX_DEPTH:
                return deepest
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return deepest
            depth -= 1
