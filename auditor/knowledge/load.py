"""The library files read and put together, the shipped ones and the user's."""

import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from auditor.knowledge.values import Effect, Entry, Guard, Library
from auditor.model.errors import AuditorError

T = TypeVar("T")
SHIPPED = Path(__file__).resolve().parent / "library"


class Knowledge:
    """What is known of all libraries, looked up by normalised dotted names."""

    def __init__(self, libraries: tuple[Library, ...]) -> None:
        self.libraries = libraries
        self.imports = {name for library in libraries for name in library.imports}
        self._effects = _index((call, effect) for lib in libraries for effect in lib.effect for call in effect.calls)
        self._entries = _index((name, entry) for lib in libraries for entry in lib.entry for name in entry.decorators)
        self._bases = _index((name, entry) for lib in libraries for entry in lib.entry for name in entry.bases)
        self._guards = _index(
            (name, guard) for lib in libraries for guard in lib.guard for name in (*guard.decorators, *guard.calls)
        )
        self._aliases = {old: new for lib in libraries for old, new in lib.aliases.items()}
        self.bases = {name: bases for lib in libraries for name, bases in lib.exceptions.items()}
        self.answered = frozenset(name for lib in libraries for name in lib.answered)

    def effect(self, name: str) -> Effect | None:
        """What calling `name` does."""
        return _match(self._effects, self.normal(name))

    def entry(self, decorator: str) -> Entry | None:
        """What kind of entry point a decorator makes."""
        return _match(self._entries, self.normal(decorator))

    def base(self, name: str) -> Entry | None:
        """What kind of entry point a subclass of `name` is."""
        return _match(self._bases, self.normal(name))

    def guard(self, name: str) -> Guard | None:
        """What a decorator or call guards against."""
        return _match(self._guards, self.normal(name))

    def normal(self, name: str) -> str:
        """A name without the brackets of calls, by the name that the library's file uses."""
        plain = name.replace("()", "").replace("[]", "")
        head, dot, last = plain.rpartition(".")
        return self._aliases.get(plain) or self._aliases.get(head, head) + dot + last

    @cached_property
    def names(self) -> frozenset[str]:
        """The last parts of all known names: only calls of these need their arguments."""
        found = {key.rpartition(".")[2] for table in (self._effects, self._entries, self._guards) for key in table}
        return frozenset(found - {"*"})


def load(extra: tuple[Path, ...] = ()) -> Knowledge:
    """The shipped knowledge and the user's files.

    Raises AuditorError, with all mistakes together, where a file is no TOML or not of the form.
    """
    mistakes: list[str] = []
    libraries = [lib for file in (*sorted(SHIPPED.glob("*.toml")), *extra) for lib in _read(file, mistakes)]
    if mistakes:
        raise AuditorError("\n".join(mistakes), "see docs/knowledge.md for the form of these files")
    return Knowledge(tuple(libraries))


def _read(file: Path, mistakes: list[str]) -> Iterator[Library]:
    try:
        yield msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Library)
    except OSError as error:
        mistakes.append(f"{file}: can not be read: {error.strerror}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        mistakes.append(f"{file}: {error}")


def _index(pairs: Iterator[tuple[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def _match(table: dict[str, T], name: str) -> T | None:
    """By the whole name, else by `prefix.*`, the longest prefix first."""
    found = table.get(name)
    head = name
    while found is None and "." in head:
        head = head.rpartition(".")[0]
        found = table.get(head + ".*")
    return found
