"""Sprints that running text tells of: `Sprint 8 runs from 11 May to 22 May`, and the one that a whole page is about."""

import re
from collections.abc import Iterator, Mapping, Sequence

from auditor.roadmap.calendar.dates import Span, read_span
from auditor.roadmap.calendar.labels import Label, label_at_start, labels_in
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.plan.drafts import CONTAINERS, LIMIT_SPRINTS, Draft, span_of

_ITERATIONS = ("sprint", "iteration", "phase", "milestone", "increment", "pi", "wave", "stage", "cycle", "release")
_LINK = re.compile(
    r"\s*(?:[(=:,–—-]|(?:runs?|lasts?|goes|takes place|starts?|begins?|ends?|closes?|is|covers?|spans?|finishes|due|on|from|by|"
    r"until)\b)[^A-Za-z]{0,3}",
    re.I,
)
_ENDS = re.compile(r"\s*(?:ends?|closes?|finishes|is due|due|by|until)\b", re.I)
_WHOLE_LEAD = re.compile(
    r"(?:target |planned |fix |current )?(?:sprint|iteration|milestone|release|quarter|period|time ?frame|timeline|time ?box|"
    r"horizon|cycle|increment|version)",
    re.I,
)
_DUE_LEAD = re.compile(
    r"(?:target |planned |expected )?(?:due|deadline|target|release|ship|completion|end|(?:code |feature )?freeze|"
    r"go-?live|launch)(?: date)?|due (?:by|on)|ships?(?: on)?",
    re.I,
)
_START_LEAD = re.compile(r"(?:start|starts|begin|begins|from|kick-?off)(?: date| on)?", re.I)
_WHOLE_KEYS = ("sprint", "iteration", "milestone", "release", "quarter", "period", "cycle")
_BY = re.compile(
    r"\b(?:by|until|in|during|for|within|before|end of)(?: the)?(?: end of| close of)?(?: the)?\s+\Z|"
    r"\b(?:due|deadline|when|time-?bound|by|until|(?:due|target) date):\s*(?:the )?(?:end of )?(?:the )?\Z",
    re.I,
)
_AFTER = re.compile(r"\b(?:after|since|following|before|post)(?: the)?[\s-]+\Z", re.I)
"""`Improvements after the Q1 retro` are not for the first quarter."""
_NAME = re.compile(r"[`\"']?(?P<name>v?\d+(?:\.\d+)+|[A-Z]\w*(?:[ .-]\d+)+)[`\"']?(?=\s*(?:[(,;–—-]|\Z))")


def add_told(page: Sequence[Placed], drafts: dict[str, Draft], year: int) -> None:
    """Dates that sentences give to sprints; and sprints of which nothing but such a sentence tells."""
    for placed in page:
        opens = placed.opens.label if placed.opens else None
        if placed.block.kind == "line" and placed.section is not Section.ASIDE and (opens is None or opens.start > 0):
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
        is_end = bool(_ENDS.match(said)) or (is_end and bool(re.match(r"\s*on\b", said, re.I)))
        span = read_span(said[:60], year, only_end=is_end)
        if span.starts or span.ends:
            yield label, span


def add_whole(page: Sequence[Placed], matter: Mapping[str, str], drafts: dict[str, Draft], year: int) -> None:
    """On a page that has no sprint: the stretch that its title, a labelled line or its promises name."""
    if drafts:
        return
    labels = _whole(page, matter) or _mentioned(page)
    for label, text in labels[:LIMIT_SPRINTS]:
        draft = drafts.setdefault(label.key, Draft(label, ""))
        beside = text if label.kind in CONTAINERS else text[: label.start] + text[label.end :]
        draft.spans.append(span_of(beside, label, year))
    if len(labels) == 1 and not (drafts[labels[0][0].key].first("starts") or drafts[labels[0][0].key].first("ends")):
        due = (rest for placed in page for lead, rest in leads_of(placed) if _DUE_LEAD.fullmatch(lead))
        drafts[labels[0][0].key].spans.extend(read_span(rest, year, only_end=True) for rest in due)
        begun = (rest for placed in page for lead, rest in leads_of(placed) if _START_LEAD.fullmatch(lead))
        drafts[labels[0][0].key].spans.extend(Span(read_span(rest, year).starts) for rest in begun)


def _whole(page: Sequence[Placed], matter: Mapping[str, str]) -> list[tuple[Label, str]]:
    """The one label of the page's front matter, title, or a line such as `Milestone: 2026.1`, with the text beside it."""
    said = [matter[key] for key in _WHOLE_KEYS if matter.get(key)]
    for text in said:
        if label := _only(text):
            return [(label, text)]
    title = next((placed.block for placed in page if placed.block.kind == "heading"), None)
    named = labels_in(title.text) if title else ()
    labels = [label for label in named if title and label.kind != "version" and not _AFTER.search(title.text[: label.start])]
    if title and len({label.key for label in labels}) == 1:
        return [(labels[0], title.text)]
    for placed in page:
        for lead, rest in leads_of(placed):
            if _WHOLE_LEAD.fullmatch(lead) and (label := _only(rest)):
                return [(label, rest)]
    return []


def leads_of(placed: Placed) -> Iterator[tuple[str, str]]:
    """What stands before and after each colon of a line such as `Author: dev-ex · Target release: 5.1 (31 March)`."""
    if placed.block.kind == "table":
        yield from ((row[0].strip(" *:"), row[1]) for _, row in placed.block.rows if len(row) == 2)
        return
    for piece in re.split(r"\s[·|•]\s", placed.block.text):
        lead, colon, rest = piece.partition(":")
        if colon and rest.strip():
            yield lead.strip(" *"), rest.strip()


def _only(text: str) -> Label | None:
    label = label_at_start(text) or next(iter(labels_in(text)), None)
    if label is not None:
        return label
    found = _NAME.match(text)
    return Label(f"release:{found['name'].lower()}", found["name"], 0, found.end()) if found else None


def _mentioned(page: Sequence[Placed]) -> list[tuple[Label, str]]:
    """The labels that sentences set their promises by: `by the end of Q2 2026`."""
    found: dict[str, tuple[Label, str]] = {}
    for placed in page:
        if placed.section in (Section.ASIDE, Section.PRESENT) or placed.block.kind == "table":
            continue
        for label in labels_in(placed.block.text):
            if _BY.search(placed.block.text[: label.start]) and label.kind != "version":
                found.setdefault(label.key, (label, label.name))
    return list(found.values())
