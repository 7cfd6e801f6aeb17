"""Which words of a promise only stand beside what it is about: `rate limiter dashboards`, `insurance coverage`.

The head of a noun phrase says what it is about, the words before it only which. What is known of such nouns is data, in
`measures.toml`.
"""

import re

import msgspec

_TOKEN = re.compile(r"[^\W_]+(?:_[^\W_]+)*|[^\w\s`'\"*_-]")
_FUNCTION = frozenset(
    "a an the our your their its this that these those all every each any no not none some both is are be been being was were "
    "has have had do does did will shall must may can should would which who whose than then when where while if as so and or "
    "but nor per by from with without within via under over above below at least most more less fewer only still now today up "
    "down off out again never ever always until before after during since into onto through it they we us them".split()
)
_PARTICIPLES = frozenset(
    "held written given shown run set made built done known kept met sent taken put drawn gone left paid led found bought sold "
    "begun taught".split()
)
_IN = frozenset(("for", "in", "on", "across", "between", "among"))
_OBEYS = re.compile(
    r"(?:follow|break|violat|meet|obey|comply|complie|conform|adher|respect|match)(?:s|es|e|ed|ing)?|against|outside|within|under"
)
_DETERMINERS = frozenset("a an the our your their its this that these those all every each any".split())
_NOT_OBEYED = r"(?<![NMCTB])(?<!O)(?<!OD)(?<!OF)(?<!OFD)"
_ONLY_MODIFIES = re.compile(_NOT_OBEYED + r"[NMCTB]{1,5}(?=R?H(?![NMCTBR:]))")
"""`vulnerability disclosure policy`; not before a colon, where it names what follows, nor where code is to obey it."""
_MODIFIES_REPORT = re.compile(_NOT_OBEYED + r"[NMCTB]{1,5}(?=R(?![NMCTBRH:]))")
_OF_A_THING = (
    r"(?<=T)M(?!C)",  # `insurance coverage`
    r"M(?=[NV]?T(?!(?:F?[NTB]){0,3}F?[CM]))",  # `broad rollout`
    r"M(?=N?[PQ]D{0,2}[NB]{0,2}T(?!(?:F?[NTB]){0,3}F?[CM]))",  # `availability of the small meeting rooms`
)
_OF_ANOTHER_WORLD = tuple(map(re.compile, _OF_A_THING))
_OF_A_RECORD = tuple(re.compile(pattern.replace("T", "B", 1)) for pattern in _OF_A_THING)
_OF_WHAT_IS_UNKNOWN = re.compile(r"(?<![MC])M(?=PD{0,2}[NVBO]{1,4}(?![NVBOCMTHR]))")  # `hit rate of the campaign`
_BEHIND_UNKNOWN = re.compile(r"(?<=[NTB])M")  # `talent pool`
"""What nouns say of a measure's word. M: a measure's word, T: a thing of another world, B: a record, C: a part of a program,
H: a head that is on paper, R: one that may state figures, O: a word for what obeys it, P: `of`, Q: `in`, D: `the`,
V: a participle, F: another word without a meaning of its own, N: any other word.
"""


class Elsewhere(msgspec.Struct, frozen=True):
    """Nouns beside which a measure's word is none.

    `papers` are heads that the word only modifies, `reports` such heads unless a figure is stated, `things` are of another
    world than programs, `records` so for the words of `recorded` alone. The words of `common` are of no measure where they
    are of what is neither of `code`, the parts of a program, nor a name; those of `alone` where an unknown noun stands before
    them. `never` are regular expressions of what is no measure's word at all.
    """

    papers: frozenset[str]
    reports: frozenset[str]
    things: tuple[str, ...]
    records: tuple[str, ...]
    recorded: frozenset[str]
    common: frozenset[str]
    alone: frozenset[str]
    code: frozenset[str]
    never: tuple[str, ...]


class Nouns:
    """Finds the words that stand beside another noun. `measured`: the words that measures are bound to."""

    def __init__(self, elsewhere: Elsewhere, measured: frozenset[str]) -> None:
        self._elsewhere = elsewhere
        self._measured = measured
        self._strikes: tuple[tuple[re.Pattern[str], frozenset[str] | None], ...] = (
            *((pattern, None) for pattern in (_ONLY_MODIFIES, *_OF_ANOTHER_WORLD)),
            *((pattern, elsewhere.recorded) for pattern in _OF_A_RECORD),
            (_OF_WHAT_IS_UNKNOWN, elsewhere.common | elsewhere.alone),
            (_BEHIND_UNKNOWN, elsewhere.alone),
        )
        self._never = re.compile("|".join(elsewhere.never))
        self._things = _any_of(elsewhere.things)
        self._records = _any_of(elsewhere.records)

    def without_never(self, text: str) -> str:
        """The lower-cased text without what only looks like a measure's word: `to-do lists`."""
        return self._never.sub(" ", text)

    def without_beside(self, text: str, names: frozenset[str] = frozenset()) -> str:
        """The lower-cased text, its phrases replaced by ideas, without the words that only stand beside another noun.

        `names` are the words that are names, of whatever.
        """
        tokens = tuple(_TOKEN.finditer(text))
        tags = self._tags(text, tokens, names)
        strikes = self._strikes if re.search(r"\d", text) else (*self._strikes, (_MODIFIES_REPORT, None))
        beside = {
            place
            for pattern, only in strikes
            for found in pattern.finditer(tags)
            for place in range(*found.span())
            if only is None or tokens[place].group() in only
        }
        kept = list(text)
        for place in beside:
            start, end = tokens[place].span()
            kept[start:end] = " " * (end - start)
        return "".join(kept)

    def _tags(self, text: str, tokens: tuple[re.Match[str], ...], names: frozenset[str]) -> str:
        """A letter a token, as the patterns above name them."""
        things = {place for found in self._things.finditer(text) for place in range(*found.span())}
        records = {place for found in self._records.finditer(text) for place in range(*found.span())}
        told = ((token.start(), _named(self._tag(token.group()), token.group() in names)) for token in tokens)
        return "".join("T" if at in things else "B" if at in records and tag not in "HR" else tag for at, tag in told)

    def _tag(self, word: str) -> str:
        if not word[0].isalpha():
            return ":" if word == ":" else "."
        if word == "of" or word in _IN:
            return "P" if word == "of" else "Q"
        if word not in self._measured and _OBEYS.fullmatch(word):
            return "O"
        if word in _FUNCTION:
            return "D" if word in _DETERMINERS else "F"
        forms = {word, word.removesuffix("s"), word.removesuffix("es"), f"{word.removesuffix('ies')}y"}
        if forms & self._elsewhere.papers:
            return "H"
        if forms & self._elsewhere.reports:
            return "R"
        if word in self._measured:
            return "M"
        if word.endswith("ed") or word in _PARTICIPLES:
            return "V"
        return "C" if forms & self._elsewhere.code else "N"


def _named(tag: str, is_name: bool) -> str:
    return "C" if is_name and tag == "N" else tag


def _any_of(nouns: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(nouns, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?:e?s)?(?!\w)")
