"""Runs of statements that stand in several places, exactly or with other names: clones of type 1 and 2."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from auditor.clones.stretch import FileClones

MODULUS = (1 << 61) - 1
FACTOR = 1_000_003
Window = tuple[str, int, int]
"""Path, first and last statement."""
FEW = 6
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


def pairs(files: Mapping[str, FileClones], min_tokens: int) -> list[Pair]:
    """The maximal pairs of runs with equal blinded statements and at least `min_tokens` tokens.

    A window of just so many tokens begins at every statement; equal windows are found by a rolling hash (Karp and Rabin,
    1987) and joined along their diagonals. Linear in the code but for the places of each window.
    """
    places: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for path, file in files.items():
        for first, last, value in _windows(file.blind, file.tokens, min_tokens):
            places[value].append((path, first, last))
    diagonals: dict[tuple[str, str, int], list[tuple[int, int]]] = defaultdict(list)
    for found in places.values():
        if 1 < len(found) <= MOST_PLACES:
            for (path, first, last), (other, begin, _) in _met(found):
                if path != other or begin >= last:
                    diagonals[path, other, begin - first].append((first, last))
    found_pairs = []
    for (left, right, shift), windows in diagonals.items():
        for first, last in _joined(sorted(windows)):
            last = _stretched(files[left].blind, files[right].blind, last, shift)
            if left != right or first + shift >= last:
                found_pairs.append(Pair(Span(left, first, last), Span(right, first + shift, last + shift)))
    return found_pairs


def _met(found: list[Window]) -> Iterator[tuple[Window, Window]]:
    """The pairs to compare among equal windows: all of a few; of many, each with the first and with the one before it.

    A copy and its original need not be the first to stand so, and the first may only look like them.
    """
    if len(found) <= FEW:
        yield from combinations(found, 2)
    else:
        yield from ((found[0], other) for other in found[1:])
        yield from pairwise(found[1:])


def _stretched(left: Sequence[int], right: Sequence[int], last: int, shift: int) -> int:
    """The end of a run that goes on after its last whole window."""
    end = min(len(left), len(right) - shift)
    while last < end and left[last] == right[last + shift]:
        last += 1
    return last


def _windows(values: Sequence[int], tokens: Sequence[int], least: int) -> Iterator[tuple[int, int, int]]:
    """(first, last, hash) of the shortest window of at least `least` tokens and two statements at each statement."""
    last = total = rolling = 0
    power = 1
    for first, value in enumerate(values):
        while (total < least or last - first < 2) and last < len(values):
            total += tokens[last]
            rolling = (rolling * FACTOR + values[last] + 1) % MODULUS
            power = power * FACTOR % MODULUS
            last += 1
        if total < least or last - first < 2:
            return
        yield first, last, rolling
        total -= tokens[first]
        # The first statement leaves the window: it stood at the highest power.
        power = power * INVERSE % MODULUS
        rolling = (rolling - (value + 1) * power) % MODULUS


INVERSE = pow(FACTOR, -1, MODULUS)


def _joined(windows: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Windows that overlap or touch, as one."""
    first, last = windows[0]
    for begin, end in windows[1:]:
        if begin > last:
            yield first, last
            first, last = begin, end
        last = max(last, end)
    yield first, last
