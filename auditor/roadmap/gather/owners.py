"""Whom a text names as the owner of something: `Owner: Ann`, `(lead: Bo Chen)`, `@ann`, `— Ann`, `Ann takes …`."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.labels import labels_in, period_at_start
from auditor.roadmap.page.column_kinds import kind_of
from auditor.roadmap.page.headings import Section, section_of
from auditor.roadmap.page.outline import Placed, leads_of

_AT = re.compile(r"(?<![\w@/])@([\w-]{2,30})\b(?![@/])")
_ROLE = re.compile(
    r"(?:[(\[]|(?:[,;|·•.–—-]) ?)(?P<role>[^\W\d][\w ]{1,20}?):? "
    r"(?P<name>[^\W\d][^,;:|·•()\[\]]{1,30}?)\.?(?=[)\]]|\s[|·•]|\Z|[,;] ?\d)"
)
"""`(Owner: Tomas)`, `(lead: Bo Chen, 2–27 March)`, `— DRI: Ann`."""
_NAME = r"[A-ZÄÖÜ][a-zà-ÿ]{1,15}(?: [A-ZÄÖÜ][\w.]{0,15})?"
_SIGNED = re.compile(rf"\s(?:(?:[–—→-]|->)\s(?P<name>{_NAME})|\((?P<bracketed>{_NAME})\))\Z")
"""`… by 30 June — Paulo`, `… by 30 June (Paulo)`, where items beside it end so too."""
_TAKES = re.compile(
    rf"(?P<name>{_NAME}) (?:also )?(?:takes|owns|leads|drives|carries|will (?:take|own|lead|drive|answer for|look after)|"
    r"is (?:responsible|accountable|answerable) for|is in charge of|answers for|looks after|sees to|cares for)\b"
)
"""`Dana takes the packages: …`"""
_TAKES_ALL = re.compile(
    rf"\W*{_TAKES.pattern}[^.;:\d]{{0,30}}?\b(?:everything|all (?:of )?(?:it|this|that|these|them)|"
    r"(?:the|this) (?:[a-z-]+ )?(?:sprint|quarter|half|year|phase|release|milestone|iteration|wave|stage|objective|programme|"
    r"program|project|section|effort|epic))\b[^:\d]*\Z"
)
"""`Ann leads the third quarter and answers for everything in it.`"""
_TAKES_THESE = re.compile(
    rf"(?:\A|[.;] ){_TAKES.pattern} (?:it|this|these|those|them|both|everything|all)\b"
    r"(?: (?:of (?:it|this|these|them)|\w+))?\W*(?:\Z|[.;])"
)
"""`Ann looks after both.`, of the sentences before it."""
_DEEDS = (
    r"(?:bring|brought|get|got|cut|reduced?|raised?|removed?|lower(?:ed)?|halved?|eliminated?|fix(?:ed)?|resolved?|closed?|"
    r"shorten(?:ed)?|write|written|hold|held|agreed?|moved?|add(?:ed)?|pin(?:ned)?|replaced?|migrated?|rewrit(?:e|ten)|deleted?|"
    r"merged?|lift(?:ed)?|shrink|shrunk|finish(?:ed)?|clear(?:ed)? up|publish(?:ed)?|deliver(?:ed)?|seen? to|ma[dk]e sure)"
)
_ACTS = re.compile(
    rf"\A(?:[^,.;:]{{3,60}}, )?(?P<name>{_NAME}) will (?:also )?(?:have )?{_DEEDS}\b(?! by\b)|"
    rf"\A(?:By \d{{1,2}} \w+(?: \d{{4}})?,? )?(?P<present>{_NAME}) (?:also )?(?:{_DEEDS}e?s|clears up|sees to|makes sure) "
    r"(?=(?:the|an?|all|every|each|our|no|any|it|that|both)\b)"
)
"""`Ann will bring the open issues down to 50`, `Bo cuts …`: what only somebody does, where tests and rates but rise and fall."""
_BY_WHOM = re.compile(rf", by (?P<name>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Christmas|Easter){_NAME})(?:\Z|[.;])")
"""`down to none by 27 February, by Ann`."""
_WHO = re.compile(r"\bwho (?!(?:uses?|we)\b)[a-z]+s\b|\bby (?:owner|person|name)\b|\bwho['’]s\b|\bowners\b|\bresponsib\w+", re.I)
_EACH_OF_US = re.compile(r"\b(?:each|every one|all) of us\b|\bwho does what\b|\bby (?:owner|person)\b", re.I)
"""What a title, or a line under it, says of a page whose headings are people: `Who delivers what`."""
_PERSON = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{1,15}(?: [A-ZÀ-Þ][\w.-]{0,15})?")
_TOPIC = re.compile(
    r"(?:ing|tions?|ity|ments?|[mtnr]ance|[st]ence|lience|ness|ture|base|form|kend|tend|out|ware|logy|ops)\b|"
    r"\b(?:search|data|docs?|api|mail|web|mobile|core|cost|code|team|tests?|checks?|metrics|stock|carts?|catalogue?|shop|orders?|"
    r"notes?|summary|workers?|servers?|partners?|tools?|users?|customers?|sales|speed|debt|errors?|crm|apps?|accounts?)\b",
    re.I,
)
"""What is no person's name, alone in a heading."""
_PEOPLE = re.compile(
    r"(?:present|attend\w*|participants?|people|team|crew|(?:team )?members?|maintainers?|developers?|engineers?|persons?|who|"
    r"owners?|colleagues?|anwesend|teilnehmer\w*)",
    re.I,
)
"""`Present: Sigrun, Matteo, Kit` above what each of them takes on."""
_DOES = re.compile(rf"(?P<name>{_NAME}) (?!(?:and|or|und|was|had|said|asked|proposed|has|is|left|wrote)\b)[a-z]+s?\b")
_NOBODY = re.compile(
    r"(?:we|whoever|who|it|this|that|nobody|everybody|high|medium|low|critical|mandatory|optional|stretch|must|should|could|done|open|yes|no|"
    r"grafana|codecov|prometheus|sentry|datadog|locust|redis|jira|github|gitlab|jenkins|ci|sonarqube|pytest|monthly|weekly|daily|"
    r"new|today|baseline|continuous|ongoing)\b",
    re.I,
)
"""What stands in brackets behind a promise and is nobody's name."""
_SUBJECTS = frozenset(
    "They You He She Everybody Someone Somebody Everyone All Both Each Nothing Nobody That These Those There The Phase Sprint "
    "Step Milestone Release Stage Wave Iteration Two Three Four Five Engineering Platform Backend Frontend Operations".split()
)
"""What begins a sentence and is nobody's own name."""
_LIMIT_NAME = 60


def owner_stated(placed: Placed) -> str:
    """Whoever a line `Owner: Ann` names; empty for a table."""
    if placed.block.kind == "table":
        return ""
    if (takes := _TAKES_ALL.match(placed.block.text)) and not _NOBODY.match(takes["name"]):
        return takes["name"]
    if (these := _TAKES_THESE.fullmatch(placed.block.text)) and not _NOBODY.match(these["name"]):
        return these["name"]
    led = (rest for lead, rest in leads_of(placed) if kind_of(lead)[0] == "owner")
    return next((rest.lstrip("@").rstrip(" .")[:_LIMIT_NAME] for rest in led if rest), "")


def people_in(page: Sequence[Placed]) -> frozenset[str]:
    """The names that a line such as `Present: Ann, Bo` lists, or a table of who does what."""
    led = (rest for placed in page if placed.block.kind != "table" for lead, rest in leads_of(placed) if _PEOPLE.fullmatch(lead))
    listed = (re.fullmatch(_NAME, re.sub(r"\s*\(.*", "", name)) for rest in led for name in re.split(r",\s*|\s+and\s+", rest))
    tables = (placed.block for placed in page if placed.block.kind == "table" and is_of_people(placed.block.header))
    rowed = (re.fullmatch(_NAME, row[0].strip(" *@")) for table in tables for _, row in table.rows if row)
    return frozenset(name.group() for name in (*listed, *rowed) if name)


def is_of_people(header: Sequence[str]) -> bool:
    """Whether a table with these headings has a row for each person."""
    return bool(header) and _PEOPLE.fullmatch(header[0].strip(" *:")) is not None


def named_headings(page: Sequence[Placed], people: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The places of headings that are but the names of people, where the page says that it is about them: `## Ann`, `## Bo`."""
    heads = [(index, placed.block) for index, placed in enumerate(page) if placed.block.kind == "heading"]
    about = heads[0][1].text if heads else ""
    lines = (placed.block.text for placed in page[: heads[1][0]] if placed.block.kind == "line") if len(heads) > 1 else ()
    is_told = _WHO.search(about) is not None or any(map(_EACH_OF_US.search, lines))
    named = [(index, head) for index, head in heads[1:] if head.text in people or (is_told and _is_name(head.text))]
    levels = Counter(head.level for _, head in named)
    yield from ((index, head.text) for index, head in named if levels[head.level] > 1)


def _is_name(text: str) -> bool:
    is_person = _PERSON.fullmatch(text) is not None and _TOPIC.search(text) is None and _NOBODY.match(text) is None
    return is_person and section_of(text) is Section.OTHER and not (candidates(text) or labels_in(text) or period_at_start(text))


def own_owner(page: Sequence[Placed], index: int, people: frozenset[str]) -> str | None:
    """Whoever the block itself names; empty where what it names is nobody, None where it names none."""
    placed = page[index]
    if beside := owner_in(placed.block.text):
        return beside
    if takes := _TAKES.match(placed.block.text):
        return "" if _NOBODY.match(takes["name"]) else takes["name"]
    if these := _TAKES_THESE.search(placed.block.text):
        return "" if _NOBODY.match(these["name"]) else these["name"]
    if (does := _DOES.match(placed.block.text)) and does["name"] in people:
        return does["name"]
    if placed.block.kind == "item" and placed.block.lead in people:
        return placed.block.lead
    if (by := _BY_WHOM.search(placed.block.text)) and _is_name(by["name"]):
        return by["name"]
    name = signed_by(placed) if placed.block.kind == "item" else ""
    others = [other for other in page[max(0, index - 3) : index + 4] if other is not placed] if name else ()
    return name if any(map(signed_by, others)) else None


def doer(sentence: str) -> str:
    """Whoever the sentence says does it: `Ann will bring …`; empty where that is nobody's name."""
    found = _ACTS.match(sentence)
    name = (found["name"] or found["present"]) if found else ""
    return name if name and _is_name(name) and name not in _SUBJECTS else ""


def signed_by(placed: Placed) -> str:
    """The name that the block ends with, on its own or in brackets."""
    found = _SIGNED.search(placed.block.text)
    name = (found["bracketed"] or ("" if placed.opens else found["name"])) if found else ""
    return "" if _NOBODY.match(name) or labels_in(name) or period_at_start(name) or candidates(name) else name


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
            return " ".join(words[many:]).lstrip("@")
    return ""
