"""Dotted names as the library files write them: lists in braces spelt out, stars matched, results and aliases followed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")
BRACES = re.compile(r"\{([^{}]*)\}")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
NAME = re.compile(r"(\*|\w+)(\.\w+)*(\.\*)?\Z|\*(\.\w+)+\Z")


def spelt(text: str) -> Iterator[str]:
    """`a.{b,c}` as `a.b` and `a.c`; several braces give every combination."""
    found = BRACES.search(text)
    if found is None:
        yield text
        return
    for one in found[1].split(","):
        yield from spelt(text[: found.start()] + one.strip() + text[found.end() :])


def spellings(text: str) -> int:
    """How many names `spelt` makes of a text: two long lists of one name make millions."""
    count = 1
    while found := BRACES.search(text):
        count *= found[1].count(",") + 1
        text = text[: found.start()] + text[found.end() :]
    return count


def index(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """The values by name, in the order in which they come, each once."""
    found: dict[str, tuple[T, ...]] = {}
    for name, value in pairs:
        before = found.get(name, ())
        if value not in before:
            found[name] = (*before, value)
    return found


def match(table: Mapping[str, T], name: str) -> T | None:
    """By the whole name, else by `prefix.*`, the longest prefix first, else by `*.last`."""
    found = table.get(name)
    head = name
    while found is None and "." in head:
        head = head.rpartition(".")[0]
        found = table.get(head + ".*")
    return found if found is not None else table.get("*." + name.rpartition(".")[2])


class Names:
    """What a name means by the library files.

    `known` are all names that some file speaks of; a member that a class does not have there is looked for in its bases.
    """

    def __init__(
        self, aliases: Mapping[str, str], gives: Mapping[str, str], classes: Mapping[str, tuple[str, ...]], known: frozenset[str]
    ) -> None:
        self.aliases = aliases
        self.gives = gives
        self.classes = classes
        self.known = known

    def normal(self, name: str) -> str:
        """A name without brackets, step by step by the name that the files use: `requests.api.get().json` becomes
        `requests.Response.json`.
        """
        plain = name
        while "(" in plain or "[" in plain or "<" in plain:
            shorter = BRACKETS.sub("", plain)
            if shorter == plain:
                break
            plain = shorter
        head, *rest = plain.split(".")
        for part in rest:
            head = self._member(self.gives.get(head, head), part)
        return head

    def _member(self, owner: str, part: str) -> str:
        full = f"{owner}.{part}"
        full = self.aliases.get(full, full)
        if full not in self.known:
            for base in self.bases(owner):
                if f"{base}.{part}" in self.known:
                    return self.aliases.get(f"{base}.{part}", f"{base}.{part}")
        return full

    def bases(self, owner: str) -> Iterator[str]:
        """All that a class is besides itself, nearest first."""
        waiting, met = list(self.classes.get(owner, ())), {owner}
        while waiting:
            base = waiting.pop(0)
            if base not in met:
                met.add(base)
                yield base
                waiting += self.classes.get(base, ())
