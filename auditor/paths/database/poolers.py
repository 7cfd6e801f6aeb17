"""Poolers that stand before a database outside the program, as comments, addresses and settings name them."""

import re
from functools import cached_property

from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.database.wording import Wording
from auditor.paths.written.steps import last_name

POOLER = re.compile(r"pg_?bouncer|pgpool|\bodyssey\b|rds[_ -]?proxy|proxysql|(?<![a-z])pooler\b", re.IGNORECASE)
AGE = re.compile(r"(?:CONN_MAX_AGE|conn_max_age)[\"']?\]?\s*[:=]\s*(?P<value>[^,\n}]*)")
HOST = re.compile(r"://[^/\s'\"{}]*@?[\w.-]+(?::\d+)?/")
"""An address with a host that is written out."""
ABOVE = 3
"""A comment stands so many lines above what it is about."""


class Poolers:
    """Answers for one graph."""

    def __init__(self, graph: Graph, wording: Wording) -> None:
        self.graph = graph
        self.wording = wording

    @cached_property
    def anywhere(self) -> bool:
        """Whether the project says somewhere that a pooler stands before the database."""
        return bool(self._said) or self._set

    def before(self, node: Node, edge: Edge, text: str) -> bool:
        """Whether one stands before the database of an engine, with all that is told of it: what is said just above another
        engine is for that one, unless nobody can say that they connect to different hosts.
        """
        if POOLER.search(text) or not HOST.search(edge.call.args):
            return self.anywhere or POOLER.search(text) is not None
        return self._set or any(not self._is_above_another(path, line, node, edge) for path, line in self._said)

    def _is_above_another(self, path: str, line: int, node: Node, edge: Edge) -> bool:
        below = (call for call in self.graph.flows[path].calls if line < call.line <= line + ABOVE)
        first = next((call for call in below if last_name(call.target) == last_name(edge.call.target)), None)
        return first is not None and not (path == node.path and first.start == edge.call.start)

    @cached_property
    def _said(self) -> tuple[tuple[str, int], ...]:
        """The file and the line of each comment that names a pooler."""
        return tuple(
            (path, one.line) for path, file in self.graph.files.items() for one in file.comments if POOLER.search(one.text)
        )

    @cached_property
    def _set(self) -> bool:
        return any(POOLER.search(text) for text in self.wording.settings.values())


def closes_at_once(text: str) -> bool:
    """Whether all that is said of a connection's age is that it ends with the request."""
    ages = [match["value"].strip() for match in AGE.finditer(text)]
    return bool(ages) and all(age == "0" for age in ages) and "pool" not in text.lower()
