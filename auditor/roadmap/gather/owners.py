"""Whom a text names as the owner of something: `Owner: Ann`, `(lead: Bo Chen)`, `@ann`, `— Ann`, `Ann takes …`."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from auditor.roadmap.calendar.dates import strip_dates
from auditor.roadmap.calendar.labels import labels_in
from auditor.roadmap.gather.names import (
    EVERYBODY,
    NAME,
    PARTY,
    PERSON,
    TEAM,
    clean_name,
    is_given,
    is_name,
    is_nobody,
    is_person,
    is_team,
    names_of,
)
from auditor.roadmap.page.column_kinds import kind_of
from auditor.roadmap.page.headings import is_side_label
from auditor.roadmap.page.outline import Placed, leads_of

_AT = re.compile(r"(?<![\w@/])@([\w-]{2,30})\b(?![@/])")
_ROLE = re.compile(
    r"(?:[(\[]|(?:[,;|·•.–—-]) ?)(?P<role>[^\W\d][\w ]{1,20}?)(?::| [–—-])? "
    r"(?P<name>[^\W\d][^,;:|·•()\[\]]{1,30}?)\.?(?=[)\]]|\s[|·•]|\Z|[,;] ?(?:\d|(?:due|by|until|eta|ends)\b))"
)
"""`(Owner: Tomas)`, `(lead: Bo Chen, 2–27 March)`, `(owner: Tomas, due 3 May)`, `— DRI: Ann`."""
_PARTS = re.compile(r"\s(?:[–—|→·•-]|->|=>)\s|(?<=\S)\s?[(\[]|[)\]]")
"""What sets a name apart from the promise that ends with it."""
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]\W*\Z")
_TIMES = re.compile(
    r"\b(?:to be|due|done|finished|ready|delivered|completed?|closed|planned|by|until|till|before|eta|deadline|target|for|on|in|"
    r"ends?|end of|week|bis|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri))\b",
    re.I,
)
_TICKET = re.compile(r"[\w/-]*#\d+|[A-Z][A-Z\d]+-\d+")
_HELPED = re.compile(
    r"(?:together |jointly |along )?(?:with|plus|backed|helped|supported|supporting|assisted|backup|deputy|support)\b", re.I
)
_FOR = re.compile(
    rf"(?i:(?:(?:that|this|it)(?:['’]s| is)? |goes to |for |by )*)(?P<name>{NAME}(?:(?:,? and | & | ?/ ?){NAME}){{0,2}})"
    r"(?: (?:takes|does|owns|leads|drives|has|is on)(?: (?:it|this|that))?)?"
)
"""`that's for Kim`, `Ravi leads`."""
_RUN_BY = re.compile(
    rf"\W*(?i:owned|driven|led|run|headed|managed|coordinated|looked after) by (?i:the )?(?P<name>{NAME})\b[^.;:\d]*\.?\W*|"
    rf"\W*(?P<who>{NAME})(?: [(][^()]*[)])? is (?i:the )?(?i:owner|responsible|accountable|in charge|lead)\b[^.;:\d]*\.?\W*|"
    rf"\W*(?i:the )?(?i:owner|responsible|accountable|in charge)(?: [^.;:\d]{{2,30}})? is (?P<named>{NAME})\b[^.;:\d]*\.?\W*"
)
"""`Driven by the Atlas team.`, of all that stands beside it."""
_LED = re.compile(
    rf"(?:\[(?P<bracketed>{NAME})\]|@?(?P<name>(?:{NAME}|{EVERYBODY}(?=:))(?:(?:, | and | & | \+ ){NAME}){{0,2}})"
    r"(?: ?:|\s[–—-]|\s(?:->|→)))\s+(?P<rest>\S.*)"
)
"""`Lin: get …`, `[Lin] get …`, the day before it left out."""
_BEFORE_NAME = re.compile(
    r"[^\w\[@]*(?:(?:by|until|on|before)\b[^\w\[@]*)?"
    r"(?:(?-i:ACTION|Action|AP|AI|TODO|To ?do)(?: item| point)?\b[^\w\[@]*)?(?=[\[\w@])",
    re.I,
)
_TAKES = re.compile(
    rf"(?P<name>{NAME}) (?:also )?(?:takes|owns|leads|drives|carries|will (?:take|own|lead|drive|answer for|look after)|"
    r"is (?:responsible|accountable|answerable) for|is in charge of|answers for|looks after|sees to|cares for)\b"
)
"""`Dana takes the packages: …`"""
_TAKES_ALL = re.compile(
    rf"\W*{_TAKES.pattern}[^.;:\d]{{0,30}}?\b(?:everything|all (?:of )?(?:it|this|that|these|them)|"
    r"(?:the|this) (?:[a-z-]+ )?(?:sprint|quarter|half|year|phase|release|milestone|iteration|wave|stage|objective|programme|"
    r"program|project|section|effort|epic|work|plan))\b[^:\d]*\Z"
)
"""`Ann leads the third quarter and answers for everything in it.`"""
_TAKES_THESE = re.compile(
    rf"(?:\A|[.;] ){_TAKES.pattern} (?:it|this|these|those|them|both|everything|all)\b"
    r"(?: (?:of (?:it|this|these|them)|\w+))?\W*(?:\Z|[.;])"
)
"""`Ann looks after both.`, of the sentences before it."""
_TAKES_IT = re.compile(rf"[(]{_TAKES.pattern} (?:it|this|that|these|them|all)\b[^()]{{0,20}}[)]")
"""`… the following (Ann answers for it):`"""
_SIGNS = re.compile(
    rf"\W*(?i:the )?(?P<name>{NAME}) (?:signs? up|commits?|subscribes?|agrees?) (?:itself |themselves )?to "
    r"(?:these|the following|all)\b"
)
"""`The booking squad signs up to these objectives.`"""
_NEXT_SENTENCE = re.compile(r"(?<=[a-z]{2}[.!]) (?=[A-Z])")
_DEEDS = (
    r"(?:bring|brought|get|got|cut|reduced?|raised?|removed?|lower(?:ed)?|halved?|eliminated?|fix(?:ed)?|resolved?|closed?|"
    r"shorten(?:ed)?|write|written|hold|held|agreed?|moved?|add(?:ed)?|pin(?:ned)?|replaced?|migrated?|rewrit(?:e|ten)|deleted?|"
    r"merged?|lift(?:ed)?|shrink|shrunk|finish(?:ed)?|clear(?:ed)? up|publish(?:ed)?|deliver(?:ed)?|seen? to|ma[dk]e sure)"
)
_ACTS = re.compile(
    rf"\A(?:[^,.;:]{{3,60}}, )?(?P<name>{PERSON}(?:(?:, | and | & ){PERSON}){{0,2}}) "
    rf"will (?:also )?(?:have )?{_DEEDS}\b(?! by\b)|"
    rf"\A(?:By \d{{1,2}} \w+(?: \d{{4}})?,? )?(?P<present>{PERSON}) (?:also )?(?:{_DEEDS}e?s|clears up|sees to|makes sure) "
    r"(?=(?:the|an?|all|every|each|our|no|any|it|that|both)\b)"
)
"""`Ann will bring the open issues down to 50`, `Bo cuts …`: what only somebody does, where tests and rates but rise and fall."""
_ACTION = re.compile(r"\W*(?:action|AP|AI|to-?do|task|agreed|commitment)(?: (?:item|point))?(?: \d+)?\s*:\s*", re.I)
"""`Action: Bo cuts …`"""
_IS_TO = re.compile(
    rf"(?:\A(?:[^,.;:]{{3,60}}, )?|\A[^,.;:]{{3,60}} (?=the ))(?:(?i:the )?(?P<team>{TEAM}) (?:also )?"
    r"(?:will|shall|must|has to|have to|is to|(?!is|was|has)[a-z]+s)|"
    rf"(?i:the )?(?P<party>{PARTY}) (?:also )?(?:will|shall|must|undertakes|commits|agrees|warrants|guarantees|ensures))\b"
)
"""`Team Harbour brings …`, `The Supplier shall …`."""
_OF_THESE = re.compile(
    rf"\A(?P<name>{NAME}) (?:also )?(?:(?:will|shall) [a-z]+|[a-z]+s)\b[^.;]*\b(?:following|these|below)\b[^.;]*:\Z"
)
"""`Femi checks on 3 May that the following holds:`, above a list."""
_BY_WHOM = re.compile(rf", by (?P<name>{PERSON})(?:\Z|[.;])")
"""`down to none by 27 February, by Ann`."""
_DOES = re.compile(rf"(?P<name>{PERSON}) (?!(?:and|or|und|was|had|said|asked|proposed|has|is|left|wrote)\b)[a-z]+s?\b")


class Named(msgspec.Struct, frozen=True):
    """A name where names stand, `sure` where the text itself leaves no doubt that it is one."""

    name: str
    sure: bool = False
    apart: bool = True
    """Whether brackets or a dash set it apart, and no mere comma."""
    says: str = ""
    """What stands behind a name that begins the text."""


def owner_stated(placed: Placed) -> str:
    """Whoever a line, or a row of two cells, `Owner: Ann` names."""
    if placed.block.kind != "table":
        pieces = _NEXT_SENTENCE.split(placed.block.text) if placed.block.kind == "line" else [placed.block.text]
        all_of_it = (_TAKES_ALL.match(piece) or _SIGNS.match(piece) for piece in pieces)
        told = (_TAKES_IT.search(placed.block.text), _TAKES_THESE.fullmatch(placed.block.text))
        for takes in (*all_of_it, *told):
            if takes and not is_nobody(takes["name"]):
                return takes["name"]
        if run := _RUN_BY.fullmatch(placed.block.text):
            return run["name"] or run["who"] or run["named"]
        lead, *rest = re.split(r"\s[–—-]\s", placed.block.text.strip(" *()"))
        if len(rest) == 1 and kind_of(lead)[0] == "owner" and is_name(rest[0]):
            return rest[0]
    if placed.block.kind == "item" and not (is_side_label(placed.block.lead) or kind_of(placed.block.lead)[0]):
        return ""  # `Coverage 80 %. Owner: Ann` is said of this item alone
    led = (rest for lead, rest in leads_of(placed) if kind_of(lead)[0] == "owner")
    return next((name for rest in led if (name := clean_name(rest))), "")


def owner_told(pairs: Mapping[str, str]) -> str:
    """Whoever the page's front matter names: `owner: Ann`."""
    led = (value.strip("[] ") for key, value in pairs.items() if kind_of(key)[0] == "owner")
    return next((name for value in led if (name := clean_name(value))), "")


def own_owner(placed: Placed, known: frozenset[str]) -> str | None:
    """Whoever the block itself names, of whom some are `known`; empty where what it names is nobody, None where it names none."""
    text = placed.block.text
    if beside := owner_in(text):
        return beside
    if takes := _TAKES.match(text) or _TAKES_THESE.search(text):
        return "" if is_nobody(takes["name"]) else takes["name"]
    marked = _ACTION.match(text)
    does = _DOES.match(text, marked.end() if marked else 0)
    if does and (does["name"] in known or (is_given(does["name"]) and is_person(does["name"]))):
        return does["name"]
    for named in (led_by(text), *signed_by(text)):
        if named is not None and (named.sure or not known.isdisjoint(names_of(named.name))):
            return named.name
    return None


def is_action(text: str) -> bool:
    """Whether the text says itself that it is work which somebody takes on: `Action: Bo cuts …`."""
    return _ACTION.match(text) is not None


def doer(sentence: str) -> str:
    """Whoever the sentence says does it: `Ann will bring …`, `The Supplier shall …`; empty where that is nobody's name."""
    if (by := _BY_WHOM.search(sentence)) and is_person(by["name"]):
        return by["name"]
    if is_to := _IS_TO.match(sentence):
        return is_to["team"] or is_to["party"] or ""
    found = _ACTS.match(sentence)
    name = (found["name"] or found["present"]) if found else ""
    return name if name and is_name(name) else ""


def leader(text: str) -> str:
    """Whoever a line that leads in a list says does what stands in it: `Femi checks that the following holds:`."""
    found = _OF_THESE.match(text)
    return found["name"] if found and is_name(found["name"]) else doer(text.rstrip(":"))


def led_by(text: str) -> Named | None:
    """The name that the text begins with, a day before it left out: `12 May, Lin: get …`."""
    bare = strip_dates(text)
    start = _BEFORE_NAME.match(bare)
    found = _LED.match(bare, start.end() if start else 0)
    name = (found["bracketed"] or found["name"]) if found else ""
    return (
        Named(name, is_team(name) or is_given(name), says=found["rest"])
        if found and (is_name(name) or re.fullmatch(EVERYBODY, name))
        else None
    )


def signed_by(text: str, headed: bool = False) -> Iterator[Named]:
    """The name that the text ends with, in brackets, behind a dash or, last, a comma, days and tickets beside it left out.

    A heading, `headed`, is signed in brackets, else by a given name.
    """
    if headed:
        bracket = _IN_BRACKETS.search(text)
        behind = _PARTS.split(text)[1:]
        yield from _signed(bracket[1]) if bracket else ()
        yield from (Named(part, sure=True) for part in behind[-1:] if not bracket and is_given(part) and is_person(part))
        return
    parts = [part.strip(" .,;:") for part in _PARTS.split(text)]
    told = [(index, part) for index, part in enumerate(parts) if part and not (index and _is_beside(part))]
    index, last = told[-1] if told else (0, "")
    if index:
        yield from _signed(last)
        return
    pieces = [piece for piece in re.split(r"[,;]\s+", last)[1:] if not _is_beside(piece)]
    for piece in pieces[-1:]:
        if (only := _FOR.fullmatch(piece)) and is_name(only["name"]):
            yield Named(only["name"], is_given(only["name"]), apart=False)


def _signed(part: str) -> Iterator[Named]:
    if re.fullmatch(EVERYBODY, part, re.I):
        yield Named(part)
    pieces = [piece for piece in re.split(r"[,;·|]\s*", part) if piece]
    told = [_FOR.fullmatch(piece) for piece in pieces if not _is_beside(piece) and not _HELPED.match(piece)]
    names = [one["name"] for one in told if one is not None and is_name(one["name"])]
    if names and len(names) == len(told):
        is_dated = len(names) < len(pieces) and _TIMES.search(part) is not None
        yield Named(", ".join(names), is_dated or all(map(is_given, names)))


def _is_beside(piece: str) -> bool:
    """Whether it only says when, or is a ticket."""
    label = next(iter(labels_in(piece)), None)
    bare = piece[: label.start] + piece[label.end :] if label else piece
    return _TICKET.fullmatch(piece) is not None or re.search(r"[^\W\d]{2}", _TIMES.sub("", strip_dates(bare))) is None


def owner_in(text: str) -> str:
    """Whoever the text names in passing: `@ann`, `(Owner: Ann)`; empty if nobody."""
    if mentioned := _AT.search(text):
        return mentioned[1]
    named = (_after_role(found["role"], found["name"]) for found in _ROLE.finditer(text))
    return next((name for name in named if name), "")


def _after_role(role: str, rest: str) -> str:
    """The name behind a role of up to three words, of which the rest may begin with some: `led` and `by Ann`."""
    words = rest.split()
    for many in range(min(3, len(words))):
        if kind_of(" ".join((role, *words[:many])))[0] == "owner":
            name = " ".join(words[many:]).lstrip("@")
            return "" if is_nobody(name) else name
    return ""
