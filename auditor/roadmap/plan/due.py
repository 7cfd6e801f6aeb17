"""The days by which sentences promise things, on a page that names no stretch of time at all: each is a stretch until then."""

import re
from collections.abc import Sequence
from datetime import date

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.dates import Span, read_span, strip_dates
from auditor.roadmap.calendar.labels import Label
from auditor.roadmap.calendar.years import following
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.plan.drafts import Draft

_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_BY = re.compile(r"\b(?:by|until|before|no later than|not later than|due|bis(?: zum)?)(?: the)?:?\s+(?=[\w ,.]*\d)", re.I)
_DUE = re.compile(
    r"\A(?:as of|effective|ab)\b|\b(?:by|until|till|before|no later than|not later than|at|due|deadline|"
    r"(?:planned|scheduled) for|fällig|bis)(?: (?:the|on|by|zum|am))*:?\s*(?=\S)",
    re.I,
)
_FIXED = re.compile(
    r"\b(?:by|until|before|bis)(?: the)? (?:(?P<christmas>christmas|weihnachten)|(?:end of (?:the |this )?year|"
    r"year(?:'s)?[- ]end|"
    r"jahresende|ende des jahres))\b",
    re.I,
)
_STOOD = re.compile(r"\b(?:compared (?:with|to)|against|versus|vs\.?|was|were) ~?[\d.,]+ ?(?:%|[a-z]+)?\s*\Z", re.I)
"""`compared with 73 % at the end of June` is how things stood."""
_MONTH_ALONE = re.compile(r"(?:end of |ende )(?P<name>[^\W\d]{3,9})\b(?! \d)", re.I)
"""`by the end of March`, on a page that states its year."""
_DAY = (
    r"(?P<day>20\d\d-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th|\.)? [A-Z][a-zä]{2,8}\.?(?:,? 20\d\d)?|"
    r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? 20\d\d)?|\d{1,2}\.\d{1,2}\.(?:20\d\d)?)"
)
_LEADING_DAY = re.compile(
    rf"\A\W*{_DAY}\W+"
    r"(?=[^\W\d])(?!(?:to|until|till|through|and|bis)\b)"
)
"""The day that a line of a calendar begins with: `2026-12-03 Ann: all tests pass`."""
_PERSON = r"@?[A-ZÀ-Ž][\w.'-]*(?: (?:and |& )?[A-ZÀ-Ž][\w.'-]*){0,3}"
_NAMED_DAY = re.compile(rf"\((?:{_PERSON}[,;:] ?{_DAY}|{_DAY.replace('day', 'first')}[,;:] ?{_PERSON})\)\W*\Z")
"""Whose it is and until when, at the end: `(Ann, 22 January 2027)`."""
_SHORT_LINE = 60
_LIMIT = 30


def add_due(page: Sequence[Placed], drafts: dict[str, Draft], year: int, since: date | None = None) -> None:
    """Adds a stretch for each day, where most sentences that speak of something measurable say their day.

    `since` is the day on which the page was written, which the days follow that state no year.
    """
    days: set[date] = set()
    dated = undated = 0
    covers = False
    for placed in page:
        if placed.section in (Section.ASIDE, Section.PRESENT) or placed.block.kind not in ("line", "item"):
            covers = False
            continue
        said = [_ends(sentence, year, since) for sentence in _SENTENCE.split(placed.block.text)]
        speaks = bool(candidates(placed.block.text))
        if speaks or len(placed.block.text) < _SHORT_LINE or placed.block.text.endswith(":"):
            days.update(day for day in said if day)
        covers = any(said) if placed.block.kind == "line" else covers  # it leads into the list below it
        if any(said) or speaks:
            dated += any(said) or covers
            undated += not any(said) and not covers
    if not days or len(days) > _LIMIT or undated > dated:
        return
    for day in sorted(days):
        name = f"Until {day.day} {day:%B} {day.year}"
        drafts[f"until:{day.isoformat()}"] = Draft(Label(f"until:{day.isoformat()}", name, 0, 0), "")
        drafts[f"until:{day.isoformat()}"].spans.append(Span(None, day))


def due_day(text: str, year: int, since: date | None = None) -> date | None:
    """The day by which the text says that it is due: a cell that is nothing but a date, or words such as `by 30 June`.

    A day that states no year is of `year`, or follows `since`, the day on which the page was written.
    """
    if not re.search(r"[^\W\d]", strip_dates(text)):
        return _last(text, year, since)
    if (month := _MONTH_ALONE.fullmatch(text.strip())) and (ends := _month_end(month["name"], year, since)):
        return ends
    if fixed := _FIXED.search(text):
        return date(since.year if since else year, 12, 24 if fixed["christmas"] else 31)
    for by in _DUE.finditer(text):
        if _STOOD.search(text[: by.start()]):
            continue
        rest = text[by.end() :][:24]
        day = _last(rest, year, since)
        month = _MONTH_ALONE.match(rest)
        if day or month:
            return day or _month_end(month["name"] if month else "", year, since)
    if leading := _LEADING_DAY.match(text):
        return _last(leading["day"], year, since)
    named = _NAMED_DAY.search(text)
    return _last(named["day"] or named["first"], year, since) if named else None


def _last(text: str, year: int, since: date | None) -> date | None:
    return following(read_span(text, year, only_end=True), since).ends


def _month_end(name: str, year: int, since: date | None) -> date | None:
    ends = read_span(f"{name} {year}", year).ends
    return following(Span(None, ends, floats=True), since).ends


def _ends(sentence: str, year: int, since: date | None) -> date | None:
    """The day by which the sentence wants something done, if it says one."""
    found = (_last(sentence[by.end() :][:24], year, since) for by in _BY.finditer(sentence))
    return next((day for day in found if day), None)
