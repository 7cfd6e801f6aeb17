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
    rf"(?P<name>{_NAME}) (?:also )?(?:takes|owns|leads|drives|will (?:take|own|lead|drive)|is responsible for|answers for)\b"
)
"""`Dana takes the packages: …`"""
_TAKES_ALL = re.compile(
    rf"\W*{_TAKES.pattern}[^.;:\d]{{0,30}}?\b(?:everything|all (?:of )?(?:it|this|that|these|them)|"
    r"(?:the|this) (?:[a-z-]+ )?(?:sprint|quarter|half|year|phase|release|milestone|iteration|wave|stage|objective|programme|"
    r"program|project|section|effort|epic))\b[^:\d]*\Z"
)
"""`Ann leads the third quarter and answers for everything in it.`"""
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
    r"(?:present|attend\w*|participants?|people|team|crew|members|maintainers|developers|anwesend|teilnehmer\w*)", re.I
)
"""`Present: Sigrun, Matteo, Kit` above what each of them takes on."""
_DOES = re.compile(rf"(?P<name>{_NAME}) (?!(?:and|or|und|was|had|said|asked|proposed|has|is|left|wrote)\b)[a-z]+s?\b")
_NOBODY = re.compile(
    r"(?:we|it|this|that|nobody|everybody|high|medium|low|critical|mandatory|optional|stretch|must|should|could|done|open|yes|no|"
    r"grafana|codecov|prometheus|sentry|datadog|locust|redis|jira|github|gitlab|jenkins|ci|sonarqube|pytest|monthly|weekly|daily|"
    r"new|today|baseline|continuous|ongoing)\b",
    re.I,
)
"""What stands in brackets behind a promise and is nobody's name."""
_LIMIT_NAME = 60


def owner_stated(placed: Placed) -> str:
    """Whoever a line `Owner: Ann` names; empty for a table."""
    if placed.block.kind == "table":
        return ""
    if (takes := _TAKES_ALL.match(placed.block.text)) and not _NOBODY.match(takes["name"]):
        return takes["name"]
    led = (rest for lead, rest in leads_of(placed) if kind_of(lead)[0] == "owner")
    return next((rest.lstrip("@").rstrip(" .")[:_LIMIT_NAME] for rest in led if rest), "")


def people_in(page: Sequence[Placed]) -> frozenset[str]:
    """The names that a line such as `Present: Ann, Bo` lists."""
    led = (rest for placed in page if placed.block.kind != "table" for lead, rest in leads_of(placed) if _PEOPLE.fullmatch(lead))
    listed = (re.fullmatch(_NAME, re.sub(r"\s*\(.*", "", name)) for rest in led for name in re.split(r",\s*|\s+and\s+", rest))
    return frozenset(name.group() for name in listed if name)


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
    if (does := _DOES.match(placed.block.text)) and does["name"] in people:
        return does["name"]
    name = signed_by(placed) if placed.block.kind == "item" else ""
    others = [other for other in page[max(0, index - 3) : index + 4] if other is not placed] if name else ()
    return name if any(map(signed_by, others)) else None


def signed_by(placed: Placed) -> str:
    """The name that the block ends with, on its own or in brackets."""
    found = _SIGNED.search(placed.block.text)
    name = (found["bracketed"] or ("" if placed.opens else found["name"])) if found else ""
    return "" if _NOBODY.match(name) or labels_in(name) or period_at_start(name) or candidates(name) else name


def owner_in(text: str) -> str:
    """Whoever the text names in passing: `@ann`, `(Owner: Ann)`; empty if nobody."""
    if mentioned := _AT.search(text):
        return mentioned[1]
    roles = (found for found in _ROLE.finditer(text) if kind_of(found["role"])[0] == "owner")
    return next((found["name"].strip().lstrip("@") for found in roles), "")
