"""Finding phrases of several words in short remarks: people's words, not code, and no regular expressions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

GAP = 3
"""How many words `..` may stand for, at most."""
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]{1,15}://\S+", re.IGNORECASE)
_PATH = re.compile(r"(?<![\w.<])/[\w{}<>.-]+(?:/[\w{}<>.-]*)+")
_NO_CHECK = ("checksum", "checkout", "checkbox", "checkpoint")
"""Words that begin like a check and are none."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a remark or a name in small letters; `getUserID` and `get_user_id` are both three. No addresses and paths."""
    if "://" in text:
        text = _ADDRESS.sub(" ", text)
    if "/" in text:
        text = _PATH.sub(" ", text)
    text = (
        text.replace("OAuth", "Oauth").replace("uthZ", "uthz").replace("uthN", "uthn").replace("n't", "nt").replace("N+1", "n 1")
    )
    return _WORD.findall(_HUMP.sub(" ", text).lower())


class Phrases:
    """A set of phrases: small words with one space between, `*` for the rest of a word, `..` for up to GAP words,
    `^` before the first word where it must begin the text, `$` as the last where it must end it.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._whole: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._begun: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in phrases:
            parts = tuple(phrase.split())
            first = parts[0].removeprefix("^")
            (self._begun if first.endswith("*") else self._whole)[first.rstrip("*")].append(parts)
        self._lengths = sorted({len(start) for start in self._begun})

    def found(self, text: Sequence[str]) -> set[str]:
        """The phrases that stand somewhere in the words."""
        return {phrase for _, phrase in self.spots(text)}

    def spots(self, text: Sequence[str]) -> Iterator[tuple[int, str]]:
        """The phrases that stand in the words, each with the place of its first word, from 0."""
        for place, word in enumerate(text):
            candidates = list(self._whole.get(word, ()))
            for length in self._lengths:
                if length <= len(word):
                    candidates += self._begun.get(word[:length], ())
            for parts in candidates:
                if word.startswith(_NO_CHECK) and parts[0] == "check*":
                    continue
                if (place == 0 or not parts[0].startswith("^")) and _follows(parts, text, place):
                    yield place, " ".join(parts)


def _follows(parts: tuple[str, ...], text: Sequence[str], place: int) -> bool:
    """Whether the rest of a phrase stands behind its first word, which is at `place`."""
    at, gap = place + 1, 0
    for part in parts[1:]:
        if part == "..":
            gap = GAP
            continue
        if part == "$":
            return at == len(text)
        reach = range(at, min(at + gap + 1, len(text)))
        hit = next((index for index in reach if _same(part, text[index])), -1)
        if hit < 0:
            return False
        at, gap = hit + 1, 0
    return True


def _same(part: str, word: str) -> bool:
    return (
        word.startswith(part[:-1]) and not (part == "check*" and word.startswith(_NO_CHECK))
        if part.endswith("*")
        else word == part
    )
