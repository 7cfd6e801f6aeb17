"""Which errors leave an entry point with nobody to answer for them, and what that means in a sentence."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from auditor.model.finding import Confidence, Hop, Location
from auditor.paths.calls.graph import Node
from auditor.paths.entry.entries import EntryPoint
from auditor.paths.errors.carried import carries_answer
from auditor.paths.errors.certainty import certainty
from auditor.paths.errors.decided import is_by_sent
from auditor.paths.errors.dependence import Witness
from auditor.paths.errors.doubts import Doubts
from auditor.paths.errors.escape import Escapes
from auditor.paths.errors.happening import happening
from auditor.paths.errors.methods import Methods
from auditor.paths.errors.ruled_out import RuledOut
from auditor.paths.names.hierarchy import Hierarchy

ENDS = {"route": "answers 500", "task": "fails", "command": "ends with a traceback"}
CLOSES = "closes its websocket"
SHOWN_HOPS = 4
ALIKE = ("convert", "parse", "external")
"""Kinds of calls whose errors are answered for together."""
SAME = {"http": "urllib"}
"""Libraries whose calls follow one upon the other."""
FOLLOWS = re.compile(r"(?:HTTPError|HTTPStatusError|ResponseError|IncompleteRead|PayloadError|ChunkedEncodingError)\Z")
"""Types that come after a connection was made: it is the one to tell of first."""
MATCHED = re.compile(r"\.(?:match_info|path_params)\[['\"](\w+)['\"]\]")
"""A part of the route's own path: where the path says what it looks like, `{key:\\d+}` or `{key:int}`, it can be converted."""
GROUPS = re.compile(r"\bgroup\b|\bcallback\b", re.IGNORECASE)
"""A command that runs others."""
MANY = 4
CROWD = 12
"""So many entry points tell each for themselves what comes of one part of the application: of its broker, of any other."""
Steps = tuple[tuple[Node, Witness], ...]
NEAR = 5
FAR = 7
"""Beyond so many hops nobody can say that the way is ever gone: the first for what code decides, the second for machines."""
OWN = {"": 3, "flag": 4, "state": 4, "always": 5}
REACH = {
    "route": OWN,
    "task": OWN,
    "command": {"": 1, "flag": 1, "state": 1, "always": 2, "answer": 3, "told": 3, "given": 3},
}
"""The same for what the project raises itself, by what it depends on."""


class Unhandled(NamedTuple):
    """One type of error that leaves one entry point."""

    entry: EntryPoint
    error: str
    """The dotted name of the type."""
    location: Location
    """The handler's `def`."""
    path: tuple[Hop, ...]
    sentence: str
    confidence: Confidence
    """How sure it is that the error is met, and that it is none by which code says that it was called wrongly."""


def leaving(entry: EntryPoint, escapes: Escapes) -> dict[str, Node]:
    """The types that leave it, by name, each with the scope of the entry point that lets it out: the handler or a hook."""
    ruled_out = _ruled_out(escapes)
    found: dict[str, Node] = {}
    for node in (entry.node, *entry.hooks):
        for name in escapes.leaving(node):
            if (
                name not in found
                and not _is_answered(entry, name, escapes.hierarchy)
                and _is_met(entry, name, node, escapes)
                and ruled_out.met(entry, node, name)
            ):
                found[name] = node
    return dict(sorted(found.items()))


def _is_answered(entry: EntryPoint, name: str, hierarchy: Hierarchy) -> bool:
    if any(hierarchy.catches(kind, name) for kind in entry.answered) or hierarchy.ends_programs(name):
        return True
    return entry.kind == "route" and carries_answer(hierarchy, name)


@lru_cache(maxsize=1)
def _ruled_out(escapes: Escapes) -> RuledOut:
    return RuledOut(escapes)


def _is_met(entry: EntryPoint, error: str, node: Node, escapes: Escapes) -> bool:
    """Whether an error that begins so far away is ever met here: over many calls, what one of them asks rules it out.

    Another machine fails whoever calls it. Where the broker is down, no task runs that could miss it.
    """
    _, witness, hops = escapes.source(node, error)
    meant = entry.kind == "task" and escapes.catching.seen(node, escapes.by_node[node][error].guard, error)
    if not witness.name:
        last = entry.kind == "task" and hops == 1 and witness.mode == "always" and escapes.catching.after(node, witness.line)
        return not meant and not last and hops <= REACH[entry.kind].get(witness.mode, NEAR)
    if entry.route is not None and _is_converted(entry.route.path, witness.text):
        return False
    effect = escapes.graph.knowledge.effect(witness.name)
    keyed = effect is not None and effect.kind == "query" and witness.mode
    if entry.kind == "task" and (meant or effect is None or effect.inner or keyed or effect.kind in ("task", "delete")):
        return False
    return hops <= (FAR if effect is not None and effect.kind == "external" else NEAR)


def _is_converted(path: str, text: str) -> bool:
    """Whether a route's path lets a part of it through as a number or by a pattern alone."""
    return any(re.search(rf"\{{{key}:(?:\\|(?:int|float)\}})", path) for key in MATCHED.findall(text))


def handled(entry: EntryPoint, escapes: Escapes) -> bool | None:
    """Whether every error that arises in it is answered for; None where the library's own method answers."""
    definition = escapes.graph.definition(entry.node)
    if leaving(entry, escapes):
        return False
    return None if definition is None or definition.kind == "class" else True


def unhandled(entries: Iterable[EntryPoint], escapes: Escapes) -> Iterator[Unhandled]:
    """Every type that leaves an entry point, once for each handler, the most telling error of a family of types."""
    entries = tuple(entries)
    launches = Launches(entries, escapes)
    shared = Shared(escapes)
    told: set[tuple[object, ...]] = set()
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    found: list[tuple[EntryPoint, str, Node]] = []
    for entry in entries:
        types = leaving(entry, escapes)
        if entry.kind == "command":
            types = {error: node for error, node in types.items() if not launches.catch(entry.node, error)}
        for error, node in sorted(types.items(), key=lambda one: FOLLOWS.search(one[0]) is not None):
            again = _is_kind_of(error, node, types, escapes)
            site = _site(escapes, node, error)
            if again or (node, error) in told:
                continue
            alike[site or (node, error)].append(error)
            if site and site in told:
                continue
            told |= {(node, error), site}
            shared.add(entry, error, node)
            found.append((entry, error, node))
    methods = Methods(entries, escapes.graph)
    doubts = Doubts(escapes, [tuple(escapes.steps(node, error)) for _, error, node in found])
    for entry, error, node in found:
        steps = tuple(escapes.steps(node, error))
        sure = _sureness(entry, error, steps, doubts, escapes)
        others = shared.others(entry, error, node, sure)
        if others is not None:
            path = escapes.path(node, error)
            ends = CLOSES if _converses(entry) else ENDS[entry.kind]
            kin = alike[_site(escapes, node, error) or (node, error)]
            met = methods.reaching(entry, steps[0][0], steps[0][1].line, steps[0][1].text)
            sentence = f"{met.label} {ends} {_sentence(kin, path, _happened(kin, steps[-1][1], escapes))}"
            sentence += f", nor in {others} other entry points" if others else ""
            yield Unhandled(met, error, _place(entry, escapes), path, sentence, sure)


def _sureness(entry: EntryPoint, error: str, steps: Steps, doubts: Doubts, escapes: Escapes) -> Confidence:
    around = steps if entry.kind == "task" else steps[:1]
    seen = any(escapes.catching.seen(here, witness.guard, error) for here, witness in around)
    if seen or doubts.any(entry, steps, error) or _ruled_out(escapes).looked_at.is_signed(steps, entry.hooks):
        return Confidence.LOW
    tried = any(escapes.catching.tries(here, witness.guard) for here, witness in steps)
    sure = certainty(entry, error, steps, _is_met_elsewhere(error, steps[-1][0], escapes), tried)
    below = entry.kind == "route" and len(steps) > 1 and not steps[-1][1].name and steps[-1][1].mode != "answer"
    if below and sure is Confidence.MEDIUM and not is_by_sent(escapes.graph, escapes.outside, steps):
        return Confidence.LOW
    return sure


def _is_met_elsewhere(error: str, source: Node, escapes: Escapes) -> bool:
    """Whether others reckon with a type: a handler somewhere names it, or it tells of another machine that its scope calls, or
    that a helper calls for it.
    """
    graph = escapes.graph
    edges = [*graph.edges(source), *(edge for one in graph.edges(source) if one.to is not None for edge in graph.edges(one.to))]
    effects = (graph.knowledge.effect(edge.name) for edge in edges if edge.name)
    return escapes.catching.anywhere(error) or any(one is not None and one.kind == "external" for one in effects)


def _place(entry: EntryPoint, escapes: Escapes) -> Location:
    if entry.route is not None:
        return entry.route.location
    definition = escapes.graph.definition(entry.node)
    return Location(entry.node.path, definition.line if definition else 1, definition.column if definition else 1)


def _converses(entry: EntryPoint) -> bool:
    """Whether a route is a websocket's, which closes where another answers 500."""
    return entry.route is not None and entry.route.method == "WEBSOCKET"


def _happened(errors: Sequence[str], witness: Witness, escapes: Escapes) -> str:
    effect = escapes.graph.knowledge.effect(witness.name) if witness.name else None
    return happening(errors, effect, witness.name, witness.text)


def _sentence(errors: Sequence[str], path: tuple[Hop, ...], happened: str) -> str:
    """`when an HTTP service can not be reached: pay → charge → requests.post raises ConnectionError, caught nowhere`."""
    names = [hop.text.partition(" calls ")[0].partition(":")[0] for hop in path]
    last = path[-1].text.partition(": ")[2].partition(" raises ")[0] if path else ""
    if last and last != "raises" and not last.startswith("raises "):
        names.append(last.removeprefix("builtins."))
    if len(names) > SHOWN_HOPS + 1:
        names = [*names[:2], "…", *names[-2:]]
    what, way = " or ".join(dict.fromkeys(error.rpartition(".")[2] for error in errors)), " → ".join(names)
    return (
        f"when {happened}: {way} raises {what}, caught nowhere" if happened else f"when {what} is raised: {way}, caught nowhere"
    )


def _site(escapes: Escapes, node: Node, error: str) -> tuple[object, ...]:
    """What lets out several types that one mend is for: a call of a library, or all by which a scope asks another machine.
    Empty for any other error.
    """
    scope, witness, _ = escapes.source(node, error)
    effect = escapes.graph.knowledge.effect(witness.name) if witness.name else None
    if effect is not None and effect.kind == "external" and not effect.inner:
        library = witness.name.partition(".")[0]
        return node, scope, SAME.get(library, library)
    return (node, scope, witness.line, witness.name) if effect is not None and effect.kind in ALIKE else ()


def _is_kind_of(error: str, node: Node, types: dict[str, Node], escapes: Escapes) -> bool:
    """Whether another type that leaves speaks for it: a base of it that a library knows, or that the same call lets out."""
    kin = escapes.hierarchy.ancestors(error) - {error}
    effect = escapes.graph.knowledge.effect(escapes.source(node, error)[1].name)
    same = effect.raises if effect is not None else ()
    return any(other in kin and (other in escapes.graph.knowledge.bases or other in same) for other in types)


class Shared:
    """Parts that the whole application stands on, as its broker or a helper: where many entry points fail with one, that is
    one thing to mend, and only the nearest tells of it. What is surely wrong is told of each, unless a machine is its cause.
    """

    def __init__(self, escapes: Escapes) -> None:
        self.escapes = escapes
        self._ends: dict[tuple[object, ...], dict[EntryPoint, tuple[int, str]]] = defaultdict(dict)

    def add(self, entry: EntryPoint, error: str, node: Node) -> None:
        """Takes note of an error that leaves an entry point."""
        part, hops, _ = self._part(error, node)
        if hops < self._ends[part].get(entry, (hops + 1, ""))[0]:
            self._ends[part][entry] = (hops, error)

    def others(self, entry: EntryPoint, error: str, node: Node, sure: Confidence) -> int | None:
        """How many other entry points it speaks for; None where another finding speaks for it."""
        part, _, many = self._part(error, node)
        ends = self._ends[part]
        if ends[entry][1] != error:
            return None
        if len(ends) <= many:
            return 0
        if entry is min(ends, key=lambda one: ends[one][0]):
            return len(ends) - 1
        return 0 if many > MANY and sure is not Confidence.LOW else None

    def _part(self, error: str, node: Node) -> tuple[tuple[object, ...], int, int]:
        """What an error comes from, how many hops away that is, and how many entry points tell of it each for themselves."""
        here, witness, hops = self.escapes.source(node, error)
        effect = self.escapes.graph.knowledge.effect(witness.name) if witness.name else None
        if effect is not None and effect.inner and effect.service:
            return (effect.service,), hops, MANY
        return (here, witness.line, error), hops, CROWD


class Launches:
    """Where the project itself runs its commands: what is caught there never reaches the user as a traceback."""

    def __init__(self, entries: Iterable[EntryPoint], escapes: Escapes) -> None:
        commands = {entry.node for entry in entries if entry.kind == "command"}
        graph = escapes.graph
        self.escapes = escapes
        self.places: list[tuple[Node, int, Node | None]] = []
        """Where one is run, what stands around, and which command it is; None for a group, which runs all that it has."""
        for node in graph.nodes if commands else ():
            for call in graph.calls.get(node, ()):
                if call.guard < 0:
                    continue
                owner, _, last = call.target.rpartition(".")
                found = graph.symbols.chain(node.path, call.scope, owner if last == "main" and owner else call.target)
                if found is None or found.kind != "function" or not found.path:
                    continue
                run, decorators = Node(found.path, found.place), graph.symbols.definition(found).decorators
                if run in commands or (last == "main" and decorators):
                    grouped = run not in commands or any(GROUPS.search(text) for text in decorators)
                    self.places.append((node, call.guard, None if grouped else run))

    def catch(self, command: Node, error: str) -> bool:
        """Whether where a command is run stops an error of a type."""
        return any(
            self.escapes.catching.stopped(node, guard, error) for node, guard, run in self.places if run in (None, command)
        )
