"""Statements of SQL that are written out and ask for all rows of a table, where the scope hands all that comes back."""

import re
from collections.abc import Iterator

from auditor.facts.flow.events import Assign, Call
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.question import Question
from auditor.paths.unbounded.answered import Answered
from auditor.paths.written.arguments import arguments
from auditor.paths.written.steps import last_name

RUNS = frozenset("execute fetch fetch_all fetchall query select".split())
FETCHES = (".fetchall", ".all", ".fetch_all")
GONE_THROUGH = ".mappings"
"""The last call of a chain whose rows a loop goes through."""
GIVES = frozenset("fetch fetch_all fetchall query select".split())
"""Methods that hand all rows out themselves."""
MADE = "text"
TEXT = re.compile(
    r"(?:(?:sa\.|sqlalchemy\.)?text\(\s*)?(?P<text>[rR]?(?:\"{3}|'{3}|\"|')\s*SELECT\s.*(?:\"|'))\s*\)?\Z",
    re.DOTALL | re.IGNORECASE,
)
STATEMENT = re.compile(r"\s*[rR]?(?:\"{3}|'{3}|\"|')\s*SELECT\s", re.IGNORECASE)
FROM = re.compile(r"\bFROM\s+[\"'`\[]?(?:\w+\.)?(?P<table>[A-Za-z_]\w*)", re.IGNORECASE)
BOUNDS = re.compile(
    r"\blimit\b|\bfetch\s+(?:first|next)\b|\bselect\s+(?:top|distinct)\b|\bgroup\s+by\b|\b(?:count|sum|max|min|avg|exists|array_agg|json_agg)\s*\("
    r"|=\s*(?:\$\d|%s|%\(|\?|:\w|['\"\d@])|\bin\s*\(|\bany\s*\(|\bbetween\b|<(?!>)|(?<!<)>|\b(?:information_schema|sqlite_master|pg_\w+)\b|\{",
    re.IGNORECASE,
)
"""What keeps the rows few: a limit, a sum of them, a key or a span that is compared, or tables of the database itself."""


class Written:
    """Answers for one graph."""

    def __init__(self, graph: Graph, answered: Answered) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self.answered = answered

    def of(self, node: Node) -> Iterator[Question]:
        """The questions of a scope whose rows all go back to whoever calls it; `model` is the name of the table."""
        calls = [call for call in self.graph.calls.get(node, ()) if call.scope == node.scope]
        for call in calls:
            owner, _, method = call.target.rpartition(".")
            helper = None if method in RUNS or not STATEMENT.match(call.args) else self._helper(node, call)
            text = self._text(node, call) if (owner and method in RUNS) or helper is not None else ""
            table = FROM.search(text) if text and not BOUNDS.search(text) else None
            if table is None:
                continue
            rows = call if helper is not None else self._rows(call, method, calls)
            if rows is not None and self.answered.of(node, rows.start, rows.bound if rows.bound.isidentifier() else "", True):
                place = (call.scope, call.line, call.column, call.loop)
                yield Question(*place, call.target, "query", method, model=table["table"], args=call.args, start=call.start)

    def _helper(self, node: Node, call: Call) -> Node | None:
        """The function of the project that a call leads to, where it runs the statement that it is handed and hands back all."""
        called = (edge.to for edge in self.graph.edges(node) if edge.call is call and edge.to is not None)
        return next((helper for helper in called if self._hands_all(helper)), None)

    def _hands_all(self, helper: Node) -> bool:
        signature = self.symbols.signature(Symbol("function", *helper))
        names = signature.names[signature.first in ("self", "cls") :][:1]
        calls = [call for call in self.graph.calls.get(helper, ()) if call.scope == helper.scope]
        for call in calls:
            method = last_name(call.target)
            if method in RUNS and arguments(call.args).get(0) in names and (rows := self._rows(call, method, calls)):
                return self.answered.of(helper, rows.start, rows.bound if rows.bound.isidentifier() else "", True)
        return False

    def speaks(self, node: Node) -> bool:
        """Whether a scope writes statements out: what it fetches is told by them alone."""
        return any(call.target.rpartition(".")[2] in RUNS and self._text(node, call) for call in self.graph.calls.get(node, ()))

    def _text(self, node: Node, call: Call) -> str:
        """The statement that a call is handed, or what its name stands for."""
        first = (arguments(call.args).get(0) or "").strip()
        if first.isidentifier():
            table = self.symbols.table(node.path)
            assigns = table.assigns.get((node.scope, first)) or table.assigns.get((-1, first)) or ()
            first = self._given(node, assigns[0]) if len(assigns) == 1 else ""
        match = TEXT.match(first)
        return match["text"] if match is not None else ""

    def _given(self, node: Node, assign: Assign) -> str:
        """What stands behind a name: a literal, or what `text("SELECT …")` is made of."""
        made = (one for one in self.symbols.table(node.path).at.get(assign.start, ()) if last_name(one.target) == MADE)
        return assign.text.strip() or next((one.args.strip().removesuffix(",") for one in made), "")

    def _rows(self, call: Call, method: str, calls: list[Call]) -> Call | None:
        """The call that hands all rows of a statement out."""
        if method in GIVES:
            return call
        chain = [one for one in calls if one.start == call.start]
        chained = next((one for one in chain if one.target.endswith(FETCHES)), max(chain, key=lambda one: len(one.target)))
        if chained.target.endswith((*FETCHES, GONE_THROUGH)):
            return chained
        names = (call.target.rpartition(".")[0], call.bound)
        later = [one for one in calls if one.line > call.line and one.target.rpartition(".")[0] in names]
        return later[0] if later and later[0].target.endswith(FETCHES) else None
