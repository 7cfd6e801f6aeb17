"""Requests that a limiter of the project's own lets go on uncounted, by the path or the name of their route."""

import re
from collections.abc import Iterable, Iterator

from auditor.facts.flow.events import Membership
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.routes.declared import Declared
from auditor.paths.routes.places import Places
from auditor.paths.written.arguments import literal

ASKED = re.compile(
    r"(?:[\w.()]*\.)?(?:path(?:_info)?|name|endpoint|url_name|view_name|url_rule|rule)\s+in\s+(?P<listed>[A-Za-z_][\w.]*|[\[({].*[\])}])\Z",
    re.DOTALL,
)
"""`request.url.path in EXEMPT`, `route.name in {"export"}`."""
TEXT = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")


def let_off(graph: Graph, places: Places, code: Iterable[Node]) -> frozenset[str]:
    """The paths and names that functions ask for in a branch that leaves early, before anything is counted or refused."""
    return frozenset(text for node in code for one in _leaving(graph, node) for text in _listed(graph, places, node, one))


def _leaving(graph: Graph, node: Node) -> Iterator[Membership]:
    """The branches of a function that hand a request on and leave."""
    own = [one for one in graph.flows[node.path].memberships if one.scope == node.scope]
    passed = {one.text for one in own if not one.met}
    for one in own:
        refuses = any(one.first <= raised.line <= one.last for raised in graph.raises.get(node, ()))
        if one.met and one.text in passed and not refuses:
            yield one


def _listed(graph: Graph, places: Places, node: Node, one: Membership) -> Iterator[str]:
    """The texts of the list that a branch asks."""
    asked = ASKED.fullmatch(one.text.strip())
    listed = asked["listed"] if asked is not None else ""
    texts = [listed] if listed[:1] in ("[", "(", "{") else []
    for place in places.of(node.path, node.scope, listed) if listed and not texts else ():
        table = graph.symbols.table(place.path)
        for assign in table.assigns.get((place.scope, place.name), ()):
            texts += [assign.text, *(call.args for call in table.at.get(assign.start, ()))]
    yield from (said for text in texts for quoted in TEXT.findall(text) if (said := literal(quoted)))


def names_of(path: str, handler: str, declared: Declared | None) -> frozenset[str]:
    """By what a route may be let off: its path, its name, its handler's name."""
    name = (
        literal(declared.given.keywords.get("name") or declared.given.keywords.get("endpoint")) if declared is not None else None
    )
    return frozenset(one for one in (path, path.rstrip("/"), handler.rpartition(".")[2], name) if one)
