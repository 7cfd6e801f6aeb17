"""A page's sprints: names, titles, dates, weeks, goals and deliverables, with what contains what."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from auditor.model.roadmap import Sprint
from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.dates import read_span
from auditor.roadmap.calendar.labels import Label, cell_label, label_at_start, period_at_start, title_after
from auditor.roadmap.page.headings import Section, is_side_label, section_of
from auditor.roadmap.page.outline import WHEN, Placed, leads_of
from auditor.roadmap.plan.drafts import (
    CONTAINERS,
    DUE,
    LIMIT_SPRINTS,
    Draft,
    date_quarters,
    first_day,
    follow_one_another,
    in_order,
    merge,
    number_weeks,
    span_of,
    sprint_of,
)
from auditor.roadmap.plan.schedule import add_named, read_table
from auditor.roadmap.plan.time import numbers_week_one, only_day
from auditor.roadmap.plan.told import add_told
from auditor.roadmap.plan.whole import add_whole

_LIMIT_DELIVERABLES = 100
_LIMIT_TITLE_WORDS = 6
_WEEKS_OF_A_PLAN = 13
_DATE_LEAD = re.compile(
    r"(?:target |sprint |planned |end |start |due )?(?:release |delivery |completion )?(?:dates?|duration|"
    r"timeline|when|time ?frame|time ?box|period|"
    r"starts?|ends?|due|deadline|weeks?|length|"
    r"(?:code |feature )?freeze|go-?live|launch|window|schedule|kick-?off|begins?|runs?|timing|zeitraum)(?: date)?",
    re.I,
)
_END_LEAD = re.compile(r"(?:end|due|deadline|target|(?:code |feature )?freeze|go-?live|launch)", re.I)
_DUE_LINE = re.compile(
    r"\W*(?:due|deadline|closes?|ends?|ships?|target date|fällig)(?: date)?(?: on| by| am)?:? (?=[\w ,.]*\d)", re.I
)
"""A line under a sprint's heading such as GitHub writes: `Due on February 27, 2026 · 62% complete`."""
_GOAL_LEAD = re.compile(r"(?:sprint )?(?:goal|objective|focus|theme|aim|mission|purpose|ziel)s?", re.I)
_IN_BRACKETS = re.compile(r"\s*[(\[]\s*(?:in |for |due |target: )?\Z", re.I)
"""What stands before the sprint of a heading such as `Tame the error handling (Sprint 7)`."""
_OF = re.compile(r"\b(?:in|into|for|of|during)(?: the)?\s+\Z", re.I)
_PAST = re.compile(r"\b(?:results?|outcomes?|after|since|was|were|did|shipped|delivered|achieved|finished|done|happened)\b", re.I)
_AROUND = {"sprint": (*CONTAINERS, "phase", "release"), "iteration": (*CONTAINERS, "phase", "release")}


class Time(msgspec.Struct, frozen=True):
    """What the page says of all its sprints: the first day of week 1, and the length in weeks that they share.

    `quarters_of`: the year in which a quarter or month without a year lies, if the page states one.
    """

    starts: date | None = None
    sprint_weeks: int | None = None
    quarters_of: int | None = None
    written: date | None = None
    """The day on which the page was written, if it says so."""


class Sprints(msgspec.Struct, frozen=True):
    """The sprints in reading order, and the name of the sprint that each label's key stands for."""

    sprints: tuple[Sprint, ...]
    names: dict[str, str]
    containers: frozenset[str] = frozenset()

    def name_of(self, label: Label | None) -> str:
        """The sprint's name, empty where the label names none of them."""
        if label is None:
            return ""
        short = label.key.partition("/")[0]
        return self.names.get(label.key) or self.names.get(short, "") or self.names.get(label.upto, "")


def read_sprints(page: Sequence[Placed], matter: Mapping[str, str], year: int, time: Time) -> Sprints:
    """The page's sprints; `matter` is its front matter, `year` the year of days that state none."""
    drafts: dict[str, Draft] = {}
    for placed in page:
        if placed.section is Section.ASIDE:
            continue
        if placed.block.kind == "table":
            read_table(placed, drafts, year)
        else:
            _read_block(placed, drafts, year)
    for placed in page:
        _read_reference(placed, drafts, year)
        _read_stated(placed, drafts, year)
    for placed in page:
        if placed.block.kind == "table" and placed.section is not Section.ASIDE:
            add_named(placed, drafts, year)
    add_told(page, drafts, year)
    add_whole(page, matter, drafts, year, time.written)
    names, containers = merge(drafts)
    kept = {key: draft for key, draft in drafts.items() if names.get(key) == draft.label.name and key not in containers}
    ordered = in_order(tuple(kept.values()))
    follow_one_another(ordered, time.written)
    number_weeks(ordered, time.sprint_weeks)
    if time.quarters_of:
        date_quarters(ordered, time.quarters_of, only_day(page))
    starts = time.starts or first_day(ordered) or _first_week(ordered, time.quarters_of)
    return Sprints(tuple(sprint_of(draft, starts) for draft in ordered), names, frozenset(containers))


def _first_week(drafts: tuple[Draft, ...], year: int | None) -> date | None:
    """The Monday of the year's first week where the weeks can only be the calendar's: none is as early as a plan's own."""
    weeks = [stated for draft in drafts if isinstance(stated := draft.first("weeks"), tuple)]
    if year is None or len(weeks) != len(drafts) or not weeks or any(draft.first("starts") for draft in drafts):
        return None
    return date.fromisocalendar(year, 1, 1) if min(weeks)[0] > _WEEKS_OF_A_PLAN else None


def _read_block(placed: Placed, drafts: dict[str, Draft], year: int) -> None:
    block = placed.block
    defined = _defines(placed)
    if defined is not None and len(drafts) < LIMIT_SPRINTS:
        parent = placed.label.key if placed.label and placed.label.key != defined.key else ""
        draft = drafts.setdefault(defined.key, Draft(defined, parent))
        says_time = defined.kind in (*CONTAINERS, "weeks")
        beside = block.text if says_time else block.text[: defined.start] + block.text[defined.end :]
        draft.spans.append(span_of(beside, defined, year))
        title = title_after(block.text.rstrip(":"), defined)
        if block.kind != "heading":
            title = title.partition(": ")[0]  # `Sprint 5 – Resilience: timeouts on all outbound calls`
        is_sentence = block.kind != "heading" and len(title.split()) > _LIMIT_TITLE_WORDS
        draft.title = draft.title or ("" if is_sentence else title)
        return
    draft_here = drafts.get(placed.label.key) if placed.label else None
    if draft_here is None or placed.opens is not None:
        return
    if block.lead and _GOAL_LEAD.fullmatch(block.lead) and block.rest:
        draft_here.goal = draft_here.goal or block.rest
    elif dated := next(((lead, rest) for lead, rest in leads_of(placed) if _DATE_LEAD.fullmatch(lead)), None):
        only_end = bool(_END_LEAD.match(dated[0])) or draft_here.label.kind in DUE
        draft_here.spans.append(read_span(dated[1], year, only_end=only_end))
    elif block.kind == "line" and len(block.text) < 80 and not draft_here.deliverables and not numbers_week_one(block.text):
        span = read_span(block.text, year)
        if (span.starts and span.ends) or span.weeks:
            draft_here.spans.append(span)
        elif due := _DUE_LINE.match(block.text):
            draft_here.spans.append(read_span(block.text[due.end() :][:30], year, only_end=True))
    elif block.kind == "item" and _is_deliverable(placed) and len(draft_here.deliverables) < _LIMIT_DELIVERABLES:
        draft_here.deliverables.append(block.text)


def _read_reference(placed: Placed, drafts: dict[str, Draft], year: int) -> None:
    """`By the end of Phase 1 (11 Jan – 5 Feb):` is all that some pages say of a sprint."""
    label = placed.opens.label if placed.opens else None
    if label is None or label.start == 0 or not label.refers or placed.section is Section.ASIDE or label.key in drafts:
        return
    if label.upto or len(drafts) >= LIMIT_SPRINTS:
        return
    if placed.label is None and label_at_start(placed.block.text):
        drafts[label.key] = Draft(label, "")
        is_period = label.kind in CONTAINERS
        said = placed.block.text[0 if is_period else label.end :]
        is_end = re.match(r"\W*by (?:the )?end\b", placed.block.text, re.I) is not None and not is_period
        drafts[label.key].spans.append(read_span(said, year, only_end=True) if is_end else span_of(said, label, year))
    elif placed.block.kind == "heading" and (before := _IN_BRACKETS.search(placed.block.text[: label.start])):
        drafts[label.key] = Draft(label, "")
        drafts[label.key].title = placed.block.text[: before.start()].strip(" :–—-")
    elif placed.block.kind == "heading" and _is_of_sprint(placed.block.text[: label.start]):
        span = span_of(placed.block.text[label.end :], label, year)
        if span.starts or span.ends:  # `Goals for Sprint 15 (20 April – 1 May 2026)`
            drafts[label.key] = Draft(label, "")
            drafts[label.key].spans.append(span)


def _is_of_sprint(before: str) -> bool:
    """Whether what stands before the sprint of a heading is of its goals or its work: `What we change in Iteration 45 (…)`."""
    kind = section_of(before)
    is_ahead = kind in (Section.DELIVERABLES, Section.OTHER) and not _PAST.search(before)
    return kind in (Section.METRICS, Section.GOALS) or (is_ahead and _OF.search(before) is not None)


def _read_stated(placed: Placed, drafts: dict[str, Draft], year: int) -> None:
    """`Sprint: Sprint 31` among what a page says of a piece of work is all that some pages say of a sprint."""
    if placed.section is Section.ASIDE or len(placed.frames) < 2 or placed.opens is not None:
        return
    for lead, rest in leads_of(placed):
        label = cell_label(rest) if WHEN.fullmatch(lead) else None
        is_known = label is None or label.key in drafts or label.kind in (*CONTAINERS, "weeks") or bool(label.upto)
        if label is not None and not is_known and label.start == 0 and len(drafts) < LIMIT_SPRINTS:
            drafts[label.key] = Draft(label, placed.label.key if placed.label else "")
            drafts[label.key].spans.append(span_of(rest[label.end :], label, year))


def _is_deliverable(placed: Placed) -> bool:
    return placed.section in (Section.OTHER, Section.DELIVERABLES) and not is_side_label(placed.block.lead)


def _month_of_promises(placed: Placed) -> Label | None:
    """The month that an item begins with, where a promise with a figure follows: `March – coverage 68 %`."""
    text = placed.block.text
    label = period_at_start(text) or label_at_start(text)
    if (
        placed.block.kind != "item"
        or placed.section is Section.DELIVERABLES
        or label is None
        or label.kind not in ("month", "weeks")
        or label.refers
    ):
        return None
    rest = text[label.end :]
    return label if re.search(r"\d", rest) and candidates(rest) else None


def _defines(placed: Placed) -> Label | None:
    """The sprint that a heading, a line that acts as one, or an item `M1 (31 Jan): …` begins."""
    block = placed.block
    if placed.opens is not None and placed.opens.label is not None and not placed.opens.label.refers:
        return placed.opens.label
    if block.kind not in ("item", "line"):
        return None
    label = label_at_start(block.text) or _month_of_promises(placed)
    if label is None or label.refers or (label.kind in ("version", "month", "weeks") and not _month_of_promises(placed)):
        return None
    if placed.label is not None and placed.label.kind not in _AROUND.get(label.kind, CONTAINERS):
        return None
    rest = block.text[label.end :].lstrip()
    return label if not rest or rest[0] in ":(-–—|,." else None
