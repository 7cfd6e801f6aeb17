"""Stretches within functions that are copies but for a few statements: what is equal and nearly touches, as one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, product
from typing import NamedTuple

from auditor.clones.runs import Pair, Span, pairs
from auditor.clones.statements import FileClones, Scope

MOST_BETWEEN = 4
"""So many statements may stand between two runs of one copy, in either place."""
MOST_PLACES = 12
"""A few statements that stand in more places are idiom."""
A_FEW = 10
"""So many tokens that say the same are where a copy may begin, be it one statement."""
SOMETHING = 3
"""Fewer tokens, `return None` or `else:`, stand anywhere."""
STEPS = sorted(product(range(MOST_BETWEEN + 1), repeat=2), key=sum)
Owners = Callable[[str], Sequence[int]]
"""By a file's path: for each of its statements the outermost function that it stands in, by number, or a negative one."""


def chains(
    files: Mapping[str, FileClones], runs: Iterable[Pair], min_tokens: int, owners: Owners, known: Callable[[Pair], bool]
) -> Iterator[Pair]:
    """Pairs of stretches, each within one function, that begin and end with what is equal: the runs that are given, and
    shorter ones, of the same shapes or that say the same. What stands between two neighbours are up to MOST_BETWEEN statements in
    either place; all that is equal has `min_tokens` tokens or more. Of functions that are known to be a pair there are none.
    """
    said = pairs(files, A_FEW, said=True, most=MOST_PLACES, least=1)
    shaped = pairs(files, min_tokens * 3 // 5, most=MOST_PLACES)
    links: dict[tuple[str, int, str, int], set[Pair]] = defaultdict(set)
    for whole in (*runs, *said, *shaped):
        for pair, one, other in _parted(whole, owners):
            links[pair.left.path, one, pair.right.path, other].add(pair)
    for (left, one, right, other), found in links.items():
        place = _Place(files[left], files[right], files[left].scopes[one], files[right].scopes[other])
        if known(Pair(*(Span(path, scope.first, scope.last) for path, scope in ((left, place.one), (right, place.other))))):
            continue
        for row in _linked(_outer(found)):
            if place.tokens(row) >= min_tokens // 2:
                row = place.grown(row)
                if len(row) > 1 and place.tokens(row) >= min_tokens:
                    yield Pair(*(Span(one.path, one.first, other.last) for one, other in zip(row[0], row[-1], strict=True)))


def _parted(whole: Pair, owners: Owners) -> Iterator[tuple[Pair, int, int]]:
    """A pair as those parts of it that stand each in one function, with these."""
    (left, first, last), (right, begin, end) = whole
    lefts, rights = owners(left), owners(right)
    if lefts[first] == lefts[last - 1] >= 0 and rights[begin] == rights[end - 1] >= 0:
        yield whole, lefts[first], rights[begin]
        return
    at = 0
    for (one, other), own in groupby(zip(lefts[first:last], rights[begin:end], strict=True)):
        size = sum(1 for _ in own)
        if one >= 0 and other >= 0:
            yield Pair(Span(left, first + at, first + at + size), Span(right, begin + at, begin + at + size)), one, other
        at += size


def _outer(found: Iterable[Pair]) -> list[Pair]:
    """Pairs in their order, without those within another one of the same diagonal."""
    kept: list[Pair] = []
    last: dict[int, int] = {}
    for pair in sorted(found, key=lambda pair: (pair.left.first, -pair.left.last, pair.right)):
        shift = pair.right.first - pair.left.first
        if pair.left.last > last.get(shift, 0):
            last[shift] = pair.left.last
            kept.append(pair)
    return kept


def _linked(found: list[Pair]) -> Iterator[list[Pair]]:
    """Rows of pairs that follow each other soon in both places."""
    rows: dict[tuple[int, int], list[Pair]] = {}
    for pair in found:
        ends = [(pair.left.first - one, pair.right.first - other) for one, other in STEPS] if rows else []
        end = next((end for end in ends if end in rows and _apart(rows[end][0], pair)), None)
        row = [pair] if end is None else [*rows.pop(end), pair]
        rows[pair.left.last, pair.right.last] = row
    return iter(rows.values())


def _apart(first: Pair, last: Pair) -> bool:
    """Whether what two pairs and all between them make is two stretches, not one that runs into itself."""
    return first.left.path != first.right.path or last.left.last <= first.right.first or last.right.last <= first.left.first


class _Place(NamedTuple):
    """Two functions in which rows of pairs stand."""

    left: FileClones
    right: FileClones
    one: Scope
    other: Scope

    def tokens(self, row: Iterable[Pair]) -> int:
        """How many tokens the pairs have."""
        return sum(sum(self.left.tokens[pair.left.first : pair.left.last]) for pair in row)

    def grown(self, row: list[Pair]) -> list[Pair]:
        """A row with the statements before and after it that stand word for word in both functions, soon after each other."""
        while (before := self._step(row[0].left.first - 1, row[0].right.first - 1, -1, row[-1])) is not None:
            row = [self._pair(row[0], *before), *row]
        while (after := self._step(row[-1].left.last, row[-1].right.last, 1, row[0])) is not None:
            row = [*row, self._pair(row[0], *after)]
        return row

    def _step(self, first: int, begin: int, way: int, far: Pair) -> tuple[int, int] | None:
        """The nearest statements from two positions on, one way, that are equal and say something."""
        left, right = self.left.exact, self.right.exact
        if not (self.one.first < first < self.one.last and self.other.first < begin < self.other.last):
            return None
        for one, other in STEPS:
            i, j = first + way * one, begin + way * other
            if not (self.one.first < i < self.one.last and self.other.first < j < self.other.last) or left[i] != right[j]:
                continue
            if self.left.tokens[i] >= SOMETHING and _apart(*sorted((far, self._pair(far, i, j)))):
                return i, j
        return None

    def _pair(self, like: Pair, i: int, j: int) -> Pair:
        return Pair(Span(like.left.path, i, i + 1), Span(like.right.path, j, j + 1))
