"""Outside services that entry points reach with nothing to keep their failures from spreading."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.knowledge.values import Effect
from auditor.model.finding import Hop
from auditor.paths.calls.edge import Edge, Node
from auditor.paths.calls.graph import Graph
from auditor.paths.calls.reach import Reach, Way
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.outbound.calls import Outbound, OutboundCalls, waits
from auditor.paths.outbound.given import Given
from auditor.paths.outbound.guarding import Guarding
from auditor.paths.outbound.heirs import Heirs

CONVERSES = re.compile(r"\.ws_connect\Z|websockets?\b")
PROBES = re.compile(r"prob(?:e|ing)|health|heartbeat|liveness|is_alive|(?:^|_)ping(?:_|$)", re.IGNORECASE)
OBJECT_STORES = ("boto3", "botocore", "google", "azure")


class Exposed(NamedTuple):
    """A service that is reached unguarded: by which entry point, through which call, and by which way."""

    service: str
    call: Outbound
    entry: EntryPoint
    path: tuple[Hop, ...]
    guarded_elsewhere: bool
    """Whether another way to the same service is guarded."""
    doubtful: bool = False
    """Whether a breaker may have no place there: work is only handed over or asked for, a conversation is held, the call is a
    probe itself, or whoever asks says which address.
    """


class Services:
    """Answers for one project. Command lines are no entry points here: a person waits there, and tries again."""

    def __init__(self, graph: Graph, outbound: OutboundCalls, guarding: Guarding, entries: Iterable[EntryPoint]) -> None:
        self.graph = graph
        self.outbound = outbound
        self.guarding = guarding
        self.given = Given(graph)
        self.entries: dict[Node, list[EntryPoint]] = defaultdict(list)
        for entry in entries:
            for node in (entry.node, *entry.hooks) if entry.kind != "command" else ():
                self.entries[node].append(entry)
        self._known_depths: dict[int, tuple[Effect, dict[Node, int]]] = {}
        """By the identity of an effect, which is kept so that no other takes its place."""

    @cached_property
    def by_name(self) -> dict[str, list[Outbound]]:
        """The calls that matter, by service."""
        found: dict[str, list[Outbound]] = defaultdict(list)
        heirs = Heirs(self.graph, self.guarding)
        for call in self.outbound.all:
            if waits(call.effect) and not call.local and not call.edge.name.startswith(("django.core.cache", *OBJECT_STORES)):
                for one in heirs.by_heir(call):
                    found[self._name(one)].append(one)
        return dict(sorted(found.items()))

    def _name(self, one: Outbound) -> str:
        """What is one service for a reader: a host or a constant's name, else the library and where it is used."""
        return (
            one.service if " in " not in one.service or one.effect.service == "an HTTP service" else one.service.partition(" ")[0]
        )

    def exposed(self) -> Iterator[Exposed]:
        """The services with a way from an entry point that nothing guards, at the call nearest to the effect."""
        for service, calls in self.by_name.items():
            open_ = [one for one in calls if self._is_open(one)]
            if not open_:
                continue
            one = min(open_, key=lambda one: (self._is_doubtful(one), self._depths(one.effect)[one.node], one.location))
            way = self._open_way(one) or ()
            start = way[0][0] if way else one.node
            reach = Reach(self.graph)
            called = one.edge.name if one.edge.to is None else self.graph.name(one.edge.to)
            here = Hop(one.location, f"{self.graph.name(one.node)} calls {called}")
            guarded = len(open_) < sum(one.node in self._reached_at_all for one in calls)
            entry = self._entry(start, [*(node for node, _ in way), one.node])
            yield Exposed(service, one, entry, (*reach.hops(way), here), guarded, self._is_doubtful(one))

    def _is_doubtful(self, one: Outbound) -> bool:
        if one.effect.inner or CONVERSES.search(one.edge.name) or PROBES.search(self.graph.name(one.node).rpartition(".")[2]):
            return True
        return one.unnamed and self.given.is_from_outside(one.node, one.edge)

    def _entry(self, start: Node, way: list[Node]) -> EntryPoint:
        """The entry point that a way begins at: of the views that share a method, the one whose own methods are on the way."""
        owners = {owner for node in way if (owner := self.graph.symbols.owner(*node)) is not None}
        mro = self.graph.symbols.classes.mro

        def own(entry: EntryPoint) -> tuple[int, bool]:
            aside = entry.route is not None and entry.route.method in ("OPTIONS", "HEAD")
            return len(owners.intersection(mro(entry.klass))) if entry.klass is not None else 0, not aside

        return max(self.entries[start], key=own)

    @property
    def reached(self) -> dict[str, bool]:
        """By service that some entry point reaches: whether every way to it is guarded."""
        return {
            service: not any(self._is_open(one) for one in calls)
            for service, calls in self.by_name.items()
            if any(one.node in self._reached_at_all for one in calls)
        }

    @cached_property
    def _reached_at_all(self) -> frozenset[Node]:
        return frozenset(Reach(self.graph, self.entries).from_entries)

    def _is_open(self, one: Outbound) -> bool:
        """Whether some way from an entry point to a call is guarded nowhere."""
        if one.node not in self._reached_at_all or self.guarding.client(one):
            return False
        return not self.guarding.call(one.node, one.edge, one.effect) and one.node in self._depths(one.effect)

    def _depths(self, effect: Effect) -> dict[Node, int]:
        """How many calls below an entry point each scope is that nothing guards against the effect: one search for all calls."""
        if id(effect) not in self._known_depths:
            depths = {node: 0 for node in self.entries if not self.guarding.scope(node, effect)}
            waiting = deque(depths)
            while waiting:
                node = waiting.popleft()
                for edge in self.graph.edges(node):
                    below = edge.to
                    if below is None or below in depths or self.guarding.scope(below, effect):
                        continue
                    if not self.guarding.call(node, edge, effect):
                        depths[below] = depths[node] + 1
                        waiting.append(below)
            self._known_depths[id(effect)] = effect, depths
        return self._known_depths[id(effect)][1]

    def _open_way(self, one: Outbound) -> Way | None:
        """A shortest way from an entry point to a call on which nothing guards it; None where there is none."""
        if one.node not in self._reached_at_all or self.guarding.client(one):
            return None
        if self.guarding.call(one.node, one.edge, one.effect):
            return None
        steps: dict[Node, tuple[Node, Edge] | None] = {one.node: None}
        waiting = deque([one.node])
        while waiting:
            node = waiting.popleft()
            if self.guarding.scope(node, one.effect):
                continue
            if node in self.entries:
                return self._down(node, steps)
            for caller, edge in self.graph.callers.get(node, ()):
                if caller not in steps and not self.guarding.call(caller, edge, one.effect):
                    steps[caller] = (node, edge)
                    waiting.append(caller)
        return None

    def _down(self, node: Node, steps: dict[Node, tuple[Node, Edge] | None]) -> Way:
        found: list[tuple[Node, Edge]] = []
        step = steps[node]
        while step is not None and len(found) < 50:
            below, edge = step
            found.append((node, edge))
            node, step = below, steps[below]
        return tuple(found)
