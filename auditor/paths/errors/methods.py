"""By which of its methods a handler of several is asked where an error leaves it: `if request.method == "POST":`."""

import re
from collections import defaultdict
from collections.abc import Iterable

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.entry.entries import EntryPoint

SAYS = re.compile(r"\.method\s*(?P<sign>==|!=)\s*['\"](?P<method>[A-Z]+)['\"]")
SUBMITTED = re.compile(r"\.(?:validate_on_submit|is_submitted(?:_and_\w+)?)\(")
SUBMITS = frozenset(("POST", "PUT", "PATCH", "DELETE"))
BOTH = re.compile(r"\s(?:and|or)\s")
BODY = re.compile(r"\brequest\.(?:POST|FILES|form|files|json|get_json|data)\b")
ADDRESS = re.compile(r"\brequest\.(?:GET|args|query_params|values|headers|COOKIES|cookies)\b")
"""What comes with a request of any method."""


class Methods:
    """Answers for the entry points of one graph."""

    def __init__(self, entries: Iterable[EntryPoint], graph: Graph) -> None:
        self.graph = graph
        self._beside: dict[tuple[Node, str], list[EntryPoint]] = defaultdict(list)
        for entry in entries:
            if entry.route is not None:
                self._beside[entry.node, entry.route.path].append(entry)

    def reaching(self, entry: EntryPoint, node: Node, line: int, given: str = "") -> EntryPoint:
        """An entry point, or the one beside it whose method reaches a line of their handler. `given` is what the error needs to
        come from outside: what is in a request's body comes with those methods alone that send one.
        """
        beside = self._beside[entry.node, entry.route.path] if entry.route is not None else []
        sent = BODY.search(given) is not None and ADDRESS.search(given) is None
        if len(beside) < 2 or (node != entry.node and not sent):
            return entry
        fits = (one for one in (entry, *beside) if one.route is not None and (not sent or one.route.method in SUBMITS))
        reached = [one for one in fits if node != one.node or one.route is None or self._reaches(node, line, one.route.method)]
        return reached[0] if reached else entry

    def _reaches(self, node: Node, line: int, method: str) -> bool:
        for one in self.graph.flows[node.path].memberships:
            if one.scope == node.scope and one.first <= line <= one.last and not BOTH.search(one.text):
                said = SAYS.search(one.text)
                if said is not None and ((said["method"] == method) == (said["sign"] == "==")) != one.met:
                    return False
                if said is None and one.met and SUBMITTED.search(one.text) and method not in SUBMITS:
                    return False
        return True
