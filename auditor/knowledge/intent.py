"""What a remark asks for: a guard, or a chore about the code itself such as a rename, whatever the words near it are."""

import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from auditor.knowledge.phrases import Phrases, words

REACH = 7
"""How many words may stand between what is asked and what it is asked for."""
SHORT = 3
"""A remark of so few words that names a guard asks for it: `TODO: permissions`."""
SHORT_FOR = 6
"""The same, where it begins with the guard: `TODO: audit log for what is created`."""
_SENTENCE = re.compile(r"(?<=\w\w)[.!?;:](?:\s+|$)|\s[-–—]\s")
_CONDITION = re.compile(
    r"(?:^|(?<=[\s,(]))(?:after|once|when|until|as soon as|as long as|because|since|unless|in case)\s"
    r"(?![^,;]*\bproper\b)[^,;]*(?:,|;|$)"
    r"|\b(?:for|from|in|on|with)\s+[A-Z][a-z]+\s+v?\d+(?:\.\d+)*\b\+?",
    re.IGNORECASE,
)
"""Says when or why, and not what: a remark that waits until roles are implemented does not ask for roles, and one for a
framework's next version may ask for anything.
"""
_CODE = re.compile(
    r"`[^`]*`|(?<!\w)(['\"])[^'\"\s]{1,30}\1(?!\w)|\b\w*[a-z0-9]_\w+|\b[a-z]\w*\.[a-z_]\w*|\b\w+\(|\b(?!auth[NZ])[a-z]+[A-Z]\w*|\b\w+(?:Error|Exception)\b"
)
"""A name from the code: a remark that says `client_secret` may be about how it is spelt."""
_ADDRESSEE = re.compile(r"^\s*@(?!\w*_)\w+[,:]?\s+(?=\w)")
_DECORATOR = re.compile(r"(?<![\w.])@([a-z]+(?:_[a-z]+)+)\b")
"""A guard that is asked for by its name: `TODO: @login_required?`"""
_BRACKETED = re.compile(r"\([^()]*\)")
_FILLERS = frozenset(
    "we you i it this that these those should could would can may might must will shall need needs needed have has to be is are"
    " please maybe perhaps probably possibly ideally eventually also then just simply let lets s want consider and or note fixme"
    " todo hack xxx the a an there all likely look at try".split()
)


class Aim(msgspec.Struct, frozen=True):
    """What a remark is after."""

    asks: bool
    """Whether it asks for a guard, or says that one is missing or off."""
    chore: bool
    """Whether it asks to change the code and not what the code does: security words in it are only names."""


class Asking(msgspec.Struct):
    """The lists of phrases that `Intent` is made from."""

    grave: list[str]
    asked: list[str]
    lacking: list[str]
    aside: list[str]
    chore: list[str]
    guards: list[str]
    short: list[str]
    nonetheless: list[str]


class Intent:
    """The words that tell what a remark is after.

    `topics` say what it is about, and the `telling` of them what is missing, too; `asked` ask for a guard beside one of
    the others, `lacking` do so in a place whose job is security unless `aside` say that the check is one of the code,
    `grave` say that a guard is off, `chore` begin a remark about the code itself, unless `nonetheless` stand in it; a
    sentence that has `elsewhere` in it asks for something else.
    """

    def __init__(self, topics: Phrases, telling: Collection[str], words_of: Asking, elsewhere: Phrases) -> None:
        self._topics, self._telling, self._elsewhere = topics, frozenset(telling), elsewhere
        self._asked, self._lacking = Phrases(words_of.asked), Phrases(words_of.lacking)
        self._aside = Phrases(words_of.aside)
        self._grave, self._chore = Phrases(words_of.grave), Phrases(words_of.chore)
        self._guards, self._short = Phrases(words_of.guards), Phrases(words_of.short)
        self._nonetheless = Phrases([*words_of.grave, *words_of.nonetheless])

    def aim(self, text: str, about: Collection[str], hints: Collection[str], in_place: bool = False) -> Aim:
        """What a remark is after that is about the phrases `about` and `hints`, or about the place that it stands in. What stands
        `in_place` asks for a guard where the code's own names alone say what it is about: `TODO: check request.forceAuthn`.
        """
        sentences = list(_sentences(text))
        if about:
            shorter = _sentences(_BRACKETED.sub(" ", text)) if "(" in text else ()
            asks = any(self._asks(said, {*about, *hints}, hints) for said in (*sentences, *shorter))
            asks |= len(sentences) == 1 and self._names_a_guard(sentences[0], about)
            if in_place and not any(self._topics.found(said) for said in sentences):
                asks |= any(self._lacks(said) for said in sentences[:1])
        else:
            asks = any(self._lacks(said) for said in sentences[:1])
        first = next((said for said in _sentences(text, code=True) if len(said) > 1), [])
        return Aim(asks, self._is_chore(first) and not any(self._grave.found(said) for said in sentences[1:]))

    def _asks(self, said: list[str], about: Collection[str], hints: Collection[str]) -> bool:
        spots = [(place, phrase) for place, phrase in self._topics.spots(said) if phrase in about]
        if any(".." in phrase and phrase not in hints for _, phrase in spots):
            return True
        if not spots or self._elsewhere.found(said):
            return False
        if self._grave.found(said) or any(phrase in self._telling for _, phrase in spots):
            return True
        asked = [place for place, _ in self._asked.spots(said)]
        near = ((place, there, phrase) for place, phrase in spots for there in asked if abs(place - there) <= REACH)
        return any(place != there or phrase not in hints for place, there, phrase in near)

    def _lacks(self, said: list[str]) -> bool:
        return bool(self._lacking.found(said) or self._grave.found(said)) and not self._aside.found(said)

    def _names_a_guard(self, said: list[str], about: Collection[str]) -> bool:
        head = _head(said)
        short = len(head) <= SHORT and self._says_little_else(head)
        short |= len(head) <= SHORT_FOR and bool(self._guards.found(head))
        return short and not self._topics.found(said).isdisjoint(about) and not self._elsewhere.found(said)

    def _says_little_else(self, head: list[str]) -> bool:
        """Whether a few words are all of a guard: in `better password detection` two of the three are not."""
        covered = {place for place, _ in self._short.spots(head)}
        for place, phrase in self._topics.spots(head):
            covered |= set(range(place, place + len(phrase.split())))
        return len(covered & set(range(len(head)))) == len(head)

    def _is_chore(self, said: list[str]) -> bool:
        return bool(self._chore.found(_head(said))) and not self._nonetheless.found(said)


def _head(said: Sequence[str]) -> list[str]:
    """A sentence from its first word that carries meaning."""
    first = next((place for place, word in enumerate(said) if word not in _FILLERS), len(said))
    return list(said[first:])


def _sentences(text: str, code: bool = False) -> Iterator[list[str]]:
    """The words of each sentence without its conditions and the code's own names, of those that say anything at all."""
    text = _DECORATOR.sub(lambda found: found[1].replace("_", " "), _ADDRESSEE.sub("", text))
    for sentence in _SENTENCE.split(text if code else _CODE.sub(" it ", text)):
        whole = words(sentence)
        said = words(_CONDITION.sub(" ", sentence))
        if whole:
            yield said if len(said) > 1 else whole
