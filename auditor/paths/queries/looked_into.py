"""Queries that no method asks: one of their rows is taken, or a condition asks whether there are any, or whether one is among."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Case
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.written.arguments import arguments
from auditor.paths.written.steps import steps

TAKEN = "()[]"
"""What stands in an expression in short that takes one of the rows: `order.lines.all()[0]`."""
AMONG = re.compile(r"[\w.\])]\s+(?:not\s+)?in\s+(?P<rows>[A-Za-z_][\w.]*\.\w+\(.*\))\s*\Z", re.DOTALL)
"""`line in order.lines.all()`."""
PARTS = re.compile(r"\s+(?:and|or)\s+")
LIES = re.compile(r"\bfor\b|\blambda\b|\bif\b")
"""In a text with one of these the last part may belong to something inner."""


class Look(NamedTuple):
    """A query in short and the byte at which it begins. `among` says that it is gone through in search of a row; else it is
    asked whether there is any, or the row at a place is taken.
    """

    text: str
    start: int
    line: int
    loop: int
    among: bool = False


class LookedInto:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @cached_property
    def _cases(self) -> dict[Node, list[Case]]:
        """The conditions of each scope."""
        found: dict[Node, list[Case]] = defaultdict(list)
        for path, flow in self.graph.flows.items():
            for case in flow.cases:
                if "(" in case.asked:
                    found[self.graph.node(path, case.scope)].append(case)
        return found

    def of(self, node: Node) -> Iterator[Look]:
        """The queries that a scope looks into, as they are written."""
        table = self.graph.symbols.table(node.path)
        for assigns in table.by_scope.get(node.scope, {}).values():
            for one in assigns:
                yield from self._given(node, one.value, one.text, one.start, one.line)
        for entry in table.spans.get(node.scope, ()):
            yield from self._given(node, entry.value, entry.text, entry.start, entry.line)
        for handed in table.yields.get(node.scope, ()):
            yield from self._given(node, handed.value, "", handed.start, handed.line)
        for call in self.graph.calls.get(node, ()):
            if TAKEN in call.target:
                yield from self._taken(node, call.target, call.start)
            if ")[" in call.args:
                for text in (elided(one.encode()) for one in arguments(call.args).positional):
                    if TAKEN in text:
                        yield from self._found(node, f"{text.partition(TAKEN)[0]}()", call.line, False)
        for case in self._cases.get(node, ()):
            for part in PARTS.split(case.asked):
                yield from self._asked(node, part.strip(), case.first)

    def _given(self, node: Node, value: str, text: str, start: int, line: int) -> Iterator[Look]:
        """What is assigned or handed back."""
        if TAKEN in value:
            yield from self._taken(node, value, start)
        elif not value and " in " in text and not LIES.search(text):
            for part in PARTS.split(text):
                yield from self._among(node, part, line)

    def _taken(self, node: Node, text: str, start: int) -> Iterator[Look]:
        """What a chain takes one of: `order.lines.all()[0].product`."""
        query = text.partition(TAKEN)[0]
        for call in self.graph.symbols.table(node.path).at.get(start, ()):
            if call.target == query:
                yield Look(f"{query}()", start, call.line, call.loop)

    def _asked(self, node: Node, text: str, line: int) -> Iterator[Look]:
        """A part of a condition: a query, or whether something is among its rows."""
        if " in " in text:
            yield from self._among(node, text, line)
        else:
            plain = elided(text.removeprefix("not ").strip().encode())
            if plain.endswith("()") and "." in plain:
                yield from self._found(node, plain, line, False)

    def _among(self, node: Node, text: str, line: int) -> Iterator[Look]:
        match = AMONG.search(text)
        if match is not None:
            yield from self._found(node, elided(match["rows"].encode()), line, True)

    def _found(self, node: Node, text: str, line: int, among: bool) -> Iterator[Look]:
        """The call of that text in the scope that stands nearest above a line."""
        target = text.removesuffix("()")
        calls = self.graph.calls.get(node, ()) if steps(text) else ()
        near = [call for call in calls if call.target == target and call.line <= line]
        if near:
            last = max(near, key=attrgetter("start"))
            yield Look(text, last.start, last.line, last.loop, among)
