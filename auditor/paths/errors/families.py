"""The project's own exceptions by family: a base class of its own with all that descends from it."""

import builtins
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from http import HTTPStatus
from itertools import combinations
from typing import NamedTuple

from auditor.model.finding import Location
from auditor.paths.calls.graph import Graph
from auditor.paths.names.hierarchy import Hierarchy
from auditor.paths.names.symbol import Symbol

STATUS = re.compile(r"^(?:http_)?(?:status|code|status_code|http_code|error_status)$", re.IGNORECASE)
NUMBER = re.compile(r"(?:HTTPStatus\.(?P<name>\w+)|.*\b(?P<digits>[45]\d\d)\b.*)\Z", re.DOTALL)
CODES = {one.name: str(one.value) for one in HTTPStatus}
WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
TAIL = frozenset(("error", "exception", "err", "exc", "failure"))
PLAIN = 2
"""So many members of the same name, or of the same status, make two families one idea."""
EVERYWHERE = frozenset(
    "unauthorized forbidden badrequest timeout connection authentication auth ratelimit request response client server http"
    " api config configuration parse parser".split()
)
"""What every client of a service names: by itself no sign that two families mean the same."""


class Family(NamedTuple):
    """A base class of the project's with its descendants, the base first. `used` counts raises and handlers of members."""

    base: Symbol
    members: tuple[Symbol, ...]
    used: int


class Twin(NamedTuple):
    """A family that repeats another, or one that nobody raises (then `other` is None)."""

    family: Family
    other: Family | None
    shared: tuple[str, ...]
    """What both have, in words: class names, statuses."""


class Families:
    """Answers for one graph."""

    def __init__(self, graph: Graph, hierarchy: Hierarchy) -> None:
        self.graph = graph
        self.hierarchy = hierarchy

    @cached_property
    def all(self) -> tuple[Family, ...]:
        """Every family of judged source, in the order of paths."""
        members: dict[Symbol, list[Symbol]] = defaultdict(list)
        for klass in filter(self._is_exception, self.graph.symbols.classes.judged):
            members[self._root(klass)].append(klass)
        uses = self._uses()
        return tuple(
            Family(base, tuple(dict.fromkeys((base, *below))), sum(uses[one] for one in {base, *below}))
            for base, below in members.items()
        )

    def _is_exception(self, symbol: Symbol) -> bool:
        return any(
            base.kind == "external" and "BaseException" in self.hierarchy.ancestors(self._plain(base.name))
            for base in self.graph.symbols.classes.mro(symbol)
            if base.kind == "external" and self._known(self._plain(base.name))
        )

    def _plain(self, name: str) -> str:
        return self.graph.knowledge.normal(name).removeprefix("builtins.")

    def _known(self, name: str) -> bool:
        """Whether a type from outside is one that is raised: one of Python's own or one that knowledge speaks of."""
        native = getattr(builtins, name, None)
        return (isinstance(native, type) and issubclass(native, BaseException)) or name in self.graph.knowledge.bases

    def _root(self, klass: Symbol) -> Symbol:
        """The outermost class of the project that it descends from and that is an exception itself."""
        own = [base for base in self.graph.symbols.classes.mro(klass) if base.kind == "class" and self._is_exception(base)]
        return own[-1].as_("class")

    def _uses(self) -> Counter[Symbol]:
        """How often each class is raised, made or caught, by those who can be followed."""
        found: Counter[Symbol] = Counter()
        for path, flow in self.graph.flows.items():
            texts = [(entry.scope, entry.type) for entry in flow.raises]
            made = frozenset(name for name in self.graph.lasts(path) if name[:1].isupper())
            texts += [(call.scope, call.target) for call in self.graph.called(path, made)]
            texts += [(-1, text) for guard in flow.guards for handler in guard.handlers for text in handler.types]
            texts += [(entry.scope, entry.value) for entry in flow.returns if entry.value[:1].isupper()]
            texts += [(-1, entry.text) for entry in flow.reads if entry.text.rpartition(".")[2][:1].isupper()]
            for scope, text in texts:
                symbol = self.graph.symbols.chain(path, scope, text)
                if symbol is not None and symbol.kind in ("class", "instance"):
                    found[symbol.as_("class")] += 1
        return found

    def twins(self) -> Iterator[Twin]:
        """The families that repeat another, at the smaller or less used one, and those that nobody raises."""
        told = set()
        for one, other in combinations(self.all, 2):
            shared = self._shared(one, other)
            if shared:
                small, large = sorted((one, other), key=lambda family: (family.used > 0, len(family.members), family.used))
                if small.base not in told:
                    told.add(small.base)
                    yield Twin(small, large, shared)
        for family in self.all:
            if family.used == 0 and len(family.members) > 1 and family.base not in told:
                yield Twin(family, None, ())

    def _shared(self, one: Family, other: Family) -> tuple[str, ...]:
        names = self._meanings(one) & self._meanings(other)
        statuses = self._statuses(one) & self._statuses(other)
        several = len(one.members) > 1 and len(other.members) > 1
        if len(names) >= PLAIN or (names - EVERYWHERE and several) or (len(statuses) >= PLAIN and several):
            return (*sorted(names), *sorted(statuses))
        return ()

    def _meanings(self, family: Family) -> set[str]:
        """The members' names without their endings: `NotFoundError` and `NotFoundException` mean the same."""
        found = set()
        for member in family.members:
            words = [word.lower() for word in WORD.findall(self.graph.symbols.definition(member).name)]
            while words and words[-1] in TAIL:
                words.pop()
            if words and (member != family.base or len(family.members) == 1):
                found.add("".join(words))
        return found

    def _statuses(self, family: Family) -> set[str]:
        found = set()
        for member in family.members:
            for name, assigns in self.graph.symbols.table(member.path).by_scope.get(member.place, {}).items():
                if STATUS.match(name):
                    for assign in assigns:
                        match = NUMBER.match(assign.text or assign.value)
                        if match:
                            found.add(CODES.get(match["name"] or "", match["name"] or match["digits"]))
        return found

    def location(self, symbol: Symbol) -> Location:
        """Where a class is defined."""
        definition = self.graph.symbols.definition(symbol)
        return Location(symbol.path, definition.line, definition.column)
