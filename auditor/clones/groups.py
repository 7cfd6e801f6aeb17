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
    loosest likeness in the group; `confidence` is `high`, `medium` or `low`: that of the surest pair, among tests of the surest
    one of this kind.
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
    doubtful, joins a group where it is matched with the place in its middle, and else is shown beside the likest place.
    """
    joined = _Joined(matches)
    for star in joined.stars():
        roots = (star.middle, *star.around)
        spans = [span for root in roots for span in joined.members[root]]
        inside = [match for root in roots for match in joined.own[root]]
        first = spans[0]
        beside = [span for match in star.beside for span in match.pair if span not in joined.members[star.middle]]
        spans = _widest([*spans, *beside])
        if star.around or beside:
            spans.sort(key=lambda span: not (span.path == first.path and span.first <= first.first < span.last))
        between = [joined.between[star.middle][other] for other in star.around]
        yield Cluster(tuple(spans), (*between, *star.beside, *inside))


class _Star(msgspec.Struct):
    """A place in the middle, those that are matched with it, and matches with a place that stands in another group."""

    middle: Span
    around: list[Span]
    beside: list[Match]
    doubtful: bool


class _Joined:
    """Spans joined by sure matches without gaps, each standing for those it is joined with; the other matches between them."""

    def __init__(self, matches: Sequence[Match]) -> None:
        places = sorted({span for match in matches for span in match.pair})
        self._leader = {span: span for span in places}
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
            elif left not in self.between[right] or _surer(match, self.between[right][left]):
                self.between[left][right] = self.between[right][left] = match

    def _find(self, span: Span) -> Span:
        leader = self._leader
        while leader[span] != span:
            leader[span] = span = leader[leader[span]]
        return span

    def stars(self) -> list[_Star]:
        """The places by the likest ones first, the sure matches before the doubtful ones; each stands in one star's middle or
        around it.
        """
        stars: dict[Span, _Star] = {}
        for doubtful in (False, True):
            for left, right, match in self._by_likeness(doubtful):
                known = stars.get(left) or stars.get(right)
                if known is None:
                    middle, other = (left, right) if len(self.between[left]) >= len(self.between[right]) else (right, left)
                    stars[left] = stars[right] = _Star(middle, [other], [], doubtful)
                elif left not in stars or right not in stars:
                    fresh = right if left in stars else left
                    fits = known.doubtful == doubtful and fresh in self.between[known.middle]
                    if fits and (self.between[known.middle][fresh].confidence == "low") == doubtful:
                        known.around.append(fresh)
                        stars[fresh] = known
                    else:
                        stars[fresh] = _Star(fresh, [], [match], doubtful)
                elif doubtful and stars[left] is not stars[right]:
                    for span in (left, right):
                        if stars[span].doubtful and stars[span].middle == span:
                            stars[span].beside.append(match)
            for span in self.members:
                if span not in stars and self.own[span]:
                    stars[span] = _Star(span, [], [], doubtful)
        return list({id(star): star for star in stars.values()}.values())

    def _by_likeness(self, doubtful: bool) -> list[tuple[Span, Span, Match]]:
        found = [
            (left, right, match)
            for left, partners in self.between.items()
            for right, match in partners.items()
            if left < right and (match.confidence == "low") == doubtful
        ]
        return sorted(found, key=lambda one: (-one[2].similarity, one[0], one[1]))


def _surer(one: Match, other: Match) -> bool:
    """Whether a match of two places says more than another one of them."""
    return (CONFIDENCES.index(one.confidence), one.similarity) > (CONFIDENCES.index(other.confidence), other.similarity)


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
