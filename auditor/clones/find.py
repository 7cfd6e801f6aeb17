"""Groups of clones: pairs checked for being copies, joined where they share a place."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import compress, pairwise
from operator import ne

import msgspec

from auditor.clones.alike import likeness, variety
from auditor.clones.gapped import aligned, close, functions
from auditor.clones.runs import Pair, Span, pairs
from auditor.clones.stretch import FileClones


class Place(msgspec.Struct, frozen=True, order=True):
    """A stretch of lines, both ends included, with the name of the function or class that it is or stands in."""

    path: str
    line: int
    end_line: int
    name: str = ""


class CloneGroup(msgspec.Struct, frozen=True):
    """Places that say the same. `kind` is `exact`, `renamed` or `gapped`: the loosest likeness in the group."""

    kind: str
    places: tuple[Place, ...]
    tokens: int
    lines: int
    similarity: float


class Match(msgspec.Struct, frozen=True):
    """A pair that was checked."""

    kind: str
    pair: Pair
    similarity: float


DECLARATION = re.compile(r"\w+ (:|=)|class ")
HEADS = ("def ", "async def ")
MOST_DECLARATIONS = 0.6
"""More than this share of fields and constants, with other names, is a list of them and no copy."""
OFTEN = 10
"""Where nothing keeps its name, so many names have to come back under the one that they were given."""
UNQUOTED = str.maketrans({"(": None, ")": None, " ": None, "'": '"'})
KINDS = ("exact", "renamed", "gapped")


class Finder:
    """One search over a set of files; statements' texts are split when they are first needed."""

    def __init__(self, files: Mapping[str, FileClones], min_tokens: int, min_lines: int) -> None:
        self.files = dict(sorted(files.items()))
        self.min_tokens = min_tokens * 4 // 5  # round brackets, a fifth of all tokens, are not counted
        self.min_lines = min_lines
        self._texts: dict[str, list[str]] = {}
        self._outsides: dict[str, bytes] = {}

    def groups(self) -> tuple[CloneGroup, ...]:
        """All groups, sorted by their first place."""
        matches = [match for pair in pairs(self.files, self.min_tokens) if (match := self._run(pair))]
        covered = _Covered(match.pair for match in matches)
        for pair in close(functions(self.files, self.min_tokens)):
            if not covered.holds(pair) and (match := self._gapped(pair)):
                matches.append(match)
        return tuple(sorted(self._group(matches), key=lambda group: group.places))

    def _run(self, pair: Pair) -> Match | None:
        left, right = pair
        if max(self._working_lines(left), self._working_lines(right)) < self.min_lines:
            return None
        exact_left, exact_right = self._exact(left), self._exact(right)
        shapes = self.files[left.path].blind[left.first : left.last]
        if exact_left == exact_right:
            return Match("exact", pair, 1.0) if self._says_something(left, shapes) else None
        if self._written_alike(left, right) and self._says_something(left, shapes):
            return Match("exact", pair, 1.0)
        if self._declares(left) > MOST_DECLARATIONS:
            return None
        like = likeness(self._text(left), self._text(right))
        kinds = len(set(shapes))
        varied = variety(shapes) >= 0.4 and kinds >= 3
        familiar = like.consistent >= 0.9 and (
            (like.kept >= 0.9 and like.vocabulary >= 8)
            or (varied and (like.kept >= 0.5 or (like.kept >= 0.25 and like.names >= 40)))
        )
        if familiar or (varied and kinds >= 4 and like.mapped >= 0.85 and like.again >= OFTEN):
            return Match("renamed", pair, round((1 + like.same) / 2, 2))
        return None

    def _gapped(self, pair: Pair) -> Match | None:
        left, right = pair
        if max(self._working_lines(left), self._working_lines(right)) < self.min_lines:
            return None
        shapes_left, shapes_right = self._shapes(left), self._shapes(right)
        both = aligned(shapes_left, shapes_right)
        texts_left, texts_right = self._text(left), self._text(right)
        like = likeness([texts_left[i] for i, _ in both], [texts_right[j] for _, j in both])
        shared = len(both) / max(len(shapes_left), len(shapes_right))
        equal = sum(texts_left[i] == texts_right[j] for i, j in both) / max(len(shapes_left), len(shapes_right))
        distinct = len({shapes_left[i] for i, _ in both})
        familiar = like.consistent >= 0.9 and like.kept >= 0.6 and like.same >= 0.4
        copied = equal >= 0.5 or (shared >= 0.62 and (familiar or (like.mapped >= 0.85 and like.again >= OFTEN)))
        if equal >= 0.7 or (distinct >= 4 and variety(shapes_left) >= 0.5 and copied):
            return Match("gapped", pair, round(shared * (1 + like.same) / 2, 2))
        return None

    def _says_something(self, span: Span, shapes: tuple[int, ...]) -> bool:
        """Whether a run is more than a table: two kinds of statements at the least."""
        return len(set(shapes)) >= 2

    def _written_alike(self, left: Span, right: Span) -> bool:
        """Whether nine statements in ten are equal but for brackets and the kind of quotes, which formatters change."""
        sums = map(ne, self._exact(left), self._exact(right))
        differ = list(compress(zip(self._text(left), self._text(right), strict=True), sums))
        most = 0.1 * (left.last - left.first)
        quoted = [(one, other) for one, other in differ if "'" in one or '"' in one]
        if len(differ) - len(quoted) > most:
            return False
        equal = sum(one.translate(UNQUOTED) == other.translate(UNQUOTED) for one, other in quoted)
        return len(differ) - equal <= most

    def _declares(self, span: Span) -> float:
        """The share of a span's statements that declare fields of a class or constants of a module."""
        rows = compress(self._text(span), self._outside(span.path)[span.first : span.last])
        return sum(DECLARATION.match(row) is not None for row in rows) / (span.last - span.first)

    def _outside(self, path: str) -> bytes:
        """A one for every statement of a file that stands in no function, else a zero."""
        if path not in self._outsides:
            outside = bytearray(b"\1") * len(self.files[path].blind)
            for scope in self.files[path].scopes:
                if scope.kind != "class":
                    outside[scope.first : scope.last] = bytes(scope.last - scope.first)
            self._outsides[path] = bytes(outside)
        return self._outsides[path]

    def _text(self, span: Span) -> list[str]:
        if span.path not in self._texts:
            self._texts[span.path] = self.files[span.path].text.split("\n")
        return self._texts[span.path][span.first : span.last]

    def _exact(self, span: Span) -> tuple[int, ...]:
        return self.files[span.path].exact[span.first : span.last]

    def _shapes(self, span: Span) -> tuple[int, ...]:
        return self.files[span.path].blind[span.first : span.last]

    def _lines(self, span: Span) -> int:
        file = self.files[span.path]
        return file.ends[span.last - 1] - file.starts[span.first] + 1

    def _working_lines(self, span: Span) -> int:
        """The lines of a span, a function's head as one: parameters that stand each on a line of its own make no copy."""
        file = self.files[span.path]
        heads = ((row, index) for index, row in enumerate(self._text(span), span.first) if row.startswith(HEADS))
        return self._lines(span) - sum(file.ends[index] - file.starts[index] for _, index in heads)

    def _group(self, matches: list[Match]) -> Iterator[CloneGroup]:
        """Joins matches that share a place, by what their spans cover most of."""
        leader: dict[Span, Span] = {}

        def find(span: Span) -> Span:
            while leader.setdefault(span, span) != span:
                leader[span] = span = leader[leader[span]]
            return span

        spans = sorted({span for match in matches for span in match.pair})
        for span, other in _same_places(spans):
            leader[find(other)] = find(span)
        for match in matches:
            leader[find(match.pair.right)] = find(match.pair.left)
        members: dict[Span, list[Span]] = defaultdict(list)
        kinds: dict[Span, str] = {}
        likeness_: dict[Span, float] = {}
        for span in spans:
            members[find(span)].append(span)
        for match in matches:
            root = find(match.pair.left)
            kinds[root] = max(kinds.get(root, "exact"), match.kind, key=KINDS.index)
            likeness_[root] = min(likeness_.get(root, 1.0), match.similarity)
        for root, group in members.items():
            places = tuple(sorted({self._place(span) for span in _widest(group)}))
            if len(places) > 1:
                widest = max(group, key=lambda span: span.last - span.first)
                tokens = sum(self.files[widest.path].tokens[widest.first : widest.last])
                yield CloneGroup(kinds[root], places, tokens, self._lines(widest), likeness_[root])

    def _place(self, span: Span) -> Place:
        file = self.files[span.path]
        around = [s for s in file.scopes if s.first <= span.first and s.last >= span.last]
        name = around[-1].name if around else ""
        return Place(span.path, file.starts[span.first], file.ends[span.last - 1], name)


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


class _Covered:
    """Which stretches the runs already pair."""

    def __init__(self, found: Iterable[Pair]) -> None:
        self._by_files: dict[tuple[str, str], list[Pair]] = defaultdict(list)
        for pair in found:
            self._by_files[pair.left.path, pair.right.path].append(pair)

    def holds(self, pair: Pair) -> bool:
        """Whether a run pairs most of both spans."""
        for known in self._by_files.get((pair.left.path, pair.right.path), ()):
            if _share(known.left, pair.left) >= 0.8 and _share(known.right, pair.right) >= 0.8:
                return True
        return False


def _share(run: Span, whole: Span) -> float:
    return max(0, min(run.last, whole.last) - max(run.first, whole.first)) / (whole.last - whole.first)


def find(files: Mapping[str, FileClones], min_tokens: int = 50, min_lines: int = 5) -> tuple[CloneGroup, ...]:
    """The groups of clones among files. Deterministic: the same files give the same groups in the same order."""
    return Finder(files, min_tokens, min_lines).groups()


def duplicated_lines(groups: Iterable[CloneGroup], within: Container[str]) -> int:
    """The lines of some files that stand in a clone, each counted once."""
    lines: dict[str, set[int]] = defaultdict(set)
    for group in groups:
        for place in group.places:
            if place.path in within:
                lines[place.path].update(range(place.line, place.end_line + 1))
    return sum(map(len, lines.values()))
