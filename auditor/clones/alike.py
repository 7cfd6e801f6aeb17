"""Whether two rows of statements are a copy of each other, or only of one shape: names tell."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from auditor.clones.stretch import STRING_TEXT

ENOUGH = 60
"""So many statements tell whether the rest is alike."""
STRING = re.compile(rf"(?:{STRING_TEXT})(?: (?:{STRING_TEXT}))*", re.DOTALL)
"""A literal, or several that Python joins: one token, whatever blanks stand in it."""
BARE = ("else :", "try :", "finally :", "pass")
"""Statements that say nothing by themselves."""
BRACKETS = ("(", ")")
SILENT = (*BRACKETS, "async", "await")
"""What a shape does not tell."""
ANNOTATED = re.compile(r"^(\w+(?: \. \w+)*) : [^=]*(?== )")


class Likeness(NamedTuple):
    """`same` is the share of names and literals that are equal, `kept` that of names of calls and attributes,
    `consistent` the share of other names that one renaming explains, in both directions.
    """

    same: float
    kept: float
    consistent: float
    names: int
    vocabulary: int
    """How many different names of calls, attributes and keywords are equal."""
    mapped: float
    """The share of all names, those of calls and attributes too, that one renaming explains, in both directions."""
    again: int
    """How many of the names that the renaming explains have come before: each says anew that it is one."""


class Words(NamedTuple):
    """The names of a statement. `texts` has a blank where another token stands, so that places can be compared; `outward`
    tells which name something that is defined elsewhere: an attribute, a callee, a keyword.
    """

    texts: tuple[str, ...]
    outward: tuple[bool, ...]
    inner: tuple[tuple[str, str], ...]
    """The names that are not outward, each twice, as a statement that is equal to this one has them."""
    vocabulary: frozenset[str]
    """The outward names."""
    names: int


@lru_cache(maxsize=20_000)
def words(statement: str) -> Words:
    """The names of a statement in their order. What a statement begins with is assigned to, and no keyword."""
    if "'" in statement or '"' in statement:
        statement = STRING.sub("0", statement)
    tokens = ANNOTATED.sub(r"\1 ", statement).split(" ")
    texts = []
    outward = []
    before = ""
    for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
        if token not in SILENT:
            texts.append(token if token.isidentifier() else "")
            outward.append(after == "(" or before == "." or (after == "=" and bool(before)))
        before = token
    named = [(text, out) for text, out in zip(texts, outward, strict=True) if text]
    return Words(
        texts=tuple(texts),
        outward=tuple(outward),
        inner=tuple((text, text) for text, out in named if not out),
        vocabulary=frozenset(text for text, out in named if out),
        names=len(named),
    )


def likeness(left: Sequence[str], right: Sequence[str]) -> Likeness:
    """How alike two rows of statements of the same blinded shape are; statements of unequal length are passed over."""
    inner: list[tuple[str, str]] = []
    outer: list[tuple[str, str]] = []
    vocabulary: set[str] = set()
    same = total = kept = 0
    for one, other in islice(zip(left, right, strict=True), ENOUGH):
        a = words(one)
        if one == other:
            inner += a.inner
            outer += [(name, name) for name, out in zip(a.texts, a.outward, strict=True) if name and out]
            vocabulary |= a.vocabulary
            total += a.names
            same += a.names
            kept += a.names - len(a.inner)
            continue
        b = words(other)
        if len(a.texts) != len(b.texts):
            continue
        for x, y, outward in zip(a.texts, b.texts, a.outward, strict=True):
            if x and y:
                total += 1
                if not outward:
                    inner.append((x, y))
                    same += x == y
                else:
                    outer.append((x, y))
                    if x == y:
                        same += 1
                        kept += 1
                        vocabulary.add(x)
    if not total:
        return Likeness(1.0, 1.0, 1.0, 0, 0, 1.0, 0)
    outward_count = total - len(inner)
    return Likeness(
        same / total,
        kept / outward_count if outward_count else 1.0,
        _consistency(inner) if inner else 1.0,
        total,
        len(vocabulary),
        _consistency(inner + outer),
        total - len({*inner, *outer}),
    )


def says_the_same(one: str, other: str) -> bool:
    """Whether two statements have the same literals, and the same names of what is defined elsewhere."""
    return STRING.findall(one) == STRING.findall(other) and words(one).vocabulary == words(other).vocabulary


def _consistency(renamed: list[tuple[str, str]]) -> float:
    """The share of pairs that agree with the commonest partner of either name."""
    times = Counter(renamed)
    forth: dict[str, int] = {}
    back: dict[str, int] = {}
    for (x, y), count in times.items():
        forth[x] = max(forth.get(x, 0), count)
        back[y] = max(back.get(y, 0), count)
    agree = sum(count for (x, y), count in times.items() if forth[x] == count == back[y])
    return agree / len(renamed)


def variety(shapes: Sequence[int]) -> float:
    """The share of different shapes among statements: a list of fields or assignments has few."""
    return len(set(shapes)) / len(shapes) if shapes else 0.0
