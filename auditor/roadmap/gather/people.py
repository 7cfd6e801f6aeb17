"""Whom a page knows: the people that it lists, those whose names its items begin or end with, and its headings that are names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from auditor.roadmap.gather.names import NAME, TEAM, clean_name, is_given, is_name, is_person, is_team, names_of
from auditor.roadmap.gather.owners import Named, leader, led_by, owner_stated, signed_by
from auditor.roadmap.page.column_kinds import kind_of
from auditor.roadmap.page.columns import read_columns
from auditor.roadmap.page.outline import SPEAKS, Placed, leads_of

_TITLE = 1
_WHO = re.compile(
    r"\bwho (?!(?:uses?|we)\b)[a-z]+s\b|\bby (?:owner|person|name)\b|\bwho['’]s\b|\bowners(?:hip)?\b|\bresponsib\w+", re.I
)
_EACH_OF_US = re.compile(r"\b(?:each|every one|all) of us\b|\bwho does what\b|\bby (?:owner|person)\b", re.I)
"""What a title, or a line under it, says of a page whose headings are people: `Who delivers what`."""
_PEOPLE = re.compile(
    r"(?:present|attend\w*|participants?|(?:.* )?(?:people|members?|developers?|engineers?)|team|crew|maintainers?|persons?|who|"
    r"owners?|colleagues?|anwesend|teilnehmer\w*)",
    re.I,
)
"""`Present: Sigrun, Matteo, Kit` above what each of them takes on."""
_ASKS_WHO = re.compile(
    r"\W*who(?:'s|’s)? (?:runs?|leads?|owns?|drives?|does|answers|heads|coordinates|looks after|takes|is|are|will|in)\b"
    r"(?! (?:affected|this for|it for|allowed|paid))[^?.:]*[?:.]?\W*",
    re.I,
)
"""`Who runs it?`, above or before `Ann Bell, with help from Bo`."""
_STARTS_WITH_NAME = re.compile(rf"\W*(?P<name>{NAME}(?:(?:, | and | & ){NAME}){{0,2}})(?=\W|\Z)")
_OURS = re.compile(r"\W*(?:what we|we|our)\b", re.I)
"""`We finish before the handover`, of a letter by a team."""
_YOURS = re.compile(r"\W*(?:what )?you\b", re.I)
"""`What you take over`, of a letter to a team."""
_MINE = re.compile(r"\bI(?:['’]ll| will| shall|['’]m going to| am going to) (?!\w+ you\b)")
"""`I'll take that one myself`, of a letter's author."""
_OF_TEAM = re.compile(
    rf"(?:What )?(?:the )?(?P<name>{TEAM})(?:\Z|['’]s\b|\s*[(:,–—-]|"
    r"\s(?:\w+ )?(?:goals?|targets?|objectives?|commit\w+|promis\w+|takes|does|owns|will|delivers|is (?:to|responsible)))"
)
_OF_PERSON = re.compile(
    rf"(?:What )?(?P<name>{NAME})(?:\Z|['’]s? (?:part|share|work|goals?|targets?|tasks?|list|promises|commitments|topics)\b|"
    r"\s(?:takes|does|owns|will|delivers|promises)\b|\s*[(:,–—]|\s-\s)"
)
_FOR_SOMEBODY = re.compile(
    r"\b(?:student|intern|trainee|apprentice|mentee|colleague|hire|starter|developer|engineer|contractor|freelancer|lead|manager|"
    r"owner|maintainer)\s*[(\[][^()\[\]]+[)\]]\W*\Z",
    re.I,
)
"""`Plan for our working student (Jakub)`."""
_DEED = re.compile(
    r"(?:get|bring|reduce|cut|raise|fix|write|move|add|pin|replace|migrate|remove|delete|make|review|test|check|find|run|do|clean|"
    r"update|introduce|document|interview|prepare|ask|order|draft|publish|train|keep|ensure|build|ship|finish|close|split|drop|"
    r"wrap|protect|measure|plan|organi[sz]e|talk|hand|roll|set|put|take|give|show|send|call|book|look|help|start|stop|turn|"
    r"switch|upgrade|merge|rewrite|resolve|limit|guard|handle|create|define|agree|collect|buy|sign|lower|shrink|lift|halve|"
    r"eliminate|archive|rename|investigate|decide|present|teach|learn|explain|try|work|meet|will|also)\b",
    re.I,
)
"""What somebody is to do: `Freya: interview three customers`."""
_SENDER_BLOCKS = 12
_TOGETHER = re.compile(rf"\W*(?P<names>{NAME}(?:, {NAME}){{0,6}}),? (?:and|&|\+) (?:(?P<last>{NAME})|I\b|me\b)")
"""`Ann, Bo and I, all by 3 May:` above what each of them takes on."""
_NUMBERED = re.compile(
    r"\W*(?:work ?streams?|streams?|topic|theme|area|track|part|pillar|epic|initiative|objective)?\s*#?\d*[.:)–—-]*\s*", re.I
)


class People(msgspec.Struct, frozen=True):
    """What a page says of people that it does not say of one promise."""

    known: frozenset[str]
    """Names of whom it is sure that they are."""
    headed: Mapping[int, str]
    """By the line of a heading, or of a line that acts as one, who answers for what stands under it."""
    answered: Mapping[int, str]
    """By the place in the page of a question who does it all, whom the answer names."""
    topics: Mapping[str, str]
    """By topic, in lower case, whom a table or list of owners names."""
    sender: str
    """Whoever wrote the letter that the page is."""
    receiver: str
    """To whom it is."""

    def by_sender(self, text: str) -> str:
        """The letter's author where the text says `I` of a person's or begins with `we` of a team's; else empty."""
        if is_team(self.receiver) and _YOURS.match(text):
            return self.receiver
        speaks = _OURS.match(text) if is_team(self.sender) else _MINE.search(text)
        return self.sender if self.sender and speaks else ""

    def of_topic(self, text: str) -> str:
        """Whoever owns the topic that a heading or lead names: `Performance (until 25 June)`."""
        return self.topics.get(_topic(text), "") if self.topics else ""


def read_people(page: Sequence[Placed]) -> People:
    """All that the page says of people."""
    topics = dict(_topics(page))
    known = frozenset(
        name for name in (*_listed(page), *_owners(page), *topics.values()) for name in names_of(name) if is_name(name)
    )
    known |= frozenset(first for name in known if is_person(first := name.partition(" ")[0]))
    known |= frozenset(_leading(page, known)) | frozenset(_signing(page))
    signed = _signed_headings(page, known)
    return People(known, dict(signed) | dict(_headed(page, known)), dict(_answers(page)), topics, *_letter(page))


def is_of_people(header: Sequence[str]) -> bool:
    """Whether a table with these headings has a row for each person."""
    return bool(header) and _PEOPLE.fullmatch(header[0].strip(" *:")) is not None


def _listed(page: Sequence[Placed]) -> Iterator[str]:
    """The names that a line such as `Present: Ann, Bo` lists, or a table of who does what."""
    led = (rest for placed in page if placed.block.kind != "table" for lead, rest in leads_of(placed) if _PEOPLE.fullmatch(lead))
    yield from (re.sub(r"\s*[(.].*", "", name).strip() for rest in led for name in re.split(r"[,;]\s*|\s+and\s+", rest))
    for together in (_TOGETHER.match(placed.block.text) for placed in page if placed.opens):
        if together:
            yield from (*names_of(together["names"]), *filter(None, (together["last"],)))
    tables = (placed.block for placed in page if placed.block.kind == "table" and is_of_people(placed.block.header))
    yield from (row[0].strip(" *@") for table in tables for _, row in table.rows if row)


def _owners(page: Sequence[Placed]) -> Iterator[str]:
    """Whom lines `Owner: Ann` name, and the columns of owners."""
    for placed in page:
        if name := owner_stated(placed):
            yield name
        if placed.block.kind == "table":
            columns = read_columns(placed.block)
            yield from (clean_name(columns.cell("owner", row)) for _, row in placed.block.rows)


def _leading(page: Sequence[Placed], known: frozenset[str]) -> Iterator[str]:
    """The names that all items of a list begin with, where one comes again or is known, and one is told what to do."""
    lists: dict[tuple[int, ...], list[Named | None]] = {}
    for placed in page:
        if placed.block.kind in ("item", "line"):
            named = led_by(placed.block.text)
            if named or (placed.block.lead and placed.block.kind == "item"):
                lists.setdefault(tuple(frame.line for frame in placed.frames), []).append(named)
    for several in lists.values():
        people = [one for one in several if one is not None]
        often = Counter(one.name for one in people)
        told = sum(_DEED.match(one.says) is not None for one in people)
        is_evident = max(often.values(), default=0) > 1 or 2 * told > len(people) or not known.isdisjoint(often)
        if len(people) == len(several) > 1 and told and is_evident:
            yield from (name for one in people for name in names_of(one.name))


def _signing(page: Sequence[Placed]) -> Iterator[str]:
    """The names that items end with, where several do and one is surely a name or comes again; behind a comma only the latter."""
    items = [tuple(signed_by(placed.block.text)) for placed in page if placed.block.kind == "item"]
    apart = [one for signed in items for one in signed if one.apart]
    joined = Counter(one.name for signed in items for one in signed if not one.apart)
    often = [name for name, count in joined.items() if count > 1]
    yield from (piece for name in (*_evident(apart), *often) for piece in names_of(name))


def _evident(signed: Sequence[Named]) -> Sequence[str]:
    """All the names if there are several, of which one is surely a person's or comes again; none else."""
    names = [one.name for one in signed]
    is_evident = any(one.sure or is_given(one.name) for one in signed) or len(set(names)) < len(names)
    return names if len(names) > 1 and is_evident else ()


def _signed_headings(page: Sequence[Placed], known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The lines of headings that end with a name in brackets: `Reliability (Paul)`, `Speed (Ann)`."""
    signed = [(placed, one) for placed in page if placed.opens for one in signed_by(placed.block.text, headed=True)]
    evident = _evident([one for _, one in signed])
    for placed, one in signed:
        is_known = one.sure or not known.isdisjoint(names_of(one.name))
        is_told = _FOR_SOMEBODY.search(placed.block.text) if _is_title(placed) else one.name in evident
        if is_known or is_told:
            yield placed.block.line, one.name


def _headed(page: Sequence[Placed], known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The lines that act as headings and name teams, people, or who writes what stands below: `## Squad Pine`, `**Ann**`."""
    opened = [placed for placed in page if placed.opens and not _is_title(placed)]
    speakers = [placed for placed in opened if SPEAKS.fullmatch(placed.block.text)]
    alone = [placed for placed in opened if is_person(placed.block.text.rstrip(": "))]
    sure = {
        placed.opens.level for placed in alone if placed.opens and (is_given(placed.block.text) or placed.block.text in known)
    }
    is_told = _is_on_people(page)
    for placed in opened:
        text = placed.block.text.rstrip(": ")
        of = _OF_TEAM.match(text) or _OF_PERSON.match(text)
        if _TOGETHER.match(text):
            continue
        if of and (is_team(of["name"]) or of["name"] in known or (is_given(of["name"]) and is_person(of["name"]))):
            yield placed.block.line, of["name"]
        elif placed in alone and placed.opens and (placed.opens.level in sure or (is_told and len(alone) > 1)):
            yield placed.block.line, text
        elif said := SPEAKS.fullmatch(placed.block.text) if len(speakers) > 1 else None:
            yield placed.block.line, said["name"].lstrip("@")
        elif name := leader(placed.block.text):
            yield placed.block.line, name


def _is_title(placed: Placed) -> bool:
    return placed.block.kind == "heading" and placed.block.level == _TITLE


def _is_on_people(page: Sequence[Placed]) -> bool:
    """Whether the title, or a line under it, says that the headings are people: `Who delivers what`."""
    heads = [(index, placed.block) for index, placed in enumerate(page) if placed.block.kind == "heading"]
    lines = (placed.block.text for placed in page[: heads[1][0]] if placed.block.kind == "line") if len(heads) > 1 else ()
    return bool(heads) and (_WHO.search(heads[0][1].text) is not None or any(map(_EACH_OF_US.search, lines)))


def _answers(page: Sequence[Placed]) -> Iterator[tuple[int, str]]:
    """The places of the questions who does it all, and whom the answer behind or below names."""
    asked: int | None = None
    for index, placed in enumerate(page):
        text = placed.block.text
        question = _ASKS_WHO.match(text) if placed.block.kind != "table" else None
        told = text[question.end() :] if question else "" if asked is None else text
        found = _STARTS_WITH_NAME.match(told)
        if found and is_name(found["name"]):
            yield index if asked is None else asked, found["name"]
        asked = index if question and not told else None


def _topics(page: Sequence[Placed]) -> Iterator[tuple[str, str]]:
    """By topic whoever a table of owners, or a list under a heading on them, names."""
    for placed in page:
        if placed.block.kind == "table":
            columns = read_columns(placed.block)
            place = columns.at.get("owner", 0)
            for _, row in placed.block.rows if place and not columns.states_metrics else ():
                if is_name(name := clean_name(columns.cell("owner", row))):
                    yield _topic(row[0]), name
        elif placed.block.kind == "item" and placed.frames and _is_on_owners(placed.frames[-1].text):
            lead, _, rest = re.sub(r"\s[–—-]\s", ": ", placed.block.text, count=1).partition(":")
            lead, rest = lead.strip(" *@"), rest.strip(" *@.")
            if is_person(lead) and rest:
                yield from ((_topic(topic), lead) for topic in re.split(r",\s*|\s+and\s+", rest))
            elif is_name(clean_name(rest)):
                yield _topic(lead), clean_name(rest)


def _is_on_owners(text: str) -> bool:
    return kind_of(text)[0] == "owner" or _WHO.search(text) is not None


def _topic(text: str) -> str:
    """What a heading is about, without number, brackets and day."""
    bare = re.sub(r"\s*[(\[].*", "", text[_NUMBERED.match(text).end() :])  # type: ignore[union-attr]
    return re.split(r"\s[–—-]\s|[:,]", bare)[0].strip(" *.").lower()


def _letter(page: Sequence[Placed]) -> tuple[str, str]:
    """Whoever a letter's `From: Ann Bell` and `To: Team Orion` name."""
    leads: Iterable[Placed] = (placed for placed in page[:_SENDER_BLOCKS] if placed.block.kind in ("line", "item"))
    said = {placed.block.lead.lower(): placed.block.rest for placed in leads if placed.block.lead}
    is_letter = "from" in said and not said.keys().isdisjoint(("to", "subject", "date", "cc"))
    named = (clean_name(re.sub(r"\s*<.*", "", said.get(key, ""))) if is_letter else "" for key in ("from", "to"))
    sender, receiver = named
    return sender, receiver
