"""Whether a pair of stretches is a copy, of which kind, and how sure that is."""

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import compress
from operator import ne

from auditor.clones.alike import BARE, Likeness, likeness, says_the_same, variety
from auditor.clones.gapped import aligned
from auditor.clones.groups import Match
from auditor.clones.outline import Outline
from auditor.clones.runs import Pair, Span
from auditor.clones.statements import FileClones
from auditor.clones.wording import LEAST_LIKE, sequence, similarity

DECLARATION = re.compile(r"\w+ (:|=)|class ")
HEADS = ("def ", "async def ")
MOST_DECLARATIONS = 0.6
"""More than this share of fields and constants, with other names, is a list of them and no copy."""
OFTEN = 10
"""Where nothing keeps its name, so many names have to come back under the one that they were given."""
UNQUOTED = str.maketrans({"(": None, ")": None, " ": None, "'": '"'})
SMALL = 48
"""Fewer tokens that do something are a thing said twice rather than a piece of work."""
A_FEW = 2
"""So many statements of one shape are no table yet."""
MOST_FILLED = 0.45
"""What is a table for the most part, an option or a field a statement, is filled anew rather than copied."""
SURELY_LIKE = 0.8
"""So much of the words of two functions stands in both that they are surely a copy."""
REPEATED = 80
LARGE = 120
"""So much of a test is worth a function of its own: the same steps, or what is nearly a test of the same."""


class Matcher:
    """Checks pairs of one search over files; `tests` are the paths of test code, which repeats itself on purpose."""

    def __init__(self, files: Mapping[str, FileClones], tests: Container[str], min_tokens: int, min_lines: int) -> None:
        self.files = files
        self.tests = tests
        self.min_tokens = min_tokens
        self.min_lines = min_lines
        self._texts: dict[str, list[str]] = {}
        self._outlines: dict[str, Outline] = {}
        self._words: dict[Span, list[str]] = {}

    def run(self, found: Pair) -> Match | None:
        """The match of a run of statements of the same shapes, if it is one."""
        left, right = pair = self._trimmed(found)
        if left.last - left.first < 2 or self._tokens(left) < self.min_tokens or not self._tall(pair):
            return None
        shapes = self._shapes(left)
        if len(set(shapes)) < 2:  # a table
            return None
        outline = self.outline(left.path)
        work, whole = outline.work(left.first, left.last), outline.holds(left.first, left.last, self.min_tokens)
        if self._exact(left) == self._exact(right) or self._written_alike(left, right):
            if not whole and work < self.min_tokens // 2:
                return None
            return Match("exact", pair, 1.0, self._exactly(pair, work))
        if (not whole and (work < self.min_tokens or self._tested(pair))) or self._declares(left) > MOST_DECLARATIONS:
            return None
        like = likeness(self.text(left), self.text(right))
        if self._renamed(like, shapes):
            one = outline.is_function(left.first, left.last)
            steps = outline.steps(left.first, left.last)
            sure = steps > 2 and (one or (steps > 3 and work >= SMALL and variety(shapes) >= 0.5))
            sure = sure and not self._filled(pair, [(at, at) for at in range(len(shapes))])
            return Match("renamed", pair, round((1 + like.same) / 2, 2), self._confidence(pair, sure, work))
        return None

    def gapped(self, pair: Pair) -> Match | None:
        """The match of two functions that share most of their statements in order, if it is one."""
        left, right = pair
        if not self._tall(pair):
            return None
        shapes_left, shapes_right = self._shapes(left), self._shapes(right)
        both = aligned(shapes_left, shapes_right)
        texts_left, texts_right = self.text(left), self.text(right)
        like = likeness([texts_left[i] for i, _ in both], [texts_right[j] for _, j in both])
        same = [i for i, j in both if texts_left[i] == texts_right[j]]
        shared = _share([i for i, _ in both], texts_left, texts_right)
        equal = _share(same, texts_left, texts_right)
        if self._tested(pair) and equal < 0.5:
            return None
        distinct = len({shapes_left[i] for i, _ in both})
        weight = sum(self.files[left.path].tokens[left.first + i] for i in same)
        familiar = like.consistent >= 0.9 and like.kept >= 0.6 and like.same >= 0.4
        copied = equal >= 0.5 or (shared >= 0.62 and (familiar or (like.mapped >= 0.85 and like.again >= OFTEN)))
        copied = copied or (shared >= 0.58 and like.kept >= 0.85 and like.mapped >= 0.95 and like.again >= OFTEN)
        often = distinct >= 6 and like.again >= 3 * OFTEN
        varied = distinct >= 4 and (variety(shapes_left) >= 0.5 or often)
        heavy = (equal >= 0.6 and weight >= self.min_tokens) or (equal >= 0.45 and weight >= REPEATED and varied)
        if not (equal >= 0.7 or heavy or (varied and copied)):
            return None
        work = min(self.outline(span.path).work(span.first, span.last) for span in pair)
        similarity = round(shared * (1 + like.same) / 2, 2)
        sure = work >= self.min_tokens and similarity >= (0.52 if work >= REPEATED else 0.63)
        sure = sure and (similarity >= 0.9 or not self._tested(pair)) and not self._filled(pair, both)
        return Match("gapped", pair, similarity, self._confidence(pair, sure, work))

    def worded(self, pair: Pair) -> Match | None:
        """The match of two functions that say nearly the same words in nearly the same order, whatever their statements."""
        if not self._tall(pair):
            return None
        like = similarity(self._said(pair.left), self._said(pair.right), LEAST_LIKE)
        if not like:
            return None
        both = aligned(*map(self._shapes, pair))
        work = min(self.outline(span.path).work(span.first, span.last) for span in pair)
        sure = work >= self.min_tokens * 3 // 4 and like >= SURELY_LIKE and not self._filled(pair, both)
        return Match("gapped", pair, round(like, 2), self._confidence(pair, sure, work))

    def _said(self, span: Span) -> list[str]:
        """The words of a function without its head."""
        if span not in self._words:
            self._words[span] = sequence("\n".join(self.text(span)[1:]))
        return self._words[span]

    def plain(self, pair: Pair) -> bool:
        """Whether neither stretch declares a class."""
        return not any(row.startswith("class ") for span in pair for row in self.text(span))

    def _renamed(self, like: Likeness, shapes: tuple[int, ...]) -> bool:
        """Whether names tell that statements of the same shapes are a copy with other names."""
        kinds = len(set(shapes))
        varied = variety(shapes) >= 0.4 and kinds >= 3
        familiar = like.consistent >= 0.9 and (
            (like.kept >= 0.9 and like.vocabulary >= 8)
            or (varied and (like.kept >= 0.5 or (like.kept >= 0.25 and like.names >= 40)))
        )
        long = kinds >= 6 and like.kept >= 0.6 and like.mapped >= 0.95 and like.again >= 4 * OFTEN
        return familiar or long or (varied and kinds >= 4 and like.mapped >= 0.85 and like.again >= OFTEN)

    def _filled(self, pair: Pair, both: Sequence[tuple[int, int]]) -> bool:
        """Whether a pair is a table for the most part: statements of one shape, again and again, that say other things in either
        place.
        """
        left, right = map(self.text, pair)
        file, first = self.files[pair.left.path], pair.left.first
        other = [i for i, j in both if left[i] != right[j] and not says_the_same(left[i], right[j])]
        times = Counter(file.blind[first + i] for i in other)
        filled = sum(file.tokens[first + i] for i in other if times[file.blind[first + i]] > A_FEW)
        whole = sum(file.tokens[first + i] for i, _ in both)
        return filled > MOST_FILLED * whole and whole - filled < self.min_tokens

    def _exactly(self, pair: Pair, work: int) -> str:
        if self._tested(pair):
            return "medium" if work >= REPEATED else "low"
        return "high" if work >= self.min_tokens else "medium"

    def _confidence(self, pair: Pair, sure: bool, work: int) -> str:
        return "medium" if sure and (work >= LARGE or not self._tested(pair)) else "low"

    def _tested(self, pair: Pair) -> bool:
        """Whether both places are test code."""
        return pair.left.path in self.tests and pair.right.path in self.tests

    def _written_alike(self, left: Span, right: Span) -> bool:
        """Whether nine statements in ten are equal but for brackets and the kind of quotes, which formatters change."""
        sums = map(ne, self._exact(left), self._exact(right))
        differ = list(compress(zip(self.text(left), self.text(right), strict=True), sums))
        most = 0.1 * (left.last - left.first)
        quoted = [(one, other) for one, other in differ if "'" in one or '"' in one]
        if len(differ) - len(quoted) > most:
            return False
        equal = sum(one.translate(UNQUOTED) == other.translate(UNQUOTED) for one, other in quoted)
        return len(differ) - equal <= most

    def _declares(self, span: Span) -> float:
        """The share of a span's statements that declare fields of a class or constants of a module."""
        rows = compress(self.text(span), self.outline(span.path).outside[span.first : span.last])
        return sum(DECLARATION.match(row) is not None for row in rows) / (span.last - span.first)

    def _trimmed(self, pair: Pair) -> Pair:
        """A pair without the beginnings and ends of functions that it has next to nothing of."""
        left, right = pair
        first, last = self.outline(left.path).trimmed(left.first, left.last)
        if (first, last) == (left.first, left.last):
            return pair
        shift = right.first - left.first
        return Pair(Span(left.path, first, last), Span(right.path, first + shift, last + shift))

    def _tall(self, pair: Pair) -> bool:
        return max(map(self._working_lines, pair)) >= self.min_lines

    def _working_lines(self, span: Span) -> int:
        """The lines of a span, a function's head as one: parameters that stand each on a line of its own make no copy."""
        file = self.files[span.path]
        heads = ((row, index) for index, row in enumerate(self.text(span), span.first) if row.startswith(HEADS))
        lines = file.ends[span.last - 1] - file.starts[span.first] + 1
        return lines - sum(file.ends[index] - file.starts[index] for _, index in heads)

    def outline(self, path: str) -> Outline:
        """The nesting of a file."""
        if path not in self._outlines:
            self._outlines[path] = Outline(self.files[path])
        return self._outlines[path]

    def text(self, span: Span) -> list[str]:
        """A span's statements; texts are split when they are first needed."""
        if span.path not in self._texts:
            self._texts[span.path] = self.files[span.path].text.split("\n")
        return self._texts[span.path][span.first : span.last]

    def _exact(self, span: Span) -> tuple[int, ...]:
        return self.files[span.path].exact[span.first : span.last]

    def _shapes(self, span: Span) -> tuple[int, ...]:
        return self.files[span.path].blind[span.first : span.last]

    def _tokens(self, span: Span) -> int:
        return sum(self.files[span.path].tokens[span.first : span.last])


def _share(some: Sequence[int], left: Sequence[str], right: Sequence[str]) -> float:
    """The share that some statements of the left side have of the longer one: of all its statements, or of those that say
    something, whichever is more.
    """
    saying = [text not in BARE for text in left]
    most = max(1, sum(saying), sum(text not in BARE for text in right))
    return max(len(some) / max(len(left), len(right)), sum(saying[i] for i in some) / most)
