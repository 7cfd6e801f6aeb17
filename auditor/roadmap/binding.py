"""Binds a promise's words to the measure that can judge it. What is known of measures is data, in `measures.toml`."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

import msgspec

from auditor.model.roadmap import MANUAL
from auditor.roadmap.heads import Elsewhere, Nouns

_WORD = re.compile(r"[a-z0-9_]+")
_OCCASION = re.compile(
    r"\b(?:at the time of|during|after|since|following) (?:the|our|this|that|last) (?:\w+ )?(?:audit|review|incident|outage)\b",
    re.I,
)
"""When something was so or was said, and not what is measured: `coverage was 44 % at the time of the audit`."""
_UNDER_LOAD = re.compile(r"\b(?:at|on|under|with|during) (?:[\w-]+ ){0,2}load\b", re.I)
"""`p99 < 2 s under peak load` speaks of answers, and of no load."""
_PRIORITY = re.compile(r"[(\[]\s*(?:p|prio(?:rity)?)[ -]?\d\s*[\])]", re.I)
"""`[P1]` says how urgent it is, and speaks of no incident."""
_SHARE_OF_REQUESTS = re.compile(
    r"\b(\d\d(?:\.\d+)?) ?(?:%|per ?cent|(?:(?:out )?of|in) (?:every |an? )?(?:100|hundred))(?: of)? "
    r"(?:(?:all|the|our|its|these) )?(?:[\w-]+ )?(?:requests|responses|calls|pages(?=.*\b(?:within|in|under|below)\b))"
)
"""`95 % of the login requests` is a percentile, whichever requests they are."""
_NAME = re.compile(r"(?<=[a-z,)&] )[A-Z][\w-]+")
"""A capital within a sentence: `availability of the Kestrel`."""
_SNAKE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")


class Bindable(msgspec.Struct, frozen=True, rename={"brought_by": "from"}):
    """A measure to bind to. `kind` is `share`, `leftover` or `level`; `better` is `lower` or `higher`; `brought_by`: which
    evidence brings it, empty where the audit itself measures it.
    """

    name: str
    kind: str
    unit: str
    better: str
    says: tuple[str, ...]
    unless: tuple[str, ...] = ()
    brought_by: str = ""


class Evidence(msgspec.Struct, frozen=True):
    """What a person must bring for a promise with one of these words; no words: for every other promise."""

    says: tuple[str, ...]
    needs: str


class Looked(msgspec.Struct, frozen=True):
    """Which measures answer a review's question with one of these phrases; a name with `*` stands for all that begin so."""

    says: tuple[str, ...]
    measures: tuple[str, ...]


class Vocabulary(msgspec.Struct, frozen=True):
    """All that `measures.toml` holds."""

    words: dict[str, tuple[str, ...]]
    measure: tuple[Bindable, ...]
    evidence: tuple[Evidence, ...]
    elsewhere: Elsewhere
    review: tuple[Looked, ...] = ()


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The table that ships with the package."""
    text = files("auditor.roadmap").joinpath("measures.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Vocabulary)


@lru_cache(maxsize=1)
def _ideas() -> tuple[re.Pattern[str], dict[str, str]]:
    """One alternation of every known phrase, longest first, and the idea each stands for."""
    known = {phrase: idea for idea, phrases in vocabulary().words.items() for phrase in (idea, *phrases)}
    ordered = sorted(known, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, ordered)) + r")(?![\w])"), known


def _stem(word: str) -> str:
    if word in vocabulary().words or len(word) < 4:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=4096)
def ideas(text: str) -> frozenset[str]:
    """The text's words, every known phrase replaced by its idea, plurals folded."""
    return _words(_in_ideas(_folded(text)))


def _folded(text: str) -> str:
    return text.lower().replace("’", "'").replace("‑", "-")


def _words(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(text))


def _in_ideas(folded: str) -> str:
    """The lower-cased text, every known phrase replaced by its idea."""
    pattern, known = _ideas()
    folded = _SNAKE.sub(lambda found: found.group() if found.group() in known else found.group().replace("_", " "), folded)
    folded = _SHARE_OF_REQUESTS.sub(r"\1% of requests", folded)
    return pattern.sub(lambda found: f" {known[found.group()]} ", folded)


@lru_cache(maxsize=1)
def _nouns() -> Nouns:
    ideas_told = (word for idea in vocabulary().words for word in idea.split())
    return Nouns(vocabulary().elsewhere, frozenset(ideas_told))


@lru_cache(maxsize=4096)
def _measured_words(text: str) -> frozenset[str]:
    """The ideas of what the text is about, without those of words that only stand beside another noun."""
    told = _nouns().without_never(_folded(_UNDER_LOAD.sub(" ", _PRIORITY.sub(" ", _OCCASION.sub(" ", text)))))
    return _words(_nouns().without_beside(_in_ideas(told), frozenset(map(str.lower, _NAME.findall(text)))))


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[Bindable, tuple[frozenset[str], ...], frozenset[str]], ...]:
    def fold(words: str) -> frozenset[str]:
        return frozenset(map(_stem, words.split()))

    return tuple(
        (measure, tuple(map(fold, measure.says)), frozenset(map(_stem, measure.unless))) for measure in vocabulary().measure
    )


def candidates(text: str) -> tuple[Bindable, ...]:
    """The measures whose words the text has, best first: the one that shares the longest phrase."""
    words = _measured_words(text)
    scored = [
        (max((len(phrase) for phrase in phrases if phrase <= words), default=0), measure)
        for measure, phrases, unless in _phrases()
        if not unless & words
    ]
    return tuple(measure for score, measure in sorted(scored, key=lambda pair: -pair[0]) if score)


def find(name: str) -> Bindable | None:
    """The bindable measure of that name."""
    return next((measure for measure in vocabulary().measure if measure.name == name), None)


def evidence_for(text: str) -> str:
    """What would satisfy a promise that is bound to `manual`."""
    words = ideas(text)
    for entry in vocabulary().evidence:
        if not entry.says or words & set(map(_stem, entry.says)):
            return entry.needs
    raise ValueError(f"measures.toml names no evidence for promises bound to {MANUAL}")


def answers_to(text: str) -> tuple[str, ...]:
    """The measures that answer a review's question: those of every entry whose phrase the text has, each once."""
    words = ideas(text)
    found = [entry for entry in vocabulary().review if any(set(map(_stem, phrase.split())) <= words for phrase in entry.says)]
    return tuple(dict.fromkeys(name for entry in found for name in entry.measures))
