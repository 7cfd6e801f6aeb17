"""Stretches within functions that are copies but for a few statements in their midst: runs that nearly touch, as one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from auditor.clones.runs import Pair, Span, pairs
from auditor.clones.statements import FileClones

MOST_BETWEEN = 3
"""So many statements may stand between two runs of one copy, in either place."""
MOST_PLACES = 12
"""A few statements that stand in more places word for word are idiom."""


def chains(files: Mapping[str, FileClones], runs: Iterable[Pair], min_tokens: int) -> Iterator[Pair]:
    """Pairs of stretches that begin and end with runs: those given, and shorter ones that stand word for word.

    What stands between two neighbouring runs are up to MOST_BETWEEN statements in either place.
    """
    links: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in {*runs, *pairs(files, min_tokens // 2, exactly=True, most=MOST_PLACES)}:
        links[pair.left.path, pair.right.path].append(pair)
    for found in links.values():
        yield from _linked(_outer(found))


def _outer(found: list[Pair]) -> list[Pair]:
    """Pairs in their order, without those within another one of the same diagonal."""
    kept: list[Pair] = []
    last: dict[int, int] = {}
    for pair in sorted(found, key=lambda pair: (pair.left.first, -pair.left.last)):
        shift = pair.right.first - pair.left.first
        if pair.left.last > last.get(shift, 0):
            last[shift] = pair.left.last
            kept.append(pair)
    return kept


def _linked(found: list[Pair]) -> Iterator[Pair]:
    """What two or more pairs make that follow each other in both files."""
    rows: list[list[Pair]] = []
    for pair in found:
        row = next((row for row in reversed(rows) if _follows(row[-1], pair) and _apart(row[0], pair)), None)
        if row is None:
            rows.append([pair])
        else:
            row.append(pair)
    for row in rows:
        if len(row) > 1:
            yield Pair(*(Span(one.path, one.first, other.last) for one, other in zip(row[0], row[-1], strict=True)))


def _follows(one: Pair, other: Pair) -> bool:
    """Whether a pair begins soon after another one ends, in both places."""
    return all(0 <= after.first - before.last <= MOST_BETWEEN for before, after in zip(one, other, strict=True))


def _apart(first: Pair, last: Pair) -> bool:
    """Whether what two pairs and all between them make is two stretches, not one that runs into itself."""
    return first.left.path != first.right.path or last.left.last <= first.right.first or last.right.last <= first.left.first
