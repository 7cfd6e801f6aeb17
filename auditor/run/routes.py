"""The route table for the ledger: each route with the questions repeated and the calls without a timeout that it leads to."""

from collections.abc import Iterable

import msgspec

from auditor.model.route import Route
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.project import Project


def routes(project: Project) -> tuple[Route, ...]:
    """All routes by path and method. A number is None where no such call is known in the whole project to count by."""
    starts = [entry for entry in project.entries if entry.route is not None]
    if not starts:
        return ()
    repeated = [one.outer for one in project.repeated_queries]
    calls = project.outbound.waiting
    untimed = [one.node for one in calls if one.bounded is not True]
    below = leads_to(project.graph, [*repeated, *untimed])
    asked = (1 << len(repeated)) - 1
    found = []
    for entry, route in zip(dict.fromkeys(starts), project.routes, strict=True):
        mask = 0
        for node in (entry.node, *entry.hooks):
            mask |= below.get(node, 0)
        found.append(
            msgspec.structs.replace(
                route,
                queries_in_loops=(mask & asked).bit_count(),
                untimed_calls=(mask >> len(repeated)).bit_count() if calls else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.path, one.method, one.handler)))


def leads_to(graph: Graph, targets: Iterable[Node]) -> dict[Node, int]:
    """For each scope a bit set of the targets, by their order, that it leads to or is. Scopes that lead to none are missing.

    The sets are carried from each target to its callers until nothing changes, so circles end.
    """
    masks: dict[Node, int] = {}
    for bit, node in enumerate(targets):
        masks[node] = masks.get(node, 0) | 1 << bit
    waiting = set(masks)
    while waiting:
        node = waiting.pop()
        mask = masks[node]
        for caller, _ in graph.callers.get(node, ()):
            joined = masks.get(caller, 0) | mask
            if joined != masks.get(caller, 0):
                masks[caller] = joined
                waiting.add(caller)
    return masks
