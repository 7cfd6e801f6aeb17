"""Functions that say the same in other statements: an argument has got a name of its own, a comprehension has become a loop, a
method a function. The statements tell less of them than the words, in their order.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from auditor.clones.gapped import common_length, inside
from auditor.clones.runs import Pair, Span
from auditor.clones.skeleton import KEYWORDS, TOKEN
from auditor.clones.statements import FileClones
from auditor.clones.stretch import MOST_WORDS

LEAST_STATEMENTS = 3
RARE = 12
"""A word that more functions have says little of any two of them."""
A_FEW = 3
"""So many rare words two functions have in common, and this share of the rare words of the one that has fewer:"""
LEAST_RARE = 0.4
LEAST_COMMON = 0.45
"""The least share of the different words of the function that has more of them which stands in both, in whatever order."""
LEAST_LIKE = 0.75
"""The least share of the words of two functions that stand in both, in order."""
LEAST_WORDS = 12
"""So many words that are no names of the function's own stand in both."""
UNSAID = frozenset(". , : ( ) [ ] { } @ self return in async await".split())
OWN = "a"
NAME = 1
OPEN = ("(", ",")


class _Kinds(dict[str, int]):
    """Whether a token is a name that begins small, and no keyword."""

    def __missing__(self, token: str) -> int:
        kind = NAME if token.isidentifier() and not token[0].isupper() and token not in KEYWORDS else 0
        if len(self) < MOST_WORDS:
            self[token] = kind
        return kind


KINDS = _Kinds()


class _Function(NamedTuple):
    span: Span
    words: frozenset[str]


def worded(files: Mapping[str, FileClones], min_tokens: int, text: Callable[[Span], Sequence[str]]) -> Iterator[Pair]:
    """Pairs of functions that have enough words in common, rare ones among them, to be worth a comparison."""
    found = list(_functions(files, min_tokens, text))
    times = Counter(chain.from_iterable(function.words for function in found))
    rare = {word for word, count in times.items() if 1 < count <= RARE}
    index: dict[str, list[int]] = defaultdict(list)
    sizes = []
    for number, function in enumerate(found):
        own = function.words & rare
        sizes.append(len(own))
        for word in own:
            index[word].append(number)
    shared = Counter(chain.from_iterable(combinations(numbers, 2) for numbers in index.values()))
    for (one, other), count in shared.items():
        if count >= A_FEW and count >= LEAST_RARE * min(sizes[one], sizes[other]):
            left, right = found[one], found[other]
            fewer, more = sorted((len(left.words), len(right.words)))
            enough = fewer >= LEAST_COMMON * more and len(left.words & right.words) >= LEAST_COMMON * more
            if enough and not (inside(left.span, right.span) or inside(right.span, left.span)):
                yield Pair(left.span, right.span)


def _functions(files: Mapping[str, FileClones], min_tokens: int, text: Callable[[Span], Sequence[str]]) -> Iterator[_Function]:
    """The functions that are long enough, with what they say without their heads."""
    for path, file in files.items():
        for scope in file.scopes:
            cut = slice(scope.first, scope.last)
            if scope.kind != "class" and scope.last - scope.first >= LEAST_STATEMENTS and sum(file.tokens[cut]) >= min_tokens:
                span = Span(path, scope.first, scope.last)
                yield _Function(span, frozenset(" ".join(text(span)[1:]).split(" ")))


def sequence(text: str) -> list[str]:
    """The words of statements in their order. Names of the function's own are one word, be they attributes of `self` or not;
    what only layout, or the difference between a loop and a comprehension, adds is left out.
    """
    tokens = TOKEN.findall(text.replace("self . ", "").replace("'", '"'))
    around = zip(["", *tokens], tokens, [*tokens[1:], ""], [*tokens[2:], "", ""], strict=False)
    return [
        OWN
        if KINDS[token] == NAME and not (before == "." or after == "(" or (after == "=" != then and before in OPEN))
        else token
        for before, token, after, then in around
        if token not in UNSAID
    ]


def similarity(left: Sequence[str], right: Sequence[str], least: float) -> float:
    """The share of the words of both that stand in both, in the same order; none where it is less than the least, or where next
    to all of these are the functions' own names.
    """
    both = len(left) + len(right)
    if 2 * min(len(left), len(right)) < least * both or (like := 2 * common_length(left, right) / both) < least:
        return 0.0
    others = sum((Counter(left) & Counter(right)).values()) - min(left.count(OWN), right.count(OWN))
    return like if others >= LEAST_WORDS else 0.0
