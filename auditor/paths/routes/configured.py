"""What an application's configuration holds under a key: `app.config["API_PREFIX"]`."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.paths.routes.places import Places
from auditor.paths.written.arguments import arguments, literal

KEYED = re.compile(r"(?:[\w.]+\.)?config(?:\[\s*|\.get\(\s*)['\"](?P<key>\w+)['\"](?:\s*\]|[^()]*\))\Z")


class Said(NamedTuple):
    """An expression and the scope that it stands in."""

    path: str
    scope: int
    text: str


def key_of(text: str) -> str:
    """The key that an expression reads of a configuration; empty where it reads none."""
    match = KEYED.match(text)
    return match["key"] if match else ""


class Configured:
    """Answers for one project."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def under(self, key: str) -> Iterator[Said]:
        """The expressions that give what is held under a key, in the order of the files."""
        for path, scope, text in self._objects:
            yield Said(path, scope, f"{text}.{key}" if text else key)

    @cached_property
    def _objects(self) -> tuple[Said, ...]:
        """The objects that configurations are filled from."""
        graph = self.places.graph
        found: list[Said] = []
        lasts = {name.rpartition(".")[2] for name in graph.knowledge.configures}
        for path, flow in sorted(graph.flows.items()):
            for call in flow.calls:
                if call.target.rpartition(".")[2] not in lasts or graph.files[path].kind != "source":
                    continue
                names = self.places.names(path, call.scope, call.target)
                if graph.knowledge.configures.isdisjoint(name.replace("()", "") for name in names):
                    continue
                text = arguments(call.args).get(0, "obj") or ""
                said = literal(text)
                found += [Said(path, call.scope, text)] if said is None else self._named(said)
        return tuple(found)

    def _named(self, dotted: str) -> Iterator[Said]:
        """A module, or what stands in one, by its absolute name."""
        module, _, last = dotted.rpartition(".")
        if whole := self.places.symbols.modules.find(dotted):
            yield Said(whole, -1, "")
        elif origin := self.places.symbols.modules.find(module):
            yield Said(origin, -1, last)
