"""What members of a family share, statement by statement, and the places at which they differ."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from auditor.clones.alike import BRACKETS, STRING
from auditor.clones.stretch import KEPT

TOKEN = re.compile(rf"{STRING.pattern}|\S+", re.DOTALL)
HEADS = ("if", "for", "while", "with", "return", "raise", "try", "except", "async")
GAPS = re.compile(r" ?([.,()\[\]:{}]) ?|(?<=[-=!<>+*/|&]) (?=[=*])")
LONGEST = 32
A_LINE = 5
"""So many arguments stand on one line."""
KEYWORDS = frozenset(word.decode() for word in KEPT)


class Word(NamedTuple):
    """A token, with what it is: `local` a name of the function's own, `name` any other name, `literal`, or a `mark`."""

    text: str
    kind: str


class Skeleton(NamedTuple):
    """`steps` are the shared statements in words, `differs` the places at which members differ, with the members' words;
    `saves` are the lines that one base would save, `words` the names and literals that all members have in the steps, `apart`
    the places at which they differ in more than names of their own.
    """

    steps: tuple[str, ...]
    differs: tuple[str, ...]
    saves: int
    words: int
    apart: int


def skeleton(rows: Sequence[Sequence[str]], lines: Sequence[Sequence[int]]) -> Skeleton:
    """The skeleton of statements that members share: a row for each statement, its text and its lines in every member.

    The base keeps the longest member's lines and a head. Every member still names the base, and where it differs in more than
    names of its own it has a head and a call that says in what, a line for every few of them.
    """
    places: dict[tuple[str, ...], str] = {}
    words = 0
    for row in rows[1:]:
        words += sum(_shared(row))
        for texts, kind in _places(row):
            places.setdefault(texts, kind)
    apart = sum(kind != "local" for kind in places.values())
    owns = [sum(column) for column in zip(*lines, strict=True)]
    return Skeleton(
        steps=tuple(_step(row) for row in rows),
        differs=tuple(_said(texts) for texts, _ in sorted(places.items(), key=lambda place: _RANKS[place[1]])),
        saves=sum(owns) - max(owns) - 1 - sum(min(own, 2 + apart // A_LINE if apart else 1) for own in owns),
        words=words,
        apart=apart,
    )


_RANKS = {"name": 0, "literal": 1, "local": 2}


def _places(row: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where the members' statements differ: the words they have there, and what the first one is."""
    split = [_words(text) for text in row]
    if len({len(one) for one in split}) > 1:
        yield tuple(GAPS.sub(r"\1", text) for text in row), "name"
        return
    for column in zip(*split, strict=True):
        texts = tuple(word.text for word in column)
        if len(set(texts)) > 1:
            yield texts, column[0].kind


def _shared(row: Sequence[str]) -> Iterator[bool]:
    """For each name or literal of the first member's statement, whether all members have it."""
    split = [_words(text) for text in row]
    if len({len(one) for one in split}) == 1:
        for column in zip(*split, strict=True):
            if column[0].kind != "mark":
                yield len({word.text for word in column}) == 1


@lru_cache(maxsize=20_000)
def _words(statement: str) -> tuple[Word, ...]:
    """The tokens of a statement but for round brackets, which layouts differ in."""
    tokens = TOKEN.findall(statement)
    words = []
    before = ""
    for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
        if token not in BRACKETS:
            outward = before == "." or after == "(" or (after == "=" and bool(before)) or token[:1].isupper()
            words.append(Word(token, _kind(token, outward)))
        before = token
    return tuple(words)


def _kind(token: str, outward: bool) -> str:
    if token in KEYWORDS:
        return "mark"
    if token.isidentifier():
        return "name" if outward else "local"
    return "literal" if token[-1] in "'\"" or token[0].isdigit() else "mark"


def _step(row: Sequence[str]) -> str:
    """A statement in a few words, with dots where members differ: `return render()`, `if not ….has_permission()`."""
    tokens = _masked(row)
    calls = [
        token for token, after in itertools.pairwise(tokens) if after == "(" and token.isidentifier() and token not in KEYWORDS
    ]
    if "def" in tokens[:2]:
        return f"def {tokens[tokens.index('def') + 1]}()"
    head = tokens[0] if tokens[0] in HEADS else ""
    words = " ".join(filter(None, [head, *(f"{call}()" for call in calls[:3])]))
    return words if calls else GAPS.sub(r"\1", " ".join(tokens[:12]))


def _masked(row: Sequence[str]) -> list[str]:
    """The tokens of the first member's statement, dots for those that others have another word for."""
    tokens: list[str] = TOKEN.findall(row[0])
    others = [_words(text) for text in row[1:]]
    own = _words(row[0])
    if any(len(other) != len(own) for other in others):
        return tokens
    differ = iter([word.kind != "mark" and any(other[at].text != word.text for other in others) for at, word in enumerate(own)])
    return [token if token in BRACKETS or not next(differ) else "…" for token in tokens]


def _said(texts: Sequence[str]) -> str:
    """Words that stand in one place, each once, three at most: `Order / Invoice / Parcel`."""
    different = list(dict.fromkeys(texts))
    some = [text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…" for text in different[:3]]
    return " / ".join(some + (["…"] if len(different) > 3 else []))
