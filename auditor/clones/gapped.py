"""Functions that are copies with some statements changed, added or taken away: clones of type 3."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import chain, combinations, pairwise, product
from operator import invert
from typing import NamedTuple

from auditor.clones.runs import FEW, Pair, Span
from auditor.clones.statements import FileClones

COMMON = 12
"""A shape that more functions share says nothing of any two of them."""
LEAST_SHARED = 0.52
"""The least share of the longer function's statements that stand in both, in order."""
LEAST_STATEMENTS = 4


class Function(NamedTuple):
    """A function's statements as spans, with their shapes."""

    span: Span
    shapes: tuple[int, ...]
    said: tuple[int, ...]


def functions(files: Mapping[str, FileClones], min_tokens: int) -> list[Function]:
    """The functions that are long enough to be a clone, in the order of paths."""
    found = []
    for path, file in files.items():
        for scope in file.scopes:
            cut = slice(scope.first, scope.last)
            long = scope.last - scope.first >= LEAST_STATEMENTS and sum(file.tokens[cut]) >= min_tokens
            if long and scope.kind != "class":
                found.append(Function(Span(path, scope.first, scope.last), file.blind[cut], file.said[cut]))
    return found


def candidates(found: Sequence[Function], common: int = COMMON) -> Iterator[tuple[int, int]]:
    """Pairs of functions that share enough rare shapes, or rare statements as they are, to be worth a comparison."""
    keys = [_keys(function) for function in found]
    rare = {key for key, times in Counter(chain.from_iterable(keys)).items() if 1 < times <= common}
    index: dict[int | tuple[int, int], list[int]] = defaultdict(list)
    for number, own in enumerate(keys):
        for key in own & rare:
            index[key].append(number)
    shared = Counter(chain.from_iterable(combinations(numbers, 2) for numbers in index.values()))
    sizes = [len(function.shapes) for function in found]
    for (one, other), times in shared.items():
        if times > 1:
            shorter, longer = sorted((sizes[one], sizes[other]))
            if times >= 0.25 * shorter and shorter >= LEAST_SHARED * longer:
                left, right = found[one].span, found[other].span
                if not (inside(left, right) or inside(right, left)):
                    yield one, other


def _keys(function: Function) -> set[int | tuple[int, int]]:
    """A function's shapes, its pairs of shapes that follow each other, and its statements as they are, told by a minus."""
    keys: set[int | tuple[int, int]] = set(function.shapes)
    keys.update(pairwise(function.shapes))
    keys.update(map(invert, function.said))
    return keys


def inside(one: Span, other: Span) -> bool:
    """Whether a span stands within another one, or is it."""
    return one.path == other.path and one.first >= other.first and one.last <= other.last


def aligned(left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int]]:
    """The longest common subsequence of two rows of shapes, as pairs of positions (Hunt and Szymanski's way: by matches)."""
    rows = len(left)
    columns = len(right)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        row, below = best[i], best[i + 1]
        shape = left[i]
        for j in range(columns - 1, -1, -1):
            row[j] = below[j + 1] + 1 if shape == right[j] else row[j + 1] if row[j + 1] >= below[j] else below[j]
    found = []
    i = j = 0
    while i < rows and j < columns:
        if left[i] == right[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def common_length(left: Sequence[Hashable], right: Sequence[Hashable]) -> int:
    """The length of the longest common subsequence, by bits of one large number (Hyyrö, 2004)."""
    masks: dict[Hashable, int] = defaultdict(int)
    for position, shape in enumerate(left):
        masks[shape] |= 1 << position
    everything = (1 << len(left)) - 1
    state = everything
    for shape in right:
        matched = state & masks.get(shape, 0)
        state = ((state + matched) | (state - matched)) & everything
    return len(left) - state.bit_count()


def close(found: Sequence[Function]) -> Iterator[Pair]:
    """Pairs of functions that share most of their statements in order. Of functions with the same statements in the same
    order one stands for all, the one that has most statements of the other as they are: they are a run already.
    """
    alike: dict[tuple[int, ...], list[Function]] = defaultdict(list)
    for function in found:
        alike[function.shapes].append(function)
    kinds = list(alike.values())
    for one, other in candidates([functions[0] for functions in kinds]):
        left, right = kinds[one], kinds[other]
        longer = max(len(left[0].shapes), len(right[0].shapes))
        if common_length(left[0].shapes, right[0].shapes) >= LEAST_SHARED * longer:
            pairs = product(left[:FEW], right[:FEW])
            first, second = max(pairs, key=_equal) if len(left) + len(right) > 2 else (left[0], right[0])
            yield Pair(first.span, second.span)


def _equal(pair: tuple[Function, Function]) -> int:
    """How many statements two functions have as they are, in whatever order."""
    return (Counter(pair[0].said) & Counter(pair[1].said)).total()
