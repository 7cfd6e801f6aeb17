"""What libraries call their failures and which calls keep, tell or drop an error: read once, when a rule asks."""

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

BOOK = Path(__file__).with_name("handling.toml")


class Sockets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When an error of the operating system is one of a call to another machine."""

    types: frozenset[str]
    calls: tuple[str, ...]
    modules: frozenset[str]

    @property
    def called(self) -> re.Pattern[str]:
        """Finds such a call in a text."""
        return re.compile(r"\b(?:" + "|".join(self.calls) + r")\s*\(")


class Calls(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Last names of calls by what they do with the error being handled; those in `_like` are regular expressions."""

    traced: frozenset[str]
    traced_like: str
    traced_by: str
    raising: frozenset[str]
    text: frozenset[str]
    tells: frozenset[str]
    answers: frozenset[str]
    answers_like: str
    silent: frozenset[str]
    constants: frozenset[str]


class Loggers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a logger is told by its name."""

    like: str


class Handling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole book."""

    failures: dict[str, frozenset[str]]
    sockets: Sockets
    calls: Calls
    loggers: Loggers

    def is_failure(self, name: str) -> bool:
        """Whether a dotted name is an error of a library's call or query."""
        parts = name.split(".")
        return any(parts[-1] in self.failures.get(".".join(parts[:end]), ()) for end in range(1, len(parts)))

    def words(self) -> tuple[str, ...]:
        """The last names of all such errors, sorted: what a screen looks for."""
        sockets = {name.rpartition(".")[2] for name in self.sockets.types}
        return tuple(sorted({name for names in self.failures.values() for name in names} | sockets))


@cache
def handling() -> Handling:
    """The shipped book."""
    return msgspec.convert(tomllib.loads(BOOK.read_text(encoding="utf-8")), Handling)
