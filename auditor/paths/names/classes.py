"""The project's classes with their bases: which are mapped to a table, and by whom, and which begin queries."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from auditor.facts.flow.elide import elided
from auditor.knowledge.rows import Orm
from auditor.paths.names.symbol import Names, Symbol

DEEPEST_CLASS = 80
"""More generations of classes than that are not gone through: nobody writes them, and Python's own stack ends."""
COLUMN = re.compile(r"\w*(?:Field|ForeignKey)\(\)\Z")
FIELDS = "django.db.models."
ROW, TABLE = "django.db.models.Model", "sqlalchemy.orm.DeclarativeBase"
"""What a class descends from that holds columns: its own base may be another package's, and not here to be read."""
PROPERTIES = ("property", "cached_property", "hybrid_property", "classproperty", "cachedproperty")


class Classes:
    """Answers for one project's classes, remembered."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._styles: dict[tuple[str, int], Orm | None] = {}
        self._mro: dict[tuple[str, int], tuple[Symbol, ...]] = {}
        self._mro_depth = 0

    def mro(self, symbol: Symbol) -> tuple[Symbol, ...]:
        """A class and its bases, nearest first, each once; bases from outside the project are external symbols."""
        asked = (symbol.path, symbol.place)
        if not symbol.path or symbol.place < 0:  # a module has none
            return ()
        if asked not in self._mro:
            self._mro[asked] = (Symbol("class", *asked),)
            if self._mro_depth >= DEEPEST_CLASS:
                return self._mro[asked]
            self._mro_depth += 1
            order = [Symbol("class", *asked)]
            definition = self.names.definition(symbol)
            for base in definition.bases:
                if "=" not in base.partition("(")[0]:
                    order += self._base(symbol.path, definition.parent, base)
            self._mro_depth -= 1
            self._mro[asked] = tuple(reversed(dict.fromkeys(reversed(order))))
        return self._mro[asked]

    def _base(self, path: str, scope: int, text: str) -> tuple[Symbol, ...]:
        plain, _, rows = text.partition(".from_queryset(")
        if rows and (taken := self._base(path, scope, rows.partition(",")[0].strip(" )"))):
            return (*(klass for klass in taken if klass.kind == "class"), *self._base(path, scope, plain))
        found = self.names.chain(path, scope, elided(text.partition("[")[0].strip().encode()))
        if found is None:
            return ()
        if found.kind in ("class", "instance"):
            return self.mro(found)
        return (found,) if found.kind == "external" else ()

    @cached_property
    def derived(self) -> tuple[Symbol, ...]:
        """Every class of the project that names a base, in the order of paths."""
        return tuple(
            Symbol("class", path, place)
            for path, file in sorted(self.names.files.items())
            if path in self.names.flows
            for place, definition in enumerate(file.definitions)
            if definition.kind == "class" and definition.bases
        )

    @cached_property
    def judged(self) -> tuple[Symbol, ...]:
        """Those of them that stand in source files: no tests, no migrations."""
        return tuple(klass for klass in self.derived if self.names.files[klass.path].kind == "source")

    @cached_property
    def models(self) -> tuple[Symbol, ...]:
        """Every class of the project that is mapped to a table, in the order of paths."""
        return tuple(klass for klass in self.derived if self.is_model(klass))

    @cached_property
    def heirs(self) -> dict[Symbol, tuple[Symbol, ...]]:
        """By class of the project: the classes that descend from it, in the order of paths."""
        found: dict[Symbol, list[Symbol]] = defaultdict(list)
        for klass in self.derived:
            for base in self.mro(klass)[1:]:
                if base.kind == "class":
                    found[base].append(klass)
        return {base: tuple(classes) for base, classes in found.items()}

    def one_of(self, found: Iterable[Symbol]) -> Symbol | None:
        """The first of several that a name may stand for; None where one is of a mapped class and another of no kin to it."""
        first: Symbol | None = None
        for one in found:
            if first is None:
                first = one
            elif one.path and first.path and self._strangers(first.as_("class"), one.as_("class")):
                return None
        return first

    def _strangers(self, one: Symbol, other: Symbol) -> bool:
        if one == other or not (self.is_model(one) or self.is_model(other)):
            return False
        return one not in self.mro(other) and other not in self.mro(one)

    def is_model(self, symbol: Symbol) -> bool:
        """Whether a class is mapped to a table."""
        if symbol.kind not in ("class", "instance", "query", "many") or not symbol.path:
            return False
        return self.style(symbol) is not None

    def style(self, symbol: Symbol) -> Orm | None:
        """How the mapper of a class speaks with the database; None where it has none."""
        asked = (symbol.path, symbol.place)
        if asked not in self._styles:
            bases = [klass.name for klass in self.mro(symbol) if klass.kind == "external"]
            found = (self.names.knowledge.model(name) for name in bases)
            self._styles[asked] = next((row for row in found if row is not None), None)
            if self._styles[asked] is None and bases:
                self._styles[asked] = self._by_columns(symbol)
        return self._styles[asked]

    def _by_columns(self, symbol: Symbol) -> Orm | None:
        """How the mapper speaks whose columns a class holds, though its base is one of another package's."""
        for klass in self.mro(symbol):
            for name, assigns in self.names.table(klass.path).by_scope.get(klass.place, {}).items() if klass.path else ():
                value = assigns[-1].value
                if name == "__tablename__":
                    return self.names.knowledge.model(TABLE)
                if COLUMN.search(value):
                    made = self.names.chain(klass.path, klass.place, value.removesuffix("()"))
                    if made is not None and made.kind == "external" and made.name.startswith(FIELDS):
                        return self.names.knowledge.model(ROW)
        return None

    def is_manager(self, symbol: Symbol) -> bool:
        """Whether a class begins queries."""
        bases = [klass.name for klass in self.mro(symbol) if klass.kind == "external"] if symbol.path else []
        return any(self.names.knowledge.query(name) is not None for name in bases)

    def is_property(self, function: Symbol) -> bool:
        """Whether reading the attribute runs the function."""
        return any(d.rpartition(".")[2].partition("(")[0] in PROPERTIES for d in self.names.definition(function).decorators)
