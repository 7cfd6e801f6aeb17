"""What a whole page says of time: its first day, the length of its sprints, the year of days that state none."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from auditor.roadmap.calendar.dates import read_span
from auditor.roadmap.page.blocks import Block
from auditor.roadmap.page.outline import Placed

_START_LEAD = re.compile(
    r"(?:roadmap |project |plan |planned )?(?:starts?|start date|starting|kick-?off|begins?|timeline|period|"
    r"time ?frame|quarter|schedule|"
    r"duration|dates|window|runs|zeitraum)(?: date| on| from)?",
    re.I,
)
_START_PROSE = re.compile(
    r"\b(?:\d+ weeks from|start(?:s|ing)?|begin(?:s|ning)?|kick(?:s|ing)?[- ]off|counted?)\b(?: date)?(?: on| from| is|"
    r":)*\s+(?=(?:\w+day,? )?(?:the )?[\dJFMASOND])",
    re.I,
)
_SPRINT_WEEKS = re.compile(
    r"\b(?P<a>\d|one|two|three|four|six)[-\u2010\u2011 ]weeks?(?:[- ]long)? (?:sprints?|iterations?|phases?|cycles?)\b|"
    r"\b(?:sprints?|iterations?|phases?|cycles?)"
    r"(?: \w+)? ?(?:of|×|x|à|each|last(?:s|ing)?|is|are|takes?|run(?:s|ning)?(?: for)?|"
    r"\((?:each |of )?|:)(?: about)? ?(?P<b>\d|one|two|"
    r"three|four|six)[- ]weeks?\b",
    re.I,
)
_WRITTEN = re.compile(
    r"\b(?:reviewed|written|updated|as of|stand|status|dated|figures (?:from|of)|reported|accepted|decided|agreed|exported)\b|"
    r"\A\W*date\b(?=\W)",
    re.I,
)
_HELD = re.compile(
    r"\b(?:minutes|meetings?|sync|notes|calls?|retro\w*|reviews?|status|reports?|updates?|workshops?|stand-?ups?|digests?|memos?|"
    r"weekly|check-?ins?|planning|board|committee|sessions?|offsite|exports?|jour fixe|protokoll)\b",
    re.I,
)
"""A title of what was held or written on the day that it states: `Tech debt sync, 25 Nov 2026`."""
_FIRST_LINES = 12
_WEEK_ONE = re.compile(r"\b(?:week|day) (?:1|one)\b(?! ?[-–—])[^.;]{0,12}?(?:=|\bis\b|\bstarts?\b|\bbegins?\b|:)", re.I)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_YEAR = re.compile(r"\b(20[2-4]\d)\b")


def first_day_of(page: Sequence[Placed], matter: dict[str, str], year: int) -> date | None:
    """The first day that the page states for the whole: front matter, a labelled line, a sentence, or the title."""
    for key in ("start", "starts", "start_date", "startdate", "begin", "kickoff", "period", "timeline", "quarter"):
        if matter.get(key) and (found := read_span(matter[key], year).starts):
            return found
    whole = [block for placed in page if placed.label is None for block in _lines(placed)]
    for block in whole:
        if block.lead and _START_LEAD.fullmatch(block.lead) and (found := read_span(block.rest, year).starts):
            return found
    for block in whole:
        sentence = _START_PROSE.search(block.text)
        if sentence and (found := read_span(block.text[sentence.end() :][:40], year).starts):
            return found
    for placed in page:
        week = _WEEK_ONE.search(placed.block.text)
        if week and (found := read_span(placed.block.text[week.end() :][:60], year).starts):
            return found
    titles = [block.text for block in whole if block.kind == "heading" and block.level <= 2][:1]
    return next((found for title in titles if (found := read_span(title, year).starts)), None)


def numbers_week_one(text: str) -> bool:
    """Whether the text says when week 1 is."""
    return _WEEK_ONE.search(text) is not None


def _lines(placed: Placed) -> tuple[Block, ...]:
    """The block; for a table of two columns its rows as `label: value`."""
    block = placed.block
    if block.kind != "table":
        return (block,)
    rows = (row for _, row in block.rows if len(row) == 2)
    return tuple(Block("line", f"{row[0]}: {row[1]}", block.line, lead=row[0], rest=row[1]) for row in rows)


def sprint_weeks(page: Sequence[Placed], matter: dict[str, str]) -> int | None:
    for key in ("sprint_length", "sprint_weeks", "sprint_duration", "iteration_length", "cadence"):
        stated = re.match(r"(\d)(?: |-|\Z)?w?", matter.get(key, ""))
        if stated and not re.search(r"day|month", matter[key]):
            return int(stated[1])
    for block in (block for placed in page for block in _lines(placed)):
        found = _SPRINT_WEEKS.search(block.text)
        if found:
            said = (found["a"] or found["b"]).lower()
            return _WORDS.get(said) or int(said)
    return None


def stated_year(page: Sequence[Placed], matter: dict[str, str]) -> int | None:
    """The year that undated days belong to: the one most often stated, dates of the document itself apart."""
    title = next((placed.block.text for placed in page if placed.block.kind == "heading"), "")
    if len(own := set(_YEAR.findall(title))) == 1:
        return int(own.pop())
    texts = [
        placed.block.text
        for placed in page
        if not re.search(r"\b(?:created|updated|reviewed|modified|written|author|revision|version)\b", placed.block.text, re.I)
    ]
    cells = [cell for placed in page for _, row in placed.block.rows for cell in row]
    stated = Counter(year for text in (*texts, *cells, *matter.values()) for year in _YEAR.findall(text))
    if not stated:  # then the document's own dates are all that tells
        stated = Counter(year for placed in page for year in _YEAR.findall(placed.block.text))
    return int(max(stated.items(), key=lambda pair: (pair[1], pair[0]))[0]) if stated else None


def written_on(page: Sequence[Placed], year: int) -> date | None:
    """The day on which the page was written or its figures taken, where its title or its first lines say so."""
    for placed in page[:_FIRST_LINES]:
        if placed.block.kind not in ("line", "heading") or (placed.block.kind == "heading" and placed.frames):
            continue
        is_held = placed.block.kind == "heading" and _HELD.search(placed.block.text)
        said = _WRITTEN.search(placed.block.text) if placed.block.kind == "line" else None
        rest = placed.block.text if is_held else placed.block.text[said.end() :][:40] if said else ""
        span = read_span(rest, year)
        if (day := (span.ends or span.starts) if is_held else span.starts) and not (is_held and span.floats):
            return day
    return None


def follows(page: Sequence[Placed], year: int) -> date | None:
    """The day that days without a year follow: that on which the page was written, unless its title is of a later year."""
    written = written_on(page, year)
    title = next((placed.block.text for placed in page if placed.block.kind == "heading"), "")
    return None if written is None else max(written, date(year, 1, 1)) if str(year) in title else written


def only_day(page: Sequence[Placed]) -> date | None:
    """The one day of the year that the page's lines state at all, as in the signature of a letter; None if there are more."""
    found = {
        span.starts
        for placed in page
        if placed.block.kind in ("line", "item") and _YEAR.search(placed.block.text)
        if (span := read_span(placed.block.text, 2000)).starts and span.ends is None
    }
    return found.pop() if len(found) == 1 else None


def calendar_year(page: Sequence[Placed], stated: int | None) -> int | None:
    """The year whose quarters `Q1` to `Q4` are, if the page states one and does not count in fiscal years."""
    is_fiscal = any(re.search(r"\bFY ?\d|\bfiscal\b", placed.block.text, re.I) for placed in page)
    return None if is_fiscal else stated
