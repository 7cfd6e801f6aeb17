"""What a template is made of: loops, names that it binds, what it takes from others, and the chains that it reads."""

from typing import NamedTuple


class Read(NamedTuple):
    """A chain of names that is read: `order.customer.name`. Calls and methods look the same."""

    chain: str
    line: int


class Loop(NamedTuple):
    """`{% for order in orders %}`; `names` are its variables, `source` the chain that is gone through."""

    names: tuple[str, ...]
    source: str
    line: int
    body: "Parts"


class Bound(NamedTuple):
    """A name that stands for a chain, inside `body`."""

    name: str
    source: str
    line: int
    body: "Parts"


class Include(NamedTuple):
    """Another template that is shown here, with further names for it; `only` says that it sees no others."""

    name: str
    given: tuple[tuple[str, str], ...]
    only: bool
    line: int


class Extends(NamedTuple):
    """The template whose blocks this one fills."""

    name: str
    line: int


class Block(NamedTuple):
    """What a template that extends this one may fill in other words."""

    name: str
    line: int
    body: "Parts"


class Macro(NamedTuple):
    """What is shown wherever it is called, with its parameters standing for what it is handed."""

    name: str
    params: tuple[str, ...]
    line: int
    body: "Parts"


class Import(NamedTuple):
    """Macros of another template: under a name of their own for all of them, or one by one as pairs of names."""

    name: str
    alias: str
    names: tuple[tuple[str, str], ...]
    line: int


class Called(NamedTuple):
    """A macro, or a tag of the project's own, that is handed chains: by place, then by name."""

    name: str
    given: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    line: int
    tag: bool = False


Part = Read | Loop | Bound | Include | Extends | Block | Macro | Import | Called
Parts = tuple[Part, ...]
