"""Which errors leave an entry point with nobody to answer for them, and what that means in a sentence."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from auditor.model.finding import Hop, Location
from auditor.paths.entries import EntryPoint
from auditor.paths.escape import DOUBTFUL, Escapes
from auditor.paths.graph import Node

ENDS = {"route": "answers 500", "task": "fails", "command": "ends with a traceback"}
SHOWN_HOPS = 4
FAR = 7
"""Beyond so many hops nobody can be sure that the way is ever gone."""


class Unhandled(NamedTuple):
    """One type of error that leaves one entry point."""

    entry: EntryPoint
    error: str
    """The dotted name of the type."""
    location: Location
    """The handler's `def`."""
    path: tuple[Hop, ...]
    sentence: str
    doubtful: bool
    """Whether it is a type by which code may also say that it was called wrongly."""


def leaving(entry: EntryPoint, escapes: Escapes) -> dict[str, Node]:
    """The types that leave it, by name, each with the scope of the entry point that lets it out: the handler or a hook."""
    found: dict[str, Node] = {}
    for node in (entry.node, *entry.hooks):
        for name in escapes.leaving(node):
            if name not in found and not any(escapes.hierarchy.catches(kind, name) for kind in entry.answered):
                found[name] = node
    return dict(sorted(found.items()))


def handled(entry: EntryPoint, escapes: Escapes) -> bool | None:
    """Whether every error that arises in it is answered for; None where the library's own method answers."""
    definition = escapes.graph.definition(entry.node)
    if leaving(entry, escapes):
        return False
    return None if definition is None or definition.kind == "class" else True


def unhandled(entries: Iterable[EntryPoint], escapes: Escapes) -> Iterator[Unhandled]:
    """Every type that leaves an entry point, once for each handler, the most telling error of a family of types."""
    told = set()
    entries = tuple(entries)
    launches = Launches(entries, escapes)
    for entry in entries:
        types = leaving(entry, escapes)
        if entry.kind == "command":
            types = {error: node for error, node in types.items() if not launches.catch(error)}
        for error, node in types.items():
            kin = escapes.hierarchy.ancestors(error) - {error}
            if (node, error) in told or any(other in kin for other in types if other in escapes.graph.knowledge.bases):
                continue
            told.add((node, error))
            place = _place(entry, escapes)
            path = escapes.path(node, error)
            yield Unhandled(entry, error, place, path, _sentence(entry, error, path), error in UNSURE or len(path) > FAR)


UNSURE = DOUBTFUL | {"TypeError"}


def _place(entry: EntryPoint, escapes: Escapes) -> Location:
    if entry.route is not None:
        return entry.route.location
    definition = escapes.graph.definition(entry.node)
    return Location(entry.node.path, definition.line if definition else 1, definition.column if definition else 1)


def _sentence(entry: EntryPoint, error: str, path: tuple[Hop, ...]) -> str:
    """`POST /pay answers 500 when Timeout is raised: pay → charge → requests.post, caught nowhere`."""
    names = [hop.text.partition(" calls ")[0].partition(":")[0] for hop in path]
    last = path[-1].text.partition(": ")[2].partition(" raises ")[0] if path else ""
    if last and last != "raises" and not last.startswith("raises "):
        names.append(last)
    if len(names) > SHOWN_HOPS + 1:
        names = [*names[:2], "…", *names[-2:]]
    what = error.rpartition(".")[2]
    return f"{entry.label} {ENDS[entry.kind]} when {what} is raised: {' → '.join(names)}, caught nowhere"


class Launches:
    """Where the project itself runs its commands: what is caught there never reaches the user as a traceback."""

    def __init__(self, entries: Iterable[EntryPoint], escapes: Escapes) -> None:
        commands = {entry.node for entry in entries if entry.kind == "command"}
        graph = escapes.graph
        self.escapes = escapes
        self.places: list[tuple[Node, int]] = []
        for node in graph.nodes if commands else ():
            for call in graph.calls.get(node, ()):
                owner, _, last = call.target.rpartition(".")
                found = graph.symbols.chain(node.path, call.scope, owner if last == "main" and owner else call.target)
                decorated = found is not None and found.kind == "function" and found.path
                if found is None or not decorated or call.guard < 0:
                    continue
                if Node(found.path, found.place) in commands or (last == "main" and graph.symbols.definition(found).decorators):
                    self.places.append((node, call.guard))

    def catch(self, error: str) -> bool:
        """Whether one of them stops an error of a type."""
        return any(self.escapes.catching.stopped(node, guard, error) for node, guard in self.places)
