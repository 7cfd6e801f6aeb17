"""All that is known of libraries, the shipped files and the user's, put together and looked up by dotted name."""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar, cast

import msgspec

from auditor.knowledge.entries import Entry, Handler, Loader, Mount, Route, Router, Runner, View
from auditor.knowledge.names import Names, index, match, spelt
from auditor.knowledge.read import read
from auditor.knowledge.rows import Engine, Orm, Relation, Step
from auditor.knowledge.values import Answer, Effect, Guard, Library, Source

T = TypeVar("T")
Row = TypeVar("Row", bound=msgspec.Struct)
SHIPPED = Path(__file__).resolve().parent / "library"
NAMED: dict[type[msgspec.Struct], tuple[str, tuple[str, ...]]] = {
    Effect: ("effect", ("calls",)),
    Source: ("source", ("names", "calls")),
    Answer: ("answer", ("calls",)),
    Router: ("router", ("classes",)),
    Route: ("route", ("calls",)),
    Mount: ("mount", ("calls",)),
    View: ("view", ("bases", "calls")),
    Entry: ("entry", ("decorators", "bases", "calls")),
    Loader: ("loader", ("calls",)),
    Runner: ("runner", ("calls",)),
    Handler: ("handler", ("calls",)),
    Guard: ("guard", ("decorators", "calls", "bases", "middleware", "dependencies")),
    Orm: ("orm", ("models", "queries", "statements", "sessions")),
    Relation: ("relation", ("calls",)),
    Engine: ("engine", ("calls", "settings")),
    Step: ("step", ("calls",)),
}
"""By kind of row: the library's field that holds them, and their fields with the names that code may use."""


class Knowledge:
    """What is known of all libraries. Every look-up takes a name as resolved and brings it to its normal form itself."""

    def __init__(self, libraries: tuple[Library, ...], digest: str = "") -> None:
        self.libraries = libraries
        self.digest = digest
        """Changes with every change of a file."""
        self._rows: dict[type[msgspec.Struct], tuple[msgspec.Struct, ...]] = {}
        self.imports = {name for library in libraries for name in library.imports}
        self.bases: dict[str, tuple[str, ...]] = _spread(lib.exceptions for lib in libraries)
        """Exception types with their bases; Python's own without `builtins`."""
        self.statuses = {name: status for lib in libraries for key, status in lib.statuses.items() for name in spelt(key)}
        self.answered = frozenset(name for row in self.rows(Answer) for text in row.types for name in spelt(text))
        """Exception types that some framework takes for an answer or a sign."""
        self.quiet = frozenset(name for lib in libraries for text in lib.quiet for name in spelt(text))
        self.settings = frozenset(name for lib in libraries for name in lib.settings)
        """Names whose attributes are what the project's settings modules say."""
        self.configures = frozenset(name for lib in libraries for text in lib.configures for name in spelt(text))
        self.parameters: dict[str, list[str]] = defaultdict(list)
        """By name of a parameter: the types that it may be of, where a module imports the type's."""
        for name, given in ((name, given) for lib in libraries for name, given in lib.parameters.items()):
            self.parameters[name].append(given)
        self.pages = frozenset(name for lib in libraries for text in lib.pages for name in spelt(text))
        """Calls that answer with a page for people."""
        self._tables: dict[tuple[type[msgspec.Struct], tuple[str, ...]], dict[str, tuple[msgspec.Struct, ...]]] = {}
        self._views: dict[str, tuple[View, ...]] = {}
        self._found: dict[tuple[type[msgspec.Struct], tuple[str, ...], str], tuple[msgspec.Struct, ...]] = {}

    @cached_property
    def effect(self) -> Callable[[str], Effect | None]:
        """What calling a name does. It is asked for every call, and more than once, as are the guards and what is raised."""
        return cache(self._effect)

    @cached_property
    def guards(self) -> Callable[[str], tuple[Guard, ...]]:
        """All that a decorator, call, base class, middleware or dependency of a name guards; of libraries that no file
        describes, what the name alone tells.
        """
        return cache(self._guards)

    def guard(self, name: str) -> Guard | None:
        """The first of its guards."""
        return _first(self.guards(name))

    def router(self, name: str) -> Router | None:
        """What a class that owns routes is."""
        return _first(self._find(Router, name))

    def route(self, name: str) -> Route | None:
        """What a decorator or call declares."""
        return _first(self._find(Route, name))

    def mount(self, name: str) -> Mount | None:
        """What a call hangs below a path."""
        return _first(self._find(Mount, name))

    def views(self, name: str) -> tuple[View, ...]:
        """What subclasses of `name`, or classes that a call `name` mounts, answer with: of all its bases, nearest first."""
        if name not in self._views:
            table = self._table(View)
            self._views[name] = tuple(row for one in self.ancestry(name) for row in match(table, one) or ())
        return self._views[name]

    def entry(self, name: str) -> Entry | None:
        """What kind of task or command a decorator, a base class or a call makes."""
        return _first(self._find(Entry, name))

    def runner(self, name: str) -> Runner | None:
        """How a call takes over a function that it is handed; `name` may be as written where nobody can say more."""
        return _first(self._find(Runner, name))

    def loader(self, name: str) -> Loader | None:
        """How a call gives an object of one of the project's classes."""
        return _first(self._find(Loader, name))

    def handler(self, name: str) -> Handler | None:
        """How a call or decorator registers what answers errors."""
        return _first(self._find(Handler, name))

    def relation(self, name: str) -> Relation | None:
        """Where a field of a model leads."""
        return _first(self._find(Relation, name))

    def model(self, name: str) -> Orm | None:
        """How subclasses of `name` speak with the database."""
        return _first(self._find(Orm, name, ("models",)))

    def query(self, name: str) -> Orm | None:
        """How the query, manager, statement or session that `name` is or gives speaks with the database."""
        return _first(self._find(Orm, self.given(name), ("queries", "statements", "sessions")))

    def engine(self, name: str) -> Engine | None:
        """What a call or setting opens."""
        return _first(self._find(Engine, name))

    def step(self, name: str) -> Step | None:
        """What a call in a migration does."""
        return _first(self._find(Step, name))

    def sources(self, name: str) -> tuple[Source, ...]:
        """What comes from outside under this name."""
        return self._find(Source, name)

    def answers(self, to: str) -> frozenset[str]:
        """The exception types that a `route`, `task` or `command` may let out: its framework answers for them."""
        return frozenset(name for row in self.rows(Answer) if row.to == to for text in row.types for name in spelt(text))

    @cached_property
    def raised_by(self) -> Callable[[str], Answer | None]:
        """What a call such as `abort` raises: the first of the types, which are always ones that the framework answers."""
        return cache(lambda name: found[0] if (found := self._find(Answer, name)) else None)

    def rows(self, kind: type[Row]) -> tuple[Row, ...]:
        """All of one kind, in the order of the files: `rows(Guard)`."""
        if kind not in self._rows:
            self._rows[kind] = tuple(row for library in self.libraries for row in getattr(library, NAMED[kind][0]))
        return cast(tuple[Row, ...], self._rows[kind])

    @cached_property
    def normal(self) -> Callable[[str], str]:
        """A name without brackets, by the name that the library's file uses, results and base classes followed."""
        return cache(self._names.normal)

    def given(self, name: str) -> str:
        """The type of what a call or an attribute gives, or the name's normal form where no file says."""
        return self._names.gives.get(self.normal(name), self.normal(name))

    def ancestry(self, name: str) -> tuple[str, ...]:
        """A library's class and all its bases that are known, nearest first."""
        plain = self.normal(name)
        return (plain, *self._names.bases(plain))

    def known_type(self, name: str) -> str:
        """The type that a library's call or class gives, where its methods or those of its bases are known; else empty."""
        given = self.given(name)
        return given if not self._owners.isdisjoint(self.ancestry(given)) else ""

    @cached_property
    def _owners(self) -> frozenset[str]:
        """What known names are attributes of: classes, and modules."""
        return frozenset(name.rpartition(".")[0] for name in self._known)

    @cached_property
    def names(self) -> frozenset[str]:
        """The last parts of all known names: only calls of these need their arguments."""
        methods = (text for row in self.rows(Runner) for text in row.methods)
        return frozenset((*(name.rpartition(".")[2] for name in self._known), *methods)) - {"*"}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(name for kind, (_, fields) in NAMED.items() for row in self.rows(kind) for name in _names(row, fields))

    @cached_property
    def _names(self) -> Names:
        plain = _spread(lib.aliases for lib in self.libraries)
        aliases = {old: new.replace("*", old.rpartition(".")[2]) for old, new in plain.items()}
        gives = _spread(lib.gives for lib in self.libraries)
        classes = _spread(lib.classes for lib in self.libraries)
        return Names(aliases, gives, classes, self._known | self.quiet | gives.keys() | aliases.keys())

    def _table(self, kind: type[Row], fields: tuple[str, ...] = ()) -> dict[str, tuple[Row, ...]]:
        wanted = fields or NAMED[kind][1]
        if (kind, wanted) not in self._tables:
            self._tables[kind, wanted] = index((name, row) for row in self.rows(kind) for name in _names(row, wanted))
        return cast(dict[str, tuple[Row, ...]], self._tables[kind, wanted])

    def _effect(self, name: str) -> Effect | None:
        plain = self.normal(name).removeprefix("builtins.")
        known = () if plain in self.bases else match(self._effects, plain)
        return _first(known or ()) or next((row for pattern, row in self._patterns if pattern.search(plain)), None)

    @cached_property
    def _effects(self) -> dict[str, tuple[Effect, ...]]:
        """The effects by name or pattern; none for what is quiet, which wins where both speak as closely of a name."""
        return self._table(Effect) | dict.fromkeys(self.quiet, ())

    def _guards(self, name: str) -> tuple[Guard, ...]:
        found = self._find(Guard, name)
        package, _, rest = name.partition(".")
        if found or not rest or package in self._described:
            return found
        plain = self.normal(name)
        return tuple(row for pattern, row in self._looks if pattern.search(plain))

    @cached_property
    def _described(self) -> frozenset[str]:
        """The packages of which some file names more than the package, and those of Python itself."""
        return sys.stdlib_module_names | {name.partition(".")[0] for name in self._known}

    @cached_property
    def _looks(self) -> tuple[tuple[re.Pattern[str], Guard], ...]:
        """The guards that are known by how names look."""
        return tuple((re.compile(row.pattern), row) for row in self.rows(Guard) if row.pattern)

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], Effect], ...]:
        """The effects that are known by how names look."""
        return tuple((re.compile(row.pattern), row) for row in self.rows(Effect) if row.pattern)

    def _find(self, kind: type[Row], name: str, fields: tuple[str, ...] = ()) -> tuple[Row, ...]:
        """The rows of a name, or of the nearest of its bases that has any. Remembered: the same names come again and again."""
        asked = (kind, fields, name)
        known = self._found.get(asked)
        if known is None:
            table = self._table(kind, fields)
            known = next((found for one in self.ancestry(name) if (found := match(table, one))), ())
            self._found[asked] = known
        return cast(tuple[Row, ...], known)


def load(extra: tuple[Path, ...] = ()) -> Knowledge:
    """The shipped knowledge and the user's files. Where two files speak of the same name, the user's wins.

    Raises AuditorError, with all mistakes together, where a file is no TOML or not of the form.
    """
    libraries, digest = read((*sorted(SHIPPED.glob("*.toml")), *extra))
    shipped = len(libraries) - len(extra)
    return Knowledge((*libraries[shipped:], *libraries[:shipped]), digest)


def _names(row: msgspec.Struct, fields: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        for text in getattr(row, field):
            yield from spelt(text) if "{" in text else (text,)


def _spread(tables: Iterable[dict[str, T]]) -> dict[str, T]:
    """Tables by name put together, the first that speaks of a name wins."""
    found: dict[str, T] = {}
    for table in tables:
        for text, value in table.items():
            for name in spelt(text):
                found.setdefault(name, value)
    return found


def _first(found: tuple[T, ...]) -> T | None:
    return found[0] if found else None
