"""The two words of names: what something in the project is, and who can be asked about it."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol, TypeVar

from auditor.facts.flow.elide import elided
from auditor.facts.flow.events import Assign, Flow
from auditor.facts.values import Definition, FileFacts
from auditor.knowledge.load import Knowledge
from auditor.paths.names.modules import Modules
from auditor.paths.names.table import Table
from auditor.paths.written.arguments import arguments
from auditor.paths.written.signature import Signature
from auditor.paths.written.steps import Step

DEPTH = 24
"""How many steps one name may take to be found: aliases of aliases end, and circles with them."""
WRAPPERS = frozenset("enumerate reversed sorted list tuple set iter filter batched chunked islice tqdm deque chain".split())
"""Functions that give the elements of their last argument, or of their first."""
GATHERED = frozenset(f"builtins.{name}()" for name in WRAPPERS)
"""What is known of a call of these before anybody can say of what it holds the elements."""
LAST = frozenset(("filter",))


class Symbol(NamedTuple):
    """What something is.

    `kind` is `module`, `class`, `function`, `instance` (of the class at `path`, `place`), `many` (some instances of it),
    `query` (a question for rows of it, not yet asked), `dict` (whose values are of one kind, `of`), or `external` (then `name`
    is dotted, with brackets for calls).
    `of` is the query that a function was found on, or what a generic instance is made for; `gives` what it gives there.
    """

    kind: str
    path: str = ""
    place: int = -1
    name: str = ""
    of: "Symbol | None" = None
    gives: "Symbol | None" = None

    def as_(self, kind: str) -> "Symbol":
        """The same class in another role."""
        return Symbol(kind, self.path, self.place)

    @property
    def is_foreign(self) -> bool:
        """Whether it is a library's, and no query: nobody knows what a function of it does with the rows that it is given."""
        return self.kind == "external" and self.name != "=" and not self.name.startswith("query.")


Asked = TypeVar("Asked")
Found = TypeVar("Found", bound=Symbol | None)


class Names(Protocol):
    """All names of the project, as those may ask about them who answer for a part: they ask each other through it."""

    files: Mapping[str, FileFacts]
    flows: Mapping[str, Flow]
    knowledge: Knowledge
    modules: Modules
    given: dict[tuple[str, int, str], Symbol]

    def definition(self, symbol: Symbol) -> Definition:
        """The definition of a class, function or instance symbol."""

    def signature(self, symbol: Symbol) -> Signature:
        """A function's parameters as written."""

    def table(self, path: str) -> Table:
        """The lookup tables of one file."""

    def of(self, path: str, index: int) -> Symbol:
        """The symbol of a definition."""

    def owner(self, path: str, scope: int) -> Symbol | None:
        """The class around a scope."""

    def chain(self, path: str, scope: int, text: str, depth: int = 0) -> Symbol | None:
        """What an expression in short means in a scope; None: nobody can say."""

    def name(self, path: str, scope: int, name: str, depth: int = 0) -> Symbol | None:
        """What a bare name means inside a scope."""

    def global_name(self, path: str, name: str, depth: int = 0) -> Symbol | None:
        """What a name means at a module's top level."""

    def step(self, symbol: Symbol | None, step: Step, before: Step, depth: int) -> Symbol | None:
        """What one step more of a chain gives."""

    def member(self, symbol: Symbol, name: str, depth: int = 0) -> Symbol | None:
        """An attribute of a symbol."""

    def assigned(self, path: str, assign: Assign, depth: int) -> Symbol | None:
        """What an assignment gives its target."""

    def annotated(self, path: str, scope: int, annotation: str, depth: int) -> Symbol | None:
        """An instance of the class that an annotation names, or several of it."""


def told(known: dict[Asked, Found]) -> dict[Asked, Found]:
    """What somebody could say, the elements of what is gathered included."""
    return {asked: found for asked, found in known.items() if found is not None and found.name not in GATHERED}


def wrapped(text: str) -> str:
    """What such functions are given at last, in short: of `enumerate(sorted(order.lines.all(), key=by_day))` the lines."""
    name, found, inside = text.partition("(")
    given = arguments(inside.removesuffix(")")).positional if found and name in WRAPPERS else ()
    return wrapped(given[-1 if name in LAST else 0]) if given else elided(text.encode())
