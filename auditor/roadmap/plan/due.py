"""The days by which sentences promise things, on a page that names no stretch of time at all: each is a stretch until then."""

import re
from collections.abc import Sequence
from datetime import date

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.dates import Span, read_span
from auditor.roadmap.calendar.labels import Label
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.plan.drafts import Draft

_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_BY = re.compile(r"\b(?:by|until|before|no later than|not later than|on|due|bis(?: zum)?)(?: the)?:?\s+(?=[\w ,.]*\d)", re.I)
_LIMIT = 30


def add_due(page: Sequence[Placed], drafts: dict[str, Draft], year: int) -> None:
    """Adds a stretch for each day, where most sentences that speak of something measurable say their day."""
    days: set[date] = set()
    dated = undated = 0
    covers = False
    for placed in page:
        if placed.section in (Section.ASIDE, Section.PRESENT) or placed.block.kind not in ("line", "item"):
            covers = False
            continue
        said = [_ends(sentence, year) for sentence in _SENTENCE.split(placed.block.text)]
        days.update(day for day in said if day)
        covers = any(said) if placed.block.kind == "line" else covers  # it leads into the list below it
        if any(said) or bool(candidates(placed.block.text)):
            dated += any(said) or covers
            undated += not any(said) and not covers
    if not days or len(days) > _LIMIT or undated > dated:
        return
    for day in sorted(days):
        name = f"Until {day.day} {day:%B} {day.year}"
        drafts[f"until:{day.isoformat()}"] = Draft(Label(f"until:{day.isoformat()}", name, 0, 0), "")
        drafts[f"until:{day.isoformat()}"].spans.append(Span(None, day))


def _ends(sentence: str, year: int) -> date | None:
    """The day by which the sentence wants something done, if it says one."""
    found = (read_span(sentence[by.end() :][:24], year, only_end=True).ends for by in _BY.finditer(sentence))
    return next((day for day in found if day), None)
