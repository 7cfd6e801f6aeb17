"""From declarations to full paths: prefixes of what hangs below what joined from the roots down."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from auditor.knowledge.entries import View
from auditor.knowledge.names import spelt
from auditor.paths.names.symbol import Symbol
from auditor.paths.routes.answers import Answer, Answers, paths
from auditor.paths.routes.collect import Collector
from auditor.paths.routes.declared import Declared, Holder, Made
from auditor.paths.routes.exposed import Exposed
from auditor.paths.routes.hung import Hung, hung
from auditor.paths.routes.places import Place
from auditor.paths.routes.signs import signs, unprefixed
from auditor.paths.routes.tabled import Tables
from auditor.paths.written.arguments import arguments

DEEPEST = 12
MOST = 50_000
"""Routes that are written down at most: mounts in a circle end here at the latest."""
UNKNOWN = "{?}"
BARE = re.compile(r"[\w<]")
"""How a path begins that has no slash of its own."""
ROOT = "urlpatterns"
"""The name by which a framework finds a module's routes."""


class Joined(NamedTuple):
    """One answer at one full path. `holders` are the bindings from the root down to the one that declares it."""

    answer: Answer
    path: str
    holders: tuple[Place, ...]
    declared: Declared | None = None


class Joiner:
    """Walks from the roots down."""

    def __init__(self, collector: Collector, answers: Answers) -> None:
        self.collector = collector
        self.answers = answers
        self.exposed = Exposed(answers)
        self.left = MOST
        self._walked: set[Place] = set()
        self.lost: list[Declared] = []
        """Declarations whose handler nobody can name."""

    @cached_property
    def _hung(self) -> dict[Place, list[Hung]]:
        """The classes that hang themselves on a router, by that; those on a router nobody can name stand by their own place."""
        found: dict[Place, list[Hung]] = defaultdict(list)
        for one in hung(self.collector):
            known = [place for place in one.places if place in self.collector.holders]
            for place in known or (Place(one.klass.path, one.klass.place, "class"),):
                found[place].append(one)
        return found

    @cached_property
    def _signs(self) -> frozenset[str]:
        return signs(self.collector.graph)

    def routes(self) -> Iterator[Joined]:
        """All routes of the project, in the order of the places that declare them."""
        mounted = {mount.child for holder in list(self.collector.holders.values()) for mount in holder.mounts}
        rooted_in = any(place.name == ROOT for place in self.collector.holders)
        for place in sorted(self.collector.holders):
            if place not in mounted:
                loose = rooted_in and self.collector.holders[place].made is None and self._is_spare(place)
                yield from self._walk(place, f"{UNKNOWN}/" if loose else "", (), False)
        # Lists that only hang below themselves, such as one that takes in what it finds in modules by their names.
        for place in sorted(self.collector.holders):
            if place.name == ROOT and place not in self._walked:
                yield from self._walk(place, "", (), False)
        yield from self._classes()
        yield from self._tabled()

    def _is_spare(self, place: Place) -> bool:
        """Whether a list of routes has a name of its own beside the framework's: some code that nobody read hangs it in."""
        return place.name.isidentifier() and place.scope < 0 and not place.name.endswith(("patterns", "routes"))

    def _walk(self, place: Place, above: str, trail: tuple[Place, ...], replaced: bool) -> Iterator[Joined]:
        """What a holder holds, below the path `above`, which takes the place of its own prefix where that is `replaced`."""
        if place in trail or len(trail) > DEEPEST or place not in self.collector.holders:
            return
        holder = self.collector.holders[place]
        prefix = above if replaced else joined(above, self._prefix(holder))
        trail = (*trail, place)
        self._walked.add(place)
        for declared in holder.routes:
            yield from self._declared(declared, prefix, above, trail, holder)
        for one in self._hung.get(place, ()):
            yield from self._class(one, prefix, trail)
        for mount in holder.mounts:
            said = _plain(UNKNOWN if mount.prefix is None else mount.prefix, mount.regex)
            yield from self._walk(mount.child, joined(prefix, said), trail, mount.replaces and bool(said))

    def _class(self, one: Hung, above: str, trail: tuple[Place, ...]) -> Iterator[Joined]:
        """What a class answers that hangs itself on a router."""
        prefix = self.exposed.prefix(one.klass, one.said)
        trail = (*trail, Place(one.klass.path, one.klass.place, "class"))
        for answer, path in self.exposed.methods(one.klass) if prefix is not None else ():
            yield Joined(answer, rooted(joined(joined(above, prefix or ""), path)), trail)

    def _prefix(self, holder: Holder) -> str:
        """The prefix that a router is made with."""
        if holder.made is None:
            return ""
        row, given, scope = holder.made.row, holder.made.given, holder.made.call.scope
        text = given.named(row.prefix) if row.prefix else None
        if text is not None and text != "None":
            said = self.collector.texts.one(holder.made.path, scope, text)
            return UNKNOWN if said is None else said + self._above(holder.made)
        name = given.named(row.fallback) if row.fallback else None
        named = self.collector.texts.one(holder.made.path, scope, name) if name else None
        return f"/{named}" if named else ""

    def _above(self, made: Made) -> str:
        """The key of the row above, where a router hangs below the rows of another."""
        if not made.row.lookup:
            return ""
        text = made.given.named(made.row.lookup)
        said = self.collector.texts.one(made.path, made.call.scope, text) if text is not None else None
        return f"/{{{said or 'nested_1'}_pk}}/"

    def _declared(
        self, declared: Declared, prefix: str, above: str, trail: tuple[Place, ...], holder: Holder
    ) -> Iterator[Joined]:
        if declared.decorated >= 0:
            handler = self.collector.graph.symbols.of(declared.path, declared.decorated)
        else:
            at = declared.table or Place(declared.path, declared.scope, "")
            found = self.collector.named.handler(at.path, at.scope, declared.handler)
            if found is None:
                if not self.collector.named.is_elsewhere(at.path, at.scope, declared.handler):
                    self.lost.append(declared)
                return
            handler = found
        slash = holder.made.row.slash if holder.made is not None else ""
        if holder.made is not None and holder.made.given.keywords.get("trailing_slash") == "False":
            slash = ""
        for text in paths(declared):
            for said in self.collector.texts.all(declared.path, declared.scope, text, declared.line) or (UNKNOWN,):
                plain, base = _plain(said, declared.row.regex), prefix
                if declared.row.absolute and plain.startswith(declared.row.absolute):
                    plain, base = plain.removeprefix(declared.row.absolute), above
                if self._signs and (bare := unprefixed(self._signs, plain)) is not None:
                    plain, base = bare, above
                whole = joined(base, plain)
                for answer in self.answers.of(declared, handler):
                    if self.left <= 0:
                        return
                    self.left -= 1
                    full = joined(whole, "/" + answer.suffix) if answer.suffix else whole
                    yield Joined(answer, rooted(full + slash if declared.row.spreads else full), trail, declared)

    def _tabled(self) -> Iterator[Joined]:
        """The pairs of tables."""
        for one in Tables(self.collector, self.answers).pairs():
            for text in paths(one.declared):
                said = self.collector.texts.one(one.declared.path, one.declared.scope, text)
                path = rooted(_plain(UNKNOWN if said is None else said, True))
                holder = Place(one.declared.path, one.declared.line, "[]")
                for answer in self.answers.of(one.declared, one.klass):
                    yield Joined(answer, path, (holder,), one.declared)

    def _classes(self) -> Iterator[Joined]:
        """Classes that are mounted as a whole: those that a call registers, or where none does, all that say their prefix."""
        rows = [row for row in self.collector.knowledge.rows(View) if row.prefix]
        if not rows:
            return
        for place in sorted(place for place in self._hung if place.name == "class"):
            for one in self._hung[place]:
                yield from self._class(one, "", ())
        registered, hanging = self._registered(rows), self._hanging
        exposing = {(path, self.collector.graph.files[path].definitions[index].parent) for path, index in self.collector.views}
        for symbols in self.collector.named.classes.values():
            for klass in symbols:
                if klass in hanging or (registered and klass not in registered):
                    continue
                family = self.answers.graph.symbols.classes.mro(klass)
                if not registered and not any((one.path, one.place) in exposing for one in family if one.kind == "class"):
                    continue
                prefix = self.exposed.prefix(klass)
                if prefix is None:
                    continue
                holder = Place(klass.path, klass.place, "class")
                for answer, path in self.exposed.methods(klass):
                    yield Joined(answer, rooted(joined(prefix, path)), (holder,))

    @cached_property
    def _hanging(self) -> set[Symbol]:
        """The classes that hang themselves on a router, and those that they inherit from."""
        classes = self.answers.graph.symbols.classes
        return {base for many in self._hung.values() for one in many for base in classes.mro(one.klass)}

    def _registered(self, rows: list[View]) -> set[Symbol]:
        """The classes that calls mount."""
        lasts = frozenset(name.rpartition(".")[2] for row in rows for text in row.calls for name in spelt(text))
        found = set()
        graph = self.collector.graph
        for path in graph.flows:
            for call in graph.called(path, lasts) if graph.files[path].kind == "source" else ():
                if text := arguments(call.args).get(0):
                    symbol = self.collector.named.handler(path, call.scope, text)
                    if symbol is not None and symbol.kind == "class":
                        found.add(symbol)
        return found


def joined(prefix: str, path: str) -> str:
    """A prefix and a path with one slash between: where both have one, and where a prefix from the root has none at its end.

    Flask puts `/shop` and `orders` together to `/shop/orders`; Django's prefixes begin with no slash, and end with theirs.
    """
    if prefix.endswith("/") and path.startswith("/"):
        return prefix + path[1:]
    if prefix.startswith("/") and not prefix.endswith("/") and BARE.match(path):
        return f"{prefix}/{path}"
    return prefix + path


def rooted(path: str) -> str:
    """A path from the root."""
    return path if path.startswith("/") else "/" + path


def _plain(path: str, regex: bool) -> str:
    """A regular expression without its anchors; its parameters stay as they are written."""
    if not regex:
        return path
    return re.sub(r"(\\Z|(?<!\\)\$)\Z", "", path.removeprefix("^").removeprefix("\\A"))
