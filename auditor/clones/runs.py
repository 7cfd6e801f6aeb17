"""Runs of statements that stand in several places, exactly or with other names: clones of type 1 and 2."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, combinations, pairwise
from typing import NamedTuple

from auditor.clones.statements import FileClones

Window = tuple[str, int, int]
"""Path, first and last statement."""
FEW = 10
MOST_PLACES = 60
"""A window that stands in more places is idiom, not a copy."""


class Span(NamedTuple):
    """Statements `first` up to but without `last` of a file."""

    path: str
    first: int
    last: int


class Pair(NamedTuple):
    """Two spans that say the same."""

    left: Span
    right: Span


def pairs(
    files: Mapping[str, FileClones], min_tokens: int, said: bool = False, most: int = MOST_PLACES, least: int = 2
) -> list[Pair]:
    """The maximal pairs of runs with equal statements, blinded or as what they `said`, of at least `min_tokens` tokens and
    `least` statements. What stands in more than `most` places is none.

    A window of just so many tokens begins at every statement; equal windows are found by their hashes (after Karp and
    Rabin, 1987) and joined along their diagonals. Linear in the code but for the places of each window.
    """
    rows = {path: file.said if said else file.blind for path, file in files.items()}
    windows = {path: _windows(rows[path], file.tokens, min_tokens, least) for path, file in files.items()}
    times = Counter(chain.from_iterable(values for _, values in windows.values()))
    repeated = {value for value, count in times.items() if 1 < count <= most}
    places: dict[int, list[Window]] = defaultdict(list)
    for path, (ends, values) in windows.items():
        for first, value in enumerate(values):
            if value in repeated:
                places[value].append((path, first, ends[first]))
    diagonals: dict[tuple[str, str, int], list[tuple[int, int]]] = defaultdict(list)
    for found in places.values():
        for (path, first, last), (other, begin, _) in _met(found):
            if path != other or begin >= last:
                diagonals[path, other, begin - first].append((first, last))
    found_pairs = []
    for (left, right, shift), equal in diagonals.items():
        for first, last in _joined(sorted(equal)):
            last = _stretched(rows[left], rows[right], last, shift)
            for begin, end in _rounds(files[left], first, last, shift) if left == right else [(first, last)]:
                found_pairs.append(Pair(Span(left, begin, end), Span(right, begin + shift, end + shift)))
    return found_pairs


def _rounds(file: FileClones, first: int, last: int, shift: int) -> Iterator[tuple[int, int]]:
    """A run that says the same again and again, in a row, as one round after the other; where it holds heads of functions,
    a round begins at one.
    """
    if first + shift < last:
        head = next((scope.first for scope in file.scopes if first < scope.first < min(last, first + shift)), first)
        if head > first:
            yield first, head
        first = head
    for begin in range(first, last, shift):
        yield begin, min(begin + shift, last)


def _met(found: list[Window]) -> Iterable[tuple[Window, Window]]:
    """The pairs to compare among equal windows: all of a few; of many, each with the first and with the one before it.

    A copy and its original need not be the first to stand so, and the first may only look like them.
    """
    if len(found) <= FEW:
        return combinations(found, 2)
    return chain(((found[0], other) for other in found[1:]), pairwise(found[1:]))


def _stretched(left: Sequence[int], right: Sequence[int], last: int, shift: int) -> int:
    """The end of a run that goes on after its last whole window."""
    end = min(len(left), len(right) - shift)
    while last < end and left[last] == right[last + shift]:
        last += 1
    return last


def _windows(shapes: tuple[int, ...], tokens: Sequence[int], min_tokens: int, least: int) -> tuple[list[int], list[int]]:
    """Of the shortest window of at least `min_tokens` tokens and `least` statements at each statement, where it ends and its
    hash; no window begins at the last statements.
    """
    before = [0, *accumulate(tokens)]
    ends = []
    for first, count in enumerate(before):
        last = bisect_left(before, count + min_tokens, first + least)
        if last >= len(before):
            break
        ends.append(last)
    return ends, [hash(shapes[first:last]) for first, last in enumerate(ends)]


def _joined(windows: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Windows that overlap or touch, as one."""
    first, last = windows[0]
    for begin, end in windows[1:]:
        if begin > last:
            yield first, last
            first, last = begin, end
        last = max(last, end)
    yield first, last
