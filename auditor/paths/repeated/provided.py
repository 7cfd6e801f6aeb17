"""Questions whose answer somebody further up may have provided for, which nothing here tells for sure."""

import re

from auditor.paths.calls.graph import Graph
from auditor.paths.loads.loading import DJANGO
from auditor.paths.queries.repetition import Repeated

OWN_MANY = re.compile(r"self\.(?P<name>\w+)\.all(?:\(\))?\Z")
LOOKS = frozenset(("getattr",))


def is_provided(graph: Graph, one: Repeated) -> bool:
    """Whether a question is only asked where an answer is missing, or somebody in the project loads the same ahead."""
    return _stands_in(graph, one) or _is_loaded_by_others(graph, one)


def _stands_in(graph: Graph, one: Repeated) -> bool:
    """Whether a name gets the answer that was first given what the row may have been annotated with:
    `count = getattr(order, "line_count", None)`, and where that is none, `count = order.lines.count()`.
    """
    name, line = one.question.bound, one.question.line
    looks = (call for call in graph.called(one.node.path, LOOKS) if call.scope == one.question.scope)
    return bool(name) and any(call.bound == name and call.line < line for call in looks)


def _is_loaded_by_others(graph: Graph, one: Repeated) -> bool:
    """Whether a row goes through rows of its own, and some query of the project loads what is read of them along:
    `prefetch_related("lines__product")` for `[line.product for line in self.lines.all()]`.
    """
    own = OWN_MANY.match(one.source)
    if own is None or not one.path or one.question.kind not in ("one", "many"):
        return False
    said = re.compile(rf"['\"]{own['name']}__{one.path[0]}\b")
    return any(said.search(call.args) for path, call in graph.anywhere(DJANGO) if graph.files[path].kind == "source")
