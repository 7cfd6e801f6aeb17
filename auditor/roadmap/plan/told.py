"""Sprints that running text tells of: `Sprint 8 runs from 11 May to 22 May`."""

import re
from collections.abc import Iterator, Sequence

from auditor.roadmap.calendar.dates import Span, read_span
from auditor.roadmap.calendar.labels import Label, labels_in
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.plan.drafts import DUE, LIMIT_SPRINTS, Draft

_ITERATIONS = ("sprint", "iteration", "phase", "milestone", "increment", "pi", "wave", "stage", "cycle", "release")
_LINK = re.compile(
    r"\s*(?:[(=:,–—-]|(?:runs?|lasts?|goes|takes place|starts?|begins?|ends?|closes?|ships?|launches|comes out|"
    r"goes live|is|covers?|spans?|finishes|due|on|from|by|"
    r"until)\b)[^A-Za-z]{0,3}",
    re.I,
)
_ENDS = re.compile(r"\s*(?:ends?|closes?|finishes|is due|due|by|until)\b", re.I)

_END_OF = re.compile(r"\b(?:by|until) (?:the )?end of (?:the )?\Z", re.I)


def add_told(page: Sequence[Placed], drafts: dict[str, Draft], year: int) -> None:
    """Dates that sentences give to sprints; and sprints of which nothing but such a sentence tells."""
    for placed in page:
        opens = placed.opens.label if placed.opens else None
        is_told = placed.block.kind == "line" or (placed.block.kind == "heading" and len(labels_in(placed.block.text)) > 1)
        if is_told and placed.section is not Section.ASIDE and (opens is None or opens.start > 0):
            for label, span in _told(placed.block.text, year):
                if label.key in drafts or len(drafts) < LIMIT_SPRINTS:
                    drafts.setdefault(label.key, Draft(label, "")).spans.append(span)


def _told(text: str, year: int) -> Iterator[tuple[Label, Span]]:
    labels = [label for label in labels_in(text) if label.kind in _ITERATIONS]
    is_end = False
    for label, following in zip(labels, (*(label.start for label in labels[1:]), len(text)), strict=False):
        said = text[label.end : following]
        link = _LINK.match(said)
        if link is None:
            continue
        is_end = bool(_ENDS.match(said) or _END_OF.search(text[: label.start])) or (
            is_end and bool(re.match(r"\s*on\b", said, re.I))
        )
        span = read_span(said[:60], year, only_end=is_end or label.kind in DUE)
        if span.starts or span.ends:
            yield label, span
