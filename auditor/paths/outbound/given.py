"""Addresses that whoever asks gives along: behind them stands no service of the application's own choice."""

import re
from typing import NamedTuple

from auditor.paths.calls.edge import Edge, Node
from auditor.paths.calls.graph import Graph
from auditor.paths.names.symbol import Symbol

SECOND = frozenset(("request", "stream"))
"""Calls whose first argument is the method."""
ASKED = re.compile(
    r"\b(?:self\.)?request\.(?:GET|POST|args|form|json|values|data|query\w*|get_json|session)\b|\bcleaned_data\b|parse_args\("
)
PART = re.compile(r"(?P<root>[A-Za-z_]\w*)(?:\[|\.get\()")
"""A part of something handed over: `data["host_url"]`."""
BODY = re.compile(r"(?:data|payload|body|form|params|statement|request\w*|attrs|kwargs|options)\Z")
HEAD = re.compile(
    r"(?:(?:[\w.]+\.)?urljoin\(|[rR]?[fF][rR]?['\"]\{|str\()?\s*(?P<text>[A-Za-z_][\w.]*(?:\[[^\]]*\]|\.get\([^)]*\))?)"
)
"""What an address begins with."""
DEEPEST = 4


class Question(NamedTuple):
    """What is asked of one expression."""

    node: Node
    scope: int
    text: str


class Given:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def is_from_outside(self, node: Node, edge: Edge) -> bool:
        """Whether the address of a call is a part of what somebody sent, as far as it can be followed."""
        given = edge.arguments
        second = edge.call.target.rpartition(".")[2] in SECOND
        text = given.keywords.get("url") or next(iter(given.positional[1 if second else 0 :]), "")
        return self._is_sent(Question(node, edge.call.scope, text), 0)

    def _is_sent(self, asked: Question, depth: int) -> bool:
        text = asked.text.strip()
        if ASKED.search(text):
            return True
        head = HEAD.match(text)
        if head is None or depth > DEEPEST:
            return False
        text = head["text"]
        part = PART.match(text)
        if part is not None:
            return self._is_body(asked, part["root"], depth)
        return text.isidentifier() and self._is_sent_name(asked, text, depth)

    def _is_body(self, asked: Question, root: str, depth: int) -> bool:
        """Whether something with parts is what a request or a form brought: by its name as a parameter, or by what it is."""
        own = self._assigned(asked, root)
        if own:
            return any(ASKED.search(text) for text in own)
        return self._place(asked, root) is not None and BODY.search(root) is not None

    def _is_sent_name(self, asked: Question, name: str, depth: int) -> bool:
        own = self._assigned(asked, name)
        if own:
            return any(self._is_sent(asked._replace(text=text), depth + 1) for text in own)
        place = self._place(asked, name)
        if place is None:
            return False
        callers = self.graph.callers.get(asked.node, ())
        texts = [(caller, edge, edge.arguments.get(place, name) or "") for caller, edge in callers]
        return any(self._is_sent(Question(caller, edge.call.scope, text), depth + 1) for caller, edge, text in texts)

    def _assigned(self, asked: Question, name: str) -> list[str]:
        assigns = self.graph.symbols.table(asked.node.path).assigns.get((asked.scope, name), ())
        return [one.text or one.value for one in assigns]

    def _place(self, asked: Question, name: str) -> int | None:
        """The position of a parameter as callers count; None where the name is none."""
        if asked.node.scope < 0:
            return None
        signature = self.graph.symbols.signature(Symbol("function", *asked.node))
        if name not in signature.names:
            return None
        return signature.names.index(name) - (signature.first in ("self", "cls"))
