"""What a call of a function asks the database each time, through the functions that it calls in turn."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.facts.flow.elide import elided
from auditor.facts.flow.loops import EACH
from auditor.paths.calls.flags import Flags, name_of
from auditor.paths.calls.graph import Edge, Graph, Node
from auditor.paths.calls.reach import Way
from auditor.paths.names.symbol import Symbol
from auditor.paths.queries.asked import Questions
from auditor.paths.queries.kept import keeps_in_own_name, keeps_with_object, kept, remembers
from auditor.paths.queries.origin import Origins
from auditor.paths.queries.question import UNITS, Question
from auditor.paths.queries.sent_on import given_as
from auditor.paths.written.arguments import arguments

NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?!\s*=[^=])")
LONGEST = 4
"""Calls on the way from a loop to the read of a relation of its element."""
LONGEST_ELSE = {"write": 1, "query": 2}
"""The same to a question of any row: what lies further is the business of the loop, or seldom reached."""
MOST = 80


class Need(NamedTuple):
    """A question that every call asks; for a relation `root` is the parameter whose object it is read from."""

    question: Question
    node: Node
    """Where it is asked."""
    root: str = ""
    path: tuple[str, ...] = ()
    always: bool = True
    way: Way = ()
    """The calls from the function to there."""
    free: bool = False
    """Whether `root` is only the object that the answer is kept with: no loading option spares the question."""


class Needs:
    """Answers for functions, remembered. A function that calls itself adds nothing by that."""

    def __init__(self, graph: Graph, questions: Questions, origins: Origins) -> None:
        self.graph = graph
        self.questions = questions
        self.origins = origins
        self.flags = Flags(graph)
        self._known: dict[Node, tuple[Need, ...]] = {}

    def of(self, node: Node) -> tuple[Need, ...]:
        """What a call of a function needs."""
        waiting = [] if node in self._known else [self._begun(node)]
        while waiting:  # callees first, and without recursion: a chain of calls may be longer than Python's stack
            one, callees = waiting[-1]
            below = next((callee for callee in callees if callee not in self._known), None)
            if below is not None:
                waiting.append(self._begun(below))
            else:
                waiting.pop()
                self._known[one] = () if remembers(self.graph.definition(one)) else tuple(self._work_out(one))
        return self._known[node]

    def _begun(self, node: Node) -> tuple[Node, Iterator[Node]]:
        """A function that nothing is known of yet, with those that it calls."""
        self._known[node] = ()
        edges = () if remembers(self.graph.definition(node)) else self.graph.edges(node)
        return node, iter([edge.to for edge in edges if edge.to is not None and not edge.later])

    def _work_out(self, node: Node) -> list[Need]:
        found: dict[object, Need] = {}
        once = keeps_with_object(self.graph.definition(node))
        for question in self.questions.of(node):
            if question.method in UNITS:
                continue
            need = self._own(node, question)
            if need is not None and not kept(self.graph, node, question):
                own = once or keeps_in_own_name(self.graph, node, question)
                found.setdefault(_key(need), held(need) if own and question.kind != "write" else need)
        for edge in self.graph.edges(node):
            if edge.to is not None and not edge.later and len(found) < MOST:
                for need in self.of(edge.to):
                    if len(need.way) + 2 <= _longest(need) + self._is_given(need) + _is_inherited(edge, need):
                        handed = self.handed(node, edge, need)
                        if handed is not None:
                            # What was written once for an object may well be written again.
                            found.setdefault(_key(handed), held(handed) if once and need.question.kind != "write" else handed)
        return list(found.values())[:MOST]

    def _is_given(self, need: Need) -> bool:
        """Whether a function only sends the query that it is given: whoever gives it is the one who asks."""
        text = (*arguments(need.question.args).positional, "")[0]
        return bool(text) and bool(given_as(self.graph, need.node, text))

    def _own(self, node: Node, question: Question) -> Need | None:
        if not question.root:
            return Need(question, node)
        origin = self.origins.of(node.path, question.scope, question.root, question.line, question.loop)
        if origin.kind == "parameter":
            return Need(question, node, origin.name, (*origin.path, *question.path), question.always)
        return None

    def handed(self, node: Node, edge: Edge, need: Need) -> Need | None:
        """A callee's need as one of the caller; None where it only concerns objects that the caller gets once."""
        way = ((node, edge), *need.way)
        if self.spared(node, edge, need):
            return None
        if not need.root:
            return need._replace(way=way)
        root, path = self.argument(node, edge, need.root)
        if not root:
            return need._replace(root="", path=(), way=way) if need.always else None
        origin = self.origins.of(node.path, edge.call.scope, root, edge.call.line, edge.call.loop)
        if origin.kind == "parameter":
            return need._replace(root=origin.name, path=(*origin.path, *path, *need.path), way=way)
        return None

    def spared(self, node: Node, edge: Edge, need: Need) -> bool:
        """Whether a call leaves the argument out that a question asks with: `get(pk=user)` where no user is given.

        Or gives a parameter so that the function does not come to the question: `if lines is None: lines = …`.
        """
        if edge.to is not None and self._passes_by(node, edge, need):
            return True
        # What is written is written without it too: `save(using=None, update_fields=None)`.
        if need.way or edge.to != need.node or edge.read or not need.question.args or need.question.kind == "write":
            return False
        signature = self.graph.symbols.signature(Symbol("function", edge.to.path, edge.to.scope))
        given = edge.arguments
        bound = self.graph.symbols.owner(edge.to.path, edge.to.scope) is not None and signature.first in ("self", "cls")
        asked = set(NAME.findall(need.question.args))
        return not given.spread and any(
            default == "None" and name in asked and given.get(signature.names.index(name) - bound, name) is None
            for name, default in signature.defaults.items()
        )

    def _passes_by(self, node: Node, edge: Edge, need: Need) -> bool:
        """Whether what is given for parameters with a default leads past the question."""
        assert edge.to is not None
        asks = self.flags.at(edge.to, need.way[0][1].call.line if need.way else need.question.line)
        if not asks:
            return False
        above = self.flags.handed(node, edge, asks)
        if above is None:
            return True
        signature = self.graph.symbols.signature(Symbol("function", edge.to.path, edge.to.scope))
        bound = signature.first in ("self", "cls")
        missing = [name_of(ask) for ask in asks if ask.startswith("!") and ask.endswith("?")]
        given = [edge.arguments.get(signature.names.index(name) - bound, name) for name in missing if name in signature.names]
        # What is handed on from a parameter that may be None itself says nothing.
        return any(text not in (None, "None") for text in given) and not above

    def argument(self, node: Node, edge: Edge, name: str) -> tuple[str, tuple[str, ...]]:
        """What a call gives for a parameter: a name and the relations from it; an empty name for anything else."""
        assert edge.to is not None
        signature = self.graph.symbols.signature(Symbol("function", edge.to.path, edge.to.scope))
        if name not in signature.names:
            return "", ()
        bound = self.graph.symbols.owner(edge.to.path, edge.to.scope) is not None and signature.first in ("self", "cls")
        if bound and signature.first == "self" and edge.call.args == EACH:
            # `map(Order.label, orders)` hands the row over as the method's own.
            through = self.graph.symbols.chain(node.path, edge.call.scope, edge.call.target.rpartition(".")[0])
            bound = through is None or through.kind != "class"
        place = signature.names.index(name) - bound
        given = edge.call.target.rpartition(".")[0] if place < 0 else edge.arguments.get(place, name)
        text = elided((given or "").encode()) if place >= 0 else given or ""
        if text.isidentifier():
            return text, ()
        root, relations, rest = self.questions.lazy.walk(node.path, edge.call.scope, text)
        return (root, tuple(one.name for one in relations)) if relations and not rest else ("", ())


def held(need: Need) -> Need:
    """The need of a property that keeps its answer with its object."""
    return need if need.root else need._replace(root="self", always=False, free=True)


def _is_inherited(edge: Edge, need: Need) -> bool:
    """Whether a class hands a question on to its base, which is no step further away: `super().save()`."""
    return edge.call.target.startswith("super") or any(step.call.target.startswith("super") for _, step in need.way)


def _longest(need: Need) -> int:
    return LONGEST if need.root else LONGEST_ELSE.get(need.question.kind, LONGEST)


def _key(need: Need) -> object:
    question = need.question
    return need.node.path, question.line, question.column, question.method, need.root, need.path
