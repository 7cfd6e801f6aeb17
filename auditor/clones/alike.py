"""Whether two rows of statements are a copy of each other, or only of one shape: names tell."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from auditor.clones.stretch import LITERAL

NAME = re.compile(r"[^\W\d]\w*\Z")
LITERAL_TEXT = re.compile(LITERAL.pattern.decode(), re.DOTALL)


class Likeness(NamedTuple):
    """`same` is the share of names and literals that are equal, `kept` that of names of calls and attributes,
    `consistent` the share of other names that one renaming explains, in both directions.
    """

    same: float
    kept: float
    consistent: float
    names: int


def likeness(left: Sequence[str], right: Sequence[str]) -> Likeness:
    """How alike two rows of statements of the same blinded shape are; statements of unequal length are passed over."""
    renamed: list[tuple[str, str]] = []
    outward: list[bool] = []
    same = total = 0
    for one, other in zip(left, right, strict=True):
        a, b = one.split(" "), other.split(" ")
        if len(a) != len(b):
            continue
        for i, (x, y) in enumerate(zip(a, b, strict=True)):
            if NAME.match(x) and NAME.match(y):
                total += 1
                same += x == y
                if (i and a[i - 1] == ".") or (i + 1 < len(a) and a[i + 1] == "("):
                    outward.append(x == y)
                renamed.append((x, y))
    if not total:
        return Likeness(1.0, 1.0, 1.0, 0)
    return Likeness(same / total, sum(outward) / len(outward) if outward else 1.0, _consistency(renamed), total)


def _consistency(renamed: list[tuple[str, str]]) -> float:
    """The share of pairs that agree with the commonest partner of either name."""
    forth: dict[str, Counter[str]] = {}
    back: dict[str, Counter[str]] = {}
    for x, y in renamed:
        forth.setdefault(x, Counter())[y] += 1
        back.setdefault(y, Counter())[x] += 1
    agree = sum(
        1
        for x, y in renamed
        if forth[x].most_common(1)[0][1] == forth[x][y] and back[y].most_common(1)[0][1] == back[y][x]
    )
    return agree / len(renamed)


def variety(shapes: Sequence[int]) -> float:
    """The share of different shapes among statements: a list of fields or assignments has few."""
    return len(set(shapes)) / len(shapes) if shapes else 0.0
