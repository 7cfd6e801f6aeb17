"""Whether a remark is about security, by its own words and by the names around it: weights, not code analysis."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from auditor.knowledge.intent import Asking, Intent
from auditor.knowledge.phrases import Phrases, words

CERTAIN, PLAIN, HINT = 5, 3, 1
IN_PLACE, NEAR_PLACE, ELSEWHERE = 2, 1, -2
ENOUGH = 3
"""What the weights must add up to."""
NEAR_WORDS = 45


class Weighed(msgspec.Struct, frozen=True):
    """A remark about security. `words` are those that said so, the weightiest first; `place` is the name that did."""

    topic: str
    severity: str
    why: str
    score: int
    words: tuple[str, ...]
    place: str
    grave: bool
    """Whether the words say that a guard is off now."""
    elsewhere: bool
    """Whether it speaks of something else as well."""
    sure: bool
    """Whether the words alone are beyond doubt."""
    asked: bool
    """Whether it asks for a guard, or says that one is missing: a remark may name a token and be about its colour."""


def weigh(text: str, names: Sequence[str], owner: str = "") -> Weighed | None:
    """What a remark is about, or None where it is not about security.

    `names` are those around it, innermost first: functions, classes, the file's and its folders'. `owner` is what stands
    in brackets before it, a name or at times a topic.
    """
    book = _book()
    said = words(f"{owner} {text}")
    around = [words(name) for name in names]
    hits = book.hits(said, [word for name in around for word in name])
    there = book.place(around)
    best = book.heaviest(hits, there)
    weights = {phrase: value for (topic, phrase), value in hits.items() if value > HINT or topic == best.name}
    heaviest = max(weights.values(), default=0)
    elsewhere = book.is_elsewhere(said, around[: max(there.index, 0)])
    in_place = there.index >= 0 and not there.near
    total = sum(weights.values()) + (IN_PLACE if in_place else 0) + (ELSEWHERE if elsewhere else 0)
    total += NEAR_PLACE if there.near and heaviest > HINT else 0
    if not (in_place and not elsewhere) and (total < ENOUGH or not weights):
        return None
    hints = {phrase for phrase, value in weights.items() if value == HINT}
    aim = book.intent.aim(text, weights.keys() - hints, hints, in_place)
    if aim.chore and total <= IN_PLACE:
        return None
    return Weighed(
        topic=best.name,
        severity=best.severity,
        why=best.why,
        score=total,
        words=tuple(sorted(weights, key=lambda phrase: (-weights[phrase], phrase))),
        place=names[there.index] if in_place else "",
        grave=bool(book.grave.found(said)),
        elsewhere=elsewhere,
        sure=heaviest == CERTAIN or sum(weights.values()) >= 2 * PLAIN,
        asked=(aim.asks or book.says_whose(owner)) and not aim.chore,
    )


class _Place(msgspec.Struct):
    """The name whose job is security: its index among the names, -1 for none, and whether it only nearly is."""

    index: int
    near: bool
    topic: str


class _Topic(msgspec.Struct):
    name: str
    severity: str
    why: str
    certain: list[str]
    plain: list[str]
    hint: list[str]
    place: list[str]
    near_place: list[str]


class _Unless(msgspec.Struct):
    phrases: list[str]
    beside: list[str]


class _List(msgspec.Struct):
    phrases: list[str]


class _File(msgspec.Struct):
    topic: list[_Topic]
    unless: list[_Unless]
    elsewhere: _List
    bystander: _List
    intent: Asking
    named: _List
    owned: _List


class _Book:
    """The file of words, indexed. Built once a process, when the first mark asks."""

    def __init__(self, file: _File) -> None:
        self.topics = {topic.name: topic for topic in file.topic}
        self.elsewhere = Phrases(file.elsewhere.phrases)
        self.grave = Phrases(file.intent.grave)
        self._owned = frozenset(file.owned.phrases)
        self._bystanders = [words(phrase) for phrase in file.bystander.phrases]
        self._unless = [(set(one.phrases), Phrases(one.beside)) for one in file.unless]
        self._owners: dict[str, list[tuple[str, int]]] = {}
        for topic in file.topic:
            for phrases, weight in ((topic.certain, CERTAIN), (topic.plain, PLAIN), (topic.hint, HINT)):
                for phrase in phrases:
                    self._owners.setdefault(phrase, []).append((topic.name, weight))
        self._words = Phrases(self._owners)
        named = set(file.named.phrases)
        telling = [phrase for topic in file.topic for phrase in topic.certain if phrase not in named]
        self.intent = Intent(self._words, telling, file.intent, self.elsewhere)
        self._places = {topic.name: (Phrases(topic.place), Phrases(topic.near_place)) for topic in file.topic}

    def hits(self, said: list[str], around: list[str]) -> dict[tuple[str, str], int]:
        """Weights by topic and phrase, without those that other words explain away.

        Far from the mark only what is certain counts: a long remark mentions this and that.
        """
        found = self._words.found(said)
        near = self._words.found(said[:NEAR_WORDS]) if len(said) > NEAR_WORDS else found
        context = said + around
        for phrases, beside in self._unless:
            if not found.isdisjoint(phrases) and beside.found(context):
                found -= phrases
        return {
            (topic, phrase): weight
            for phrase in sorted(found)
            for topic, weight in self._owners[phrase]
            if weight == CERTAIN or phrase in near
        }

    def place(self, around: list[list[str]]) -> _Place:
        """The innermost name whose job is security, or else the innermost that nearly is."""
        for near in (False, True):
            for index, name in enumerate(around):
                for topic, kinds in self._places.items():
                    if kinds[near].found(name):
                        return _Place(index, near or self._stands_by(name), topic)
        return _Place(-1, False, "")

    def heaviest(self, hits: dict[tuple[str, str], int], there: _Place) -> _Topic:
        """The topic that words and place together speak of most; of equals the first."""
        by_topic: Counter[str] = Counter()
        for (topic, _), value in hits.items():
            by_topic[topic] += value
        if there.index >= 0:
            by_topic[there.topic] += NEAR_PLACE if there.near else IN_PLACE
        return max(self.topics.values(), key=lambda topic: by_topic[topic.name])

    def says_whose(self, owner: str) -> bool:
        """Whether the brackets behind a mark say whose work it is: `TODO(security)`."""
        return not set(words(owner)).isdisjoint(self._owned)

    def is_elsewhere(self, said: list[str], inside: list[list[str]]) -> bool:
        """Whether a remark, or a name further inside than the place, speaks of something that is not security."""
        return any(self.elsewhere.found(some) for some in (said, *inside))

    def _stands_by(self, name: list[str]) -> bool:
        return any(len(name) > len(last) and name[-len(last) :] == last for last in self._bystanders)


@cache
def _book() -> _Book:
    import tomllib

    text = (Path(__file__).parent / "security_topics.toml").read_text("utf-8")
    return _Book(msgspec.convert(tomllib.loads(text), _File))
