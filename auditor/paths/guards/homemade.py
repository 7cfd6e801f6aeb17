"""Handlers that ask a limiter of the project's own in their own code: something that counts, and turns some requests away."""

import re
from collections.abc import Iterable
from functools import cached_property

from auditor.paths.calls.graph import Graph, Node

NAMED = re.compile(
    r"(?:rate|req(?:uest)?s?|api|login|sign_?in|call)_?limit|throttl|limiter|too_?many|flood|Rate_?Limit", re.IGNORECASE
)
"""What such limiters, and the files, classes and variables that hold them, are called."""
TURNS = re.compile(
    r"\b429\b|TOO_MANY_REQUESTS|TooManyRequests|Throttled\b|RateLimit\w*(?:Exceeded|Error)|Ratelimited\b|Retry-After"
)
"""How a request is turned away."""
COUNTS = frozenset("incr incrby increment aincr incr_with_expiry zadd zcard zcount zremrangebyscore hit".split())
"""Calls that count in a cache or a limiter's store."""
CLOCK = frozenset("time monotonic now perf_counter".split())
ASKED = frozenset("hit test is_limited is_allowed allow".split())
"""Methods by which a limiter under a telling name is asked: `login_limiter.test()`."""
NEAR = 2
"""Over so many calls a handler leads to the limiter that it asks."""


class Homemade:
    """Answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def covers(self, nodes: Iterable[Node]) -> bool:
        """Whether one of these scopes asks such a limiter, itself or over few calls."""
        return any(node in self.near for node in nodes)

    @cached_property
    def near(self) -> frozenset[Node]:
        """The scopes that lead to a limiter over few calls."""
        found, edge = set(self.counting), set(self.counting)
        for _ in range(NEAR):
            edge = {caller for node in edge for caller, _ in self.graph.callers.get(node, ()) if caller.scope >= 0} - found
            found |= edge
        return frozenset(found)

    @cached_property
    def counting(self) -> frozenset[Node]:
        """The scopes that count requests and turn some away, themselves or through who asks them."""
        found, sure = set(), set()
        for path in self.graph.flows:
            if self.graph.files[path].kind != "source":
                continue
            for call in self.graph.called(path, COUNTS, CLOCK, ASKED):
                last = call.target.rpartition(".")[2]
                node = self.graph.node(path, call.scope)
                if node.scope < 0:
                    continue
                if last in ASKED and NAMED.search(call.target.rpartition(".")[0]):
                    sure.add(node)
                elif last in COUNTS or (last in CLOCK and NAMED.search(self._known_as(node))):
                    found.add(node)
        return frozenset(sure | {node for node in found - sure if self._turns_away(node)})

    def _turns_away(self, node: Node) -> bool:
        """Whether a scope that counts answers that it is too much, or who asks it does; a telling name is enough for one
        that counts in a store.
        """
        if NAMED.search(self._known_as(node)) and any(
            self._last(call.target) in COUNTS for call in self.graph.calls.get(node, ())
        ):
            return True
        askers = (caller for caller, _ in self.graph.callers.get(node, ()))
        return any(self._refuses(one) for one in (node, *askers))

    def _refuses(self, node: Node) -> bool:
        calls = self.graph.calls.get(node, ())
        raises = self.graph.raises.get(node, ())
        return any(TURNS.search(call.args) or TURNS.search(call.target) for call in calls) or any(
            TURNS.search(one.type) or TURNS.search(one.args) for one in raises
        )

    def _last(self, target: str) -> str:
        return target.rpartition(".")[2]

    def _known_as(self, node: Node) -> str:
        definition = self.graph.definition(node)
        return f"{node.path.rpartition('/')[2]} {definition.qualname if definition is not None else ''}"
