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
NAME = re.compile(r"[^\W\d]\w*\Z")


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


class Word(NamedTuple):
    """A name in a statement. `outward` names something that is defined elsewhere: an attribute, a callee, a keyword."""

    text: str
    outward: bool


@lru_cache(maxsize=20_000)
def words(statement: str) -> list[Word]:
    """The names of a statement in their order, with a blank where another token stands, so that places can be compared."""
    tokens = STRING.sub("0", statement).split(" ")
    found = []
    for i, token in enumerate(tokens):
        if token in ("(", ")"):
            continue
        after = tokens[i + 1] if i + 1 < len(tokens) else ""
        outward = after == "(" or (i > 0 and (tokens[i - 1] == "." or after == "="))
        found.append(Word(token if NAME.match(token) else "", outward))
    return found


def likeness(left: Sequence[str], right: Sequence[str]) -> Likeness:
    """How alike two rows of statements of the same blinded shape are; statements of unequal length are passed over."""
    inner: list[tuple[str, str]] = []
    outward: list[bool] = []
    vocabulary: set[str] = set()
    same = total = 0
    for one, other in islice(zip(left, right, strict=True), ENOUGH):
        a, b = words(one), words(other)
        if len(a) != len(b):
            continue
        for x, y in zip(a, b, strict=True):
            if x.text and y.text:
                total += 1
                same += x.text == y.text
                if x.outward:
                    outward.append(x.text == y.text)
                    vocabulary |= {x.text} & {y.text}
                else:
                    inner.append((x.text, y.text))
    if not total:
        return Likeness(1.0, 1.0, 1.0, 0, 0)
    kept = sum(outward) / len(outward) if outward else 1.0
    return Likeness(same / total, kept, _consistency(inner) if inner else 1.0, total, len(vocabulary))


def _consistency(renamed: list[tuple[str, str]]) -> float:
    """The share of pairs that agree with the commonest partner of either name."""
    forth: dict[str, Counter[str]] = {}
    back: dict[str, Counter[str]] = {}
    for (x, y), times in Counter(renamed).items():
        forth.setdefault(x, Counter())[y] += times
        back.setdefault(y, Counter())[x] += times
    best_forth = {x: max(partners.values()) for x, partners in forth.items()}
    best_back = {y: max(partners.values()) for y, partners in back.items()}
    agree = sum(forth[x][y] == best_forth[x] and back[y][x] == best_back[y] for x, y in renamed)
    return agree / len(renamed)


def variety(shapes: Sequence[int]) -> float:
    """The share of different shapes among statements: a list of fields or assignments has few."""
    return len(set(shapes)) / len(shapes) if shapes else 0.0
