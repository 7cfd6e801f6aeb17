"""One package of a lock, and the lock it stands in."""

import re
from collections.abc import Iterator

import msgspec
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name


class Pinned(msgspec.Struct, frozen=True, order=True):
    """A package in one version. `needs` holds the names of what it brings, each with the versions that it allows."""

    name: str
    version: str
    lock: str
    line: int = 1
    needs: tuple[tuple[str, str], ...] = ()
    production: bool | None = None
    """What the lock itself says; None where it does not."""
    origin: str = ""
    """Where it comes from, if not from an index: `url`, `path`, `vcs`."""
    licence: str = ""
    """What the package's metadata says of its licence, where the lock holds it."""
    modules: tuple[str, ...] = ()
    """The modules that it installs, where the lock says so."""


class NoLock(Exception):
    """A file that is not what its name says; the message is the reason for the report, `line` the place or 0."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


def need(entry: str) -> tuple[str, str]:
    """Name and allowed versions of a requirement; a name alone where the rest can not be read."""
    try:
        parsed = Requirement(entry)
        return str(canonicalize_name(parsed.name)), str(parsed.specifier)
    except (InvalidRequirement, RecursionError):
        found = re.match(r"[\w.-]+", entry.strip())
        return (str(canonicalize_name(found[0])), "") if found else ("", "")


def lines(text: str, pattern: str) -> Iterator[tuple[str, int]]:
    """What a pattern's first group matches, with its line, in the order of the text."""
    last, line = 0, 1
    for found in re.finditer(pattern, text, re.MULTILINE):
        line += text.count("\n", last, found.start())
        last = found.start()
        yield found[1], line
