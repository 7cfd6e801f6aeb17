"""Rows that statements of SQL delete: from which table, and whether such rows are critical by its name."""

import re
from collections.abc import Iterator
from functools import cached_property

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.database.critical import CRITICAL, PASSING, Critical

GONE = re.compile(
    r"\bWHERE\s+(?:is_)?(?:deleted|removed|trashed)\b|\b(?:deleted|removed|archived|trashed)_(?:at|on)\s+IS\s+NOT\s+NULL",
    re.IGNORECASE,
)
"""What ends a row that was marked as deleted long before."""
DELETE_FROM = re.compile(r"\bDELETE\s+FROM\s+[\"'`\[]?(?:\w+\.)?(?P<table>\w+)", re.IGNORECASE)
NAMED = re.compile(
    r"\b(?:FROM|INTO|UPDATE|JOIN|TABLE(?:\s+IF\s+NOT\s+EXISTS)?)\s+[\"`\[]?(?:\w+\.)?(?P<table>[A-Za-z_]\w*)", re.IGNORECASE
)
RUNS = frozenset("execute executemany exec_driver_sql".split())
HANDED = re.compile(r"\s*([A-Za-z_]\w*)\s*(?:,|\Z)")
"""What is run by its name alone."""
SPOKEN = re.compile(r"['\"]\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE)\s", re.IGNORECASE)
LEAVES = re.compile(
    r"\bFROM\s+\w*members?(?:hips?)?\s+WHERE\s+\w+_id\s*=\s*[^\s'\"]+\s+AND\s+\w+_id\s*=\s*[^\s'\"]+\s*['\"]", re.IGNORECASE
)
"""What ends the link between a person and a group of them."""
AMBIGUOUS = re.compile(r"_(?:order|subscription|policy|product|profile|event)s?\Z", re.IGNORECASE)
"""What the last word of a longer name may mean besides: the order of a list, a wish to be told of news."""


class Statements:
    """Answers for one graph."""

    def __init__(self, graph: Graph, critical: Critical) -> None:
        self.graph = graph
        self.critical = critical

    def deleting(self, node: Node) -> Iterator[tuple[str, Call, bool]]:
        """The critical rows that statements of a scope delete: the model or table, the call, and whether that is in doubt."""
        calls = self.graph.calls.get(node, ())
        told = [(call, said) for call in calls if "delete" in (said := self._said(node, call)).lower() and not GONE.search(said)]
        for call, said in told:
            match = DELETE_FROM.search(said)
            name = self._critical(match["table"]) if match is not None and not LEAVES.search(said) else ""
            # `execute(adapt("DELETE FROM orders"))` says it twice.
            if name and not any(around.start < call.start and call.end < around.end for around, _ in told):
                yield name, call, AMBIGUOUS.search(name) is not None

    def _said(self, node: Node, call: Call) -> str:
        """The arguments of a call, with the statement that a name stands for: `sql = "DELETE ..."`, `cursor.execute(sql)`."""
        name = HANDED.match(call.args) if call.target.rpartition(".")[2] in RUNS else None
        if name is None:
            return call.args
        assigns = self.graph.symbols.table(node.path).assigns
        found = assigns.get((call.scope, name[1])) or assigns.get((-1, name[1])) or ()
        return found[0].text if len(found) == 1 else call.args

    def _critical(self, table: str) -> str:
        """The critical model that a table belongs to, or the table itself."""
        for model in self.graph.symbols.classes.models:
            name = self.graph.symbols.definition(model).name
            if table.lower().rpartition("_")[2].rstrip("s") == name.lower().rstrip("s") and self.critical.why(model):
                return name
        singular = table.rstrip("s")
        last = singular.rpartition("_")[2]
        return table if CRITICAL.fullmatch(last) and not PASSING.search(singular) and not self._links(singular.lower()) else ""

    def _links(self, table: str) -> bool:
        """Whether a table is called after two others, whose rows it links: `roster_user` beside `roster` and `user`."""
        first, _, last = table.rpartition("_")
        return bool(first) and {first.rstrip("s"), last} <= self._tables

    @cached_property
    def _tables(self) -> frozenset[str]:
        """The tables that statements of the project name, in the singular."""
        calls = (call for flow in self.graph.flows.values() for call in flow.calls if SPOKEN.search(call.args))
        return frozenset(name.lower().rstrip("s") for call in calls for name in NAMED.findall(call.args))
