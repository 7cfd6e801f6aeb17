"""Whose answers are kept, so that a question is not asked again for the same."""

import re

from auditor.facts.flow.loops import variables
from auditor.facts.values import Definition
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.queries.question import Question
from auditor.paths.written.arguments import arguments, literal

REMEMBERS = re.compile(r"cache|memo", re.I)
STORE = re.compile(r"cache|memo|_known\b|_loaded\b|seen", re.I)
ASKS_STORE = re.compile(r"(?:^|[._])\w*(?:cache|memo)\w*\.(?:get|get_or_set|get_many)$", re.I)
ASKING = frozenset(("get", "get_or_set", "get_many", "setattr"))
"""Last names of what asks a store, or puts an answer where it is kept."""
LOOKS = frozenset(("hasattr", "getattr"))
EMPTY = re.compile(r"\A\s*(?:not\s+([\w.]+)|([\w.]+)\s+is\s+None)\s*\Z")
OWN = frozenset(("cached_property", "cachedproperty", "functools.cached_property"))
"""Kept with the object, so that it is asked once for each."""


def remembers(definition: Definition | None) -> bool:
    """Whether a function keeps its answers beyond one object."""
    if definition is None:
        return False
    names = (text.partition("(")[0].removeprefix("@") for text in definition.decorators)
    return any(REMEMBERS.search(name) is not None and name.rpartition(".")[2] not in OWN for name in names)


def keeps_with_object(definition: Definition | None) -> bool:
    """Whether a property keeps its answer with its object."""
    return definition is not None and any(text.partition("(")[0].rpartition(".")[2] in OWN for text in definition.decorators)


def keeps_in_own_name(graph: Graph, node: Node, question: Question) -> bool:
    """Whether a property puts its answer where it hands it out from: `self._user = ...` in `user`, which gives `self._user`."""
    definition = graph.definition(node)
    if (
        definition is None
        or not {"property", "@property"} & {*definition.decorators}
        or question.bound.lstrip("_") not in (f"self._{definition.name}", f"self.__{definition.name}")
    ):
        return False
    return any(entry.value == question.bound for entry in graph.symbols.table(node.path).returns.get(node.scope, ()))


def fills_once(graph: Graph, node: Node, question: Question) -> bool:
    """Whether a loop asks only as long as a name that is set nowhere else in it is empty: `if first is None: first = ...`."""
    flow, name = graph.flows[node.path], question.bound
    if not name or name.partition(".")[0] in variables(flow.loops[question.loop].target):
        return False
    for case in flow.cases:
        empty = EMPTY.match(case.asked) if case.scope == node.scope and case.loop == question.loop else None
        if empty is not None and case.first <= question.line <= case.last and name in empty.groups():
            begins = flow.loops[question.loop].line
            sets = (one.line for one in flow.assigns if one.scope == node.scope and one.target == name and one.line > begins)
            return all(case.first <= line <= case.last for line in sets)
    return False


def kept(graph: Graph, node: Node, question: Question) -> bool:
    """Whether the scope keeps the answer, or looks into a store before it asks."""
    if question.bound and ("[" in question.bound or "." in question.bound) and STORE.search(question.bound):
        return True
    if stored(graph, node, question.start, question.loop) or _was_set(graph, node, question):
        return True
    for call in graph.called(node.path, ASKING):
        if graph.node(node.path, call.scope) != node:
            continue
        if call.target == "setattr" and call.start < question.start < call.end:
            return True
        if call.line < question.line and ASKS_STORE.search(call.target):
            return True
    return False


def _was_set(graph: Graph, node: Node, question: Question) -> bool:
    """Whether a method has set the relation before it reads it: `self.season = season_of(day)`, then `self.season.begin`."""
    if question.kind != "one" or question.root != "self" or not question.path:
        return False
    owner = graph.symbols.owner(node.path, question.scope)
    own = graph.symbols.table(node.path).own.get((owner.place, question.path[0]), ()) if owner is not None else ()
    return any(assign.scope == question.scope and assign.line < question.line for assign in own)


def stored(graph: Graph, node: Node, start: int, loop: int) -> bool:
    """Whether what begins at a byte, in the turn of a loop, fills a store that was asked for its key first."""
    flow = graph.flows[node.path]
    begins = flow.loops[loop].start if loop >= 0 else -1
    return any(first <= start < last and not first <= begins < last for first, last in flow.stores)


def looked_for(graph: Graph, node: Node) -> frozenset[str]:
    """The attributes that a scope looks for before it asks: `if hasattr(self, "open_lines")`."""
    calls = graph.calls.get(node, ())
    found = (arguments(call.args).positional for call in calls if call.target in LOOKS)
    return frozenset(name for given in found if len(given) > 1 and (name := literal(given[1])))
