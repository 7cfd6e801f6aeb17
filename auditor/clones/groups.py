"""Groups of places that say the same, made of pairs that were checked."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from auditor.clones.runs import Pair, Span

KINDS = ("exact", "renamed", "gapped")
CONFIDENCES = ("low", "medium", "high")


class Place(msgspec.Struct, frozen=True, order=True):
    """A stretch of lines, both ends included, with the name of the function or class that it is or stands in."""

    path: str
    line: int
    end_line: int
    name: str = ""

    @property
    def lines(self) -> int:
        """How many lines these are."""
        return self.end_line - self.line + 1

    def holds(self, other: "Place") -> bool:
        """Whether the other one stands within this one."""
        return self.path == other.path and self.line <= other.line and self.end_line >= other.end_line


class CloneGroup(msgspec.Struct, frozen=True):
    """Places that say the same, the one that all others are compared with first. `kind` is `exact`, `renamed` or `gapped`: the
    loosest likeness in the group; `confidence` is `high`, `medium` or `low`: that of the surest pair.
    """

    kind: str
    places: tuple[Place, ...]
    tokens: int
    lines: int
    similarity: float
    confidence: str = "medium"

    def removable(self, within: Sequence[Place]) -> int:
        """The lines of some of its places that go where one function takes the place of all."""
        lines = [place.lines for place in within]
        return sum(lines) - (max(lines, default=0) if len(lines) == len(self.places) else 0)


class Match(msgspec.Struct, frozen=True):
    """A pair that was checked."""

    kind: str
    pair: Pair
    similarity: float
    confidence: str


class Cluster(msgspec.Struct, frozen=True):
    """Spans of one group, none within another, with the matches that join them. Where these have gaps, the first span is the
    one that all others are matched with.
    """

    spans: tuple[Span, ...]
    matches: tuple[Match, ...]


def clusters(matches: Sequence[Match]) -> Iterator[Cluster]:
    """Joins matches that share a place, by what their spans cover most of. Of three functions of which the second has some
    statements of the first and the third others, the first and the third need not be alike: what is matched with gaps, or
    doubtful, joins the group of one place only, that which has most matches.
    """
    joined = _Joined(matches)
    for middle, around in joined.stars():
        inside = [match for root in (middle, *around) for match in joined.own[root]]
        spans = _widest([span for root in (middle, *around) for span in joined.members[root]])
        if around:
            first = joined.members[middle][0]
            spans.sort(key=lambda span: not (span.path == first.path and span.first <= first.first < span.last))
        yield Cluster(tuple(spans), (*(joined.between[middle][other] for other in around), *inside))
    for middle, match in joined.left_over():
        first, second = match.pair if match.pair.left in joined.members[middle] else match.pair[::-1]
        yield Cluster((first, second), (match, *joined.own[middle]))


class _Joined:
    """Spans joined by sure matches without gaps, each standing for those it is joined with; the other matches between them."""

    def __init__(self, matches: Sequence[Match]) -> None:
        places = sorted({span for match in matches for span in match.pair})
        self._leader = {span: span for span in places}
        self._left: list[Span] = []
        for span, other in _same_places(places):
            self._leader[self._find(other)] = self._find(span)
        for match in matches:
            if match.kind != "gapped" and match.confidence != "low":
                self._leader[self._find(match.pair.right)] = self._find(match.pair.left)
        self.members: dict[Span, list[Span]] = defaultdict(list)
        self.own: dict[Span, list[Match]] = defaultdict(list)
        self.between: dict[Span, dict[Span, Match]] = defaultdict(dict)
        for span in places:
            self.members[self._find(span)].append(span)
        for match in matches:
            left, right = self._find(match.pair.left), self._find(match.pair.right)
            if left == right:
                self.own[left].append(match)
            else:
                self.between[left][right] = self.between[right][left] = match

    def _find(self, span: Span) -> Span:
        leader = self._leader
        while leader[span] != span:
            leader[span] = span = leader[leader[span]]
        return span

    def stars(self) -> Iterator[tuple[Span, list[Span]]]:
        """Each place in the middle with those that are matched with it: first by sure matches, then by doubtful ones."""
        taken: set[Span] = set()
        for doubtful in (False, True):
            near = {
                span: {other for other, match in partners.items() if doubtful or match.confidence != "low"}
                for span, partners in self.between.items()
            }
            for span in sorted(near, key=lambda span: (-len(near[span]), span)):
                if span not in taken and (around := sorted(near[span] - taken)):
                    taken.update((span, *around))
                    yield span, around
            alone = [span for span in self.members if span not in taken and self.own[span]]
            taken.update(alone)
            yield from ((span, []) for span in alone)
        self._left = [span for span in self.members if span not in taken]

    def left_over(self) -> Iterator[tuple[Span, Match]]:
        """Places whose likest ones all stand in other groups already, with the likest one's match; asked for last."""
        for span in self._left:
            yield span, max(self.between[span].values(), key=lambda match: match.similarity)


def _widest(spans: list[Span]) -> list[Span]:
    """Spans of which none lies within another of the same file."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.path, span.first, -span.last)):
        if not kept or kept[-1].path != span.path or span.first >= kept[-1].last:
            kept.append(span)
        elif span.last > kept[-1].last:
            kept[-1] = Span(span.path, kept[-1].first, span.last)
    return kept


def _same_places(spans: list[Span]) -> Iterator[tuple[Span, Span]]:
    """Neighbouring spans of a file that share most of the shorter one's statements."""
    for one, other in pairwise(spans):
        if one.path == other.path:
            shared = min(one.last, other.last) - other.first
            if shared >= 0.7 * min(one.last - one.first, other.last - other.first) and shared > 0:
                longer = max(one.last - one.first, other.last - other.first)
                if shared >= 0.5 * longer:
                    yield one, other


def outermost(groups: Sequence[CloneGroup]) -> Iterator[CloneGroup]:
    """The groups that say more than another one does: not those of which every place stands within one of its places."""
    standing: dict[str, list[tuple[Place, int]]] = defaultdict(list)
    for number, group in enumerate(groups):
        for place in group.places:
            standing[place.path].append((place, number))
    for number, group in enumerate(groups):
        sure = CONFIDENCES.index(group.confidence)
        around = [
            {other for place, other in standing[inner.path] if other != number and place.holds(inner)} for inner in group.places
        ]
        others = [groups[other] for other in set.intersection(*around)]
        if not any(CONFIDENCES.index(other.confidence) >= min(sure, 1) and other.places != group.places for other in others):
            yield group
