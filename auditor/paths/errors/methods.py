"""By which of its methods a handler of several is asked where an error leaves it: `if request.method == "POST":`."""

import re
from collections import defaultdict
from collections.abc import Iterable

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.entries import EntryPoint

SAYS = re.compile(r"\.method\s*(?P<sign>==|!=)\s*['\"](?P<method>[A-Z]+)['\"]")
SUBMITTED = ".validate_on_submit("
SUBMITS = frozenset(("POST", "PUT", "PATCH", "DELETE"))
BOTH = re.compile(r"\s(?:and|or)\s")


class Methods:
    """Answers for the entry points of one graph."""

    def __init__(self, entries: Iterable[EntryPoint], graph: Graph) -> None:
        self.graph = graph
        self._beside: dict[tuple[Node, str], list[EntryPoint]] = defaultdict(list)
        for entry in entries:
            if entry.route is not None:
                self._beside[entry.node, entry.route.path].append(entry)

    def reaching(self, entry: EntryPoint, node: Node, line: int) -> EntryPoint:
        """An entry point, or the one beside it whose method reaches a line of their handler."""
        beside = self._beside[entry.node, entry.route.path] if entry.route is not None and node == entry.node else []
        if len(beside) < 2:
            return entry
        fits = [one for one in (entry, *beside) if one.route is not None and self._reaches(node, line, one.route.method)]
        return fits[0] if fits else entry

    def _reaches(self, node: Node, line: int, method: str) -> bool:
        for one in self.graph.flows[node.path].memberships:
            if one.scope == node.scope and one.first <= line <= one.last and not BOTH.search(one.text):
                said = SAYS.search(one.text)
                if said is not None and ((said["method"] == method) == (said["sign"] == "==")) != one.met:
                    return False
                if said is None and one.met and SUBMITTED in one.text and method not in SUBMITS:
                    return False
        return True
