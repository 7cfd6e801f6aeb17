"""What a function hands back of the rows that it asks for: the query itself, a list made of it, or an answer made of that."""

import re
from collections import defaultdict
from collections.abc import Iterator

from auditor.facts.flow.events import Assign, Call, Loop
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph, Node

PASSES = frozenset("list sorted tuple set jsonify dump dumps serialize to_list map filter reversed chain".split())
"""Calls whose result holds all rows of an argument."""
SHOWS = re.compile(r"render|response|json|serialize|template", re.IGNORECASE)
"""Calls that make an answer of their arguments."""
ADDS = frozenset("append add extend update setdefault insert".split())
TAKEN = r"(?:\.(?:scalars|all|unique|mappings|fetchall)\(\))"
"""What takes all rows of a result: `result.scalars().all()`."""
WHOLE = re.compile(rf"(?<![\w.'\"])[A-Za-z_]\w*(?={TAKEN}*+(?![\w.(\[=]))")
OF_RESULT = re.compile(rf"(?P<name>[A-Za-z_]\w*){TAKEN}+\Z")
CHUNKED = re.compile(r"\.(?:a?iterator\(\s*(?:chunk_size|\d)|yield_per\()")
TELLS = frozenset("any all sum len bool max min".split())
COUNTED = re.compile(rf"(?<![\w.])(?:{'|'.join(sorted(TELLS))})\((?:[^()]|\([^()]*\))*\)")
TOLD = re.compile(
    r"(?:not\s+)?[\w.]+(?:\([^()]*\))?\s+(?:not\s+)?in\s+(?!.*\b(?:for|if|or)\b)|(?:any|all|sum|len|bool|max|min)\(", re.DOTALL
)
"""What only tells something of the rows: whether one is among them, how many there are."""
LIMITED = re.compile(r"\.(?:limit|slice|paginate|fetch|first|count|exists|one|one_or_none|get|get_or_404|first_or_404)\(\)")
"""What takes a part of the rows, or only tells something of them."""
ROUNDS = 4
"""So often a name may be made of a name."""


class Answered:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self._of_file: dict[str, dict[int, list[Loop]]] = {}
        self._called: dict[Node, list[Call]] = {}
        self._words: dict[str, frozenset[str]] = {}

    def of(self, node: Node, start: int, bound: str, asked: bool) -> bool:
        """Whether the scope hands back what the expression that begins at a byte gives, or the name that it is given.

        A query that nobody `asked` yet counts where it is handed back itself, or goes into what makes an answer.
        """
        if self.inside(node, start):
            return (asked or self._shown(node, start)) and not self._counted(node, start)
        if asked and self._written(node, start):
            return True
        names = self._names(node, start, bound)
        return bool(names) and (self._named(node, names, asked) or (asked and self._written_whole(node, names)))

    def _written_whole(self, node: Node, names: set[str]) -> bool:
        """Whether the rows are written all at once: `writer.writerows(lines(orders))`."""
        writes = (call for call in self._calls(node) if call.target.rpartition(".")[2] == "writerows")
        return any(not names.isdisjoint(self._said(call.args)) for call in writes)

    def _written(self, node: Node, start: int) -> bool:
        """Whether the rows are written one by one, into a file or a response; an export that reads them chunk by chunk holds
        a chunk at a time.
        """
        loops = self.graph.flows[node.path].loops
        return any(
            call.loop >= 0
            and loops[call.loop].start == start
            and call.target.rpartition(".")[2].startswith("write")
            and not CHUNKED.search(loops[call.loop].text)
            for call in self._calls(node)
        )

    def is_cut(self, node: Node, name: str) -> bool:
        """Whether a name is given a slice or a page of itself: `orders = orders.order_by("id")[:50]`."""
        assigns = self.symbols.table(node.path).assigns.get((node.scope, name), ())
        return any(one.value.partition(".")[0].partition("[")[0] == name and not _is_whole(one.value) for one in assigns)

    def is_all(self, node: Node, call: Call) -> bool:
        """Whether what a call gives is all that the scope hands back there."""
        spans = self.symbols.table(node.path).spans[node.scope]
        return any(one.start == call.start and one.value == f"{call.target}()" for one in spans)

    def goes_into_answer(self, node: Node, start: int) -> bool:
        """Whether the expression at a byte is an argument of a call that makes an answer."""
        around = any(call.start < start < call.end for call in self._calls(node))
        return around and self._shown(node, start)

    def _shown(self, node: Node, start: int) -> bool:
        """Whether the innermost call around a byte makes an answer of its arguments."""
        around = [call for call in self._calls(node) if call.start < start < call.end]
        innermost = min(around, key=lambda call: call.end - call.start, default=None)
        return innermost is None or self._makes_answer(innermost)

    def _counted(self, node: Node, start: int) -> bool:
        """Whether the innermost call around a byte only tells something of the rows: `len(Order.query.all())`."""
        around = [call for call in self._calls(node) if call.start < start < call.end]
        return bool(around) and min(around, key=lambda call: call.end - call.start).target in TELLS

    def _makes_answer(self, call: Call) -> bool:
        last = call.target.rpartition(".")[2]
        return last in PASSES or "many=True" in call.args or SHOWS.search(last) is not None

    def inside(self, node: Node, start: int) -> bool:
        """Whether a byte stands in what the scope hands back."""
        spans = self.symbols.table(node.path).spans[node.scope]
        around = (one for one in spans if one.start <= start < max(one.end, one.start + 1))
        return any(one.value or not TOLD.match(one.text) for one in around)

    def _names(self, node: Node, start: int, bound: str) -> set[str]:
        """The names under which the rows are kept, be it in another form."""
        names = {bound} - {""}
        names |= {assign.target for assign in self._assigns(node) if assign.start == start}
        starts = {start}
        for _ in range(ROUNDS):
            before = len(names)
            for loop in self._loops(node):
                if loop.start in starts or _whole_of(loop.source, names):
                    names |= self._filled(node, loop)
            for assign in self._assigns(node):
                if assign.target not in names and self._made_of(node, assign, names, starts):
                    names.add(assign.target)
            if len(names) == before:
                break
        return names

    def _assigns(self, node: Node) -> Iterator[Assign]:
        by_name = self.symbols.table(node.path).by_scope.get(node.scope, {})
        return (assign for assigns in by_name.values() for assign in assigns)

    def _loops(self, node: Node) -> list[Loop]:
        known = self._of_file.get(node.path)
        if known is None:
            known = self._of_file[node.path] = defaultdict(list)
            for loop in self.graph.flows[node.path].loops:
                known[loop.scope].append(loop)
        return known[node.scope]

    def _calls(self, node: Node) -> list[Call]:
        known = self._called.get(node)
        if known is None:
            known = self._called[node] = [call for call in self.graph.calls.get(node, ()) if call.scope == node.scope]
        return known

    def _filled(self, node: Node, loop: Loop) -> set[str]:
        """The lists that a loop fills."""
        loops = self.graph.flows[node.path].loops
        found = set()
        for call in self._calls(node):
            if call.loop < 0 or loops[call.loop].start != loop.start:
                continue
            owner, _, method = call.target.rpartition(".")
            if method in ADDS and owner.isidentifier():
                found.add(owner)
            elif call.bound.endswith("]"):
                found.add(call.bound.partition("[")[0])
        return found

    def _made_of(self, node: Node, assign: Assign, names: set[str], starts: set[int]) -> bool:
        """Whether an assigned expression is a comprehension over the rows, all of a result, or a call that passes them on."""
        start, end = assign.start, assign.start + len(assign.text)
        inside = (one for one in self._loops(node) if one.kind == "comprehension" and start < one.start < end)
        if any(loop.start in starts or _whole_of(loop.source, names) for loop in inside):
            return True
        taken = OF_RESULT.match(assign.value)
        if taken is not None and taken["name"] in names:
            return True
        return any(self._passes(call, names) for call in self.symbols.table(node.path).at.get(start, ()))

    def _passes(self, call: Call, names: set[str]) -> bool:
        last = call.target.rpartition(".")[2]
        return (last in PASSES or "many=True" in call.args) and not names.isdisjoint(self._said(call.args))

    def _named(self, node: Node, names: set[str], asked: bool) -> bool:
        """Whether one of the names stands in what the scope hands back, itself, gone through, or as an argument."""
        spans = self.symbols.table(node.path).spans[node.scope]
        if any(_whole_of(one.value, names) or not names.isdisjoint(self._said(one.text)) for one in spans):
            return True
        shown = (loop for loop in self._loops(node) if _whole_of(loop.source, names) and self.inside(node, loop.start))
        if any(not self._counted(node, loop.start) for loop in shown):
            return True
        return any(
            not names.isdisjoint(self._said(call.args)) and self.inside(node, call.start)
            for call in self._calls(node)
            if self._makes_answer(call)
            or (asked and call.target not in TELLS and call.target.rpartition(".")[2] not in orm().methods)
        )

    def _said(self, args: str) -> frozenset[str]:
        """The names that stand in arguments as wholes: `orders` in `{"orders": orders}`, none in `orders.total`."""
        if args not in self._words:
            self._words[args] = frozenset(WHOLE.findall(COUNTED.sub("0", args)))
        return self._words[args]


def _whole_of(text: str, names: set[str]) -> bool:
    """Whether an expression in short goes on from one of the names and takes no slice or page of it: `found.order_by()`."""
    return text.partition(".")[0] in names and _is_whole(text)


def _is_whole(text: str) -> bool:
    return "[:]" not in text and LIMITED.search(text) is None
