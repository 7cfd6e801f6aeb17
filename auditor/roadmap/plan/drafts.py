"""Sprints while their page is read: what several places say of one sprint comes together here."""

import re
from datetime import date, timedelta

from auditor.model.roadmap import Sprint
from auditor.roadmap.calendar.dates import Span, add_months, read_span
from auditor.roadmap.calendar.labels import Label
from auditor.roadmap.calendar.years import moved, years_on

CONTAINERS = ("quarter", "half", "month", "version")
"""Kinds of label that hold sprints rather than being one, where sprints stand in them."""
DUE = ("milestone", "meilenstein", "release", "version", "gate", "checkpoint")
"""Kinds of label whose single date is the day they are due."""
LIMIT_SPRINTS = 200
_LATE = 10
_HALF_YEAR = 6
_HALF_A_YEAR = timedelta(days=183)


class Draft:
    """A sprint while its page is read."""

    def __init__(self, label: Label, parent: str) -> None:
        self.label = label
        self.parent = parent
        self.title = ""
        self.goal = ""
        self.spans: list[Span] = []
        self.deliverables: list[str] = []

    def first(self, field: str) -> object:
        """The first stated value of that field of its spans."""
        return next((value for span in self.spans if (value := getattr(span, field)) is not None), None)


def in_order(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """By number where all are numbered alike (a table may name the third first), else as the page has them."""
    numbers = [draft.label.key.partition(":")[2] for draft in drafts]
    if len({draft.label.kind for draft in drafts}) != 1:
        return drafts
    if all(re.fullmatch(r"\d/\d\d", number) for number in numbers):  # quarters of stated years
        return tuple(sorted(drafts, key=lambda draft: draft.label.key.partition(":")[2].split("/")[::-1]))
    if not all(number.isdigit() for number in numbers):
        return drafts
    return tuple(sorted(drafts, key=lambda draft: int(draft.label.key.partition(":")[2])))


def merge(drafts: dict[str, Draft]) -> tuple[dict[str, str], set[str]]:
    """A phase with one sprint in it is that sprint; one with several, or a quarter with any, is a container."""
    names = {key: draft.label.name for key, draft in drafts.items()}
    containers: set[str] = set()
    for key, draft in drafts.items():
        children = [child for child, other in drafts.items() if other.parent == key]
        if not children:
            continue
        if len(children) == 1 and draft.label.kind not in CONTAINERS and drafts[children[0]].label.kind != draft.label.kind:
            _absorb(drafts[children[0]], draft)
            names[key] = names[children[0]]
        else:
            containers.add(key)
    _merge_same_weeks(drafts, names, containers)
    return names, containers


def _merge_same_weeks(drafts: dict[str, Draft], names: dict[str, str], containers: set[str]) -> None:
    by_weeks: dict[object, Draft] = {}
    for key, draft in drafts.items():
        weeks = draft.first("weeks")
        if weeks is None or key in containers or names[key] != draft.label.name:
            continue
        other = by_weeks.setdefault(weeks, draft)
        if other is not draft and other.label.kind != draft.label.kind:
            keep, drop = (draft, other) if draft.label.kind == "sprint" else (other, draft)
            _absorb(keep, drop)
            names[drop.label.key] = keep.label.name


def _absorb(keep: Draft, drop: Draft) -> None:
    keep.spans.extend(drop.spans)
    keep.deliverables.extend(drop.deliverables)
    if drop.title and drop.title not in keep.title:
        keep.title = f"{keep.title} ({drop.title})" if keep.title else drop.title
    keep.goal = keep.goal or drop.goal


def number_weeks(drafts: tuple[Draft, ...], sprint_weeks: int | None) -> None:
    """Sprints that give only their length, or share one that the page states, follow one another from week 1."""
    if any(draft.first("starts") or draft.first("ends") for draft in drafts[1:]) or any(draft.first("weeks") for draft in drafts):
        return
    lengths = [draft.first("long_weeks") or sprint_weeks for draft in drafts]
    if not all(isinstance(length, int) for length in lengths):
        return
    week = 1
    for draft, length in zip(drafts, lengths, strict=True):
        if isinstance(length, int):
            draft.spans.append(Span(weeks=(week, week + length - 1)))
            week += length


def first_day(drafts: tuple[Draft, ...]) -> date | None:
    """The first day of week 1 where only the sprint of week 1 says when it begins, and all others say their weeks."""
    if not drafts or not all(draft.first("weeks") for draft in drafts) or any(draft.first("starts") for draft in drafts[1:]):
        return None
    starts, weeks = drafts[0].first("starts"), drafts[0].first("weeks")
    return starts if isinstance(starts, date) and isinstance(weeks, tuple) and weeks[0] == 1 else None


def follow_one_another(drafts: tuple[Draft, ...], since: date | None) -> None:
    """Days that state no year lie after those of the sprint before, and all of them about or after `since`."""
    floating = [draft for draft in drafts if (span := _dated(draft)) and span.floats]
    lasts = [last for draft in floating if isinstance(last := draft.first("ends") or draft.first("starts"), date)]
    years = {years_on(last, since) for last in lasts} if since else set()
    if len(years) == 1:
        _move(floating, years.pop())
    before: date | None = None
    for draft in drafts:
        last = draft.first("ends") or draft.first("starts")
        if draft in floating and before and isinstance(last, date) and last < before - _HALF_A_YEAR:
            _move([draft], 1)
        last = draft.first("ends") or draft.first("starts")
        before = last if isinstance(last, date) else before


def _dated(draft: Draft) -> Span | None:
    return next((span for span in draft.spans if span.ends or span.starts), None)


def _move(drafts: list[Draft], years: int) -> None:
    for draft in drafts:
        draft.spans = [moved(span, years) if span.floats else span for span in draft.spans]


def date_quarters(drafts: tuple[Draft, ...], year: int, said_on: date | None = None) -> None:
    """`Q2` without a year and without days of its own is the second quarter of `year`; `March` its third month.

    `said_on` is the one day that the page states: a plan of December for January to March is for those that follow.
    """
    if said_on is not None and all(_is_long_past(draft, year, said_on) for draft in drafts):
        year += 1
    for draft in drafts:
        kind, _, number = draft.label.key.partition(":")
        if draft.first("starts") or draft.first("ends"):
            continue
        number, _, short_year = number.partition("/")
        if kind == "quarter" and number in ("1", "2", "3", "4"):
            draft.spans.append(read_span(f"Q{number} {f'20{short_year}' if short_year else year}", year))
        elif kind == "month" and re.search(r"[-–—/&]|\b(?:to|and|bis|und)\b", number) and not number.startswith("mid-"):
            draft.spans.append(read_span(f"{re.sub(r'[/&]|und', 'to', number)} {year}", year))
        elif kind == "month":
            span = read_span(f"{number.rpartition(' ')[2]} {year}", year)
            draft.spans.append(span if not number.strip().count(" ") else Span(None, span.ends))


def _is_long_past(draft: Draft, year: int, day: date) -> bool:
    """Whether the month or quarter that states no year would have ended in the first half of a year of which this day is late."""
    kind, _, number = draft.label.key.partition(":")
    if kind not in ("month", "quarter") or "/" in number or draft.first("starts") or day.month < _LATE:
        return False
    ends = read_span(f"{f'Q{number}' if kind == 'quarter' else number} {year}", year).ends
    return ends is not None and ends.year == day.year and ends.month + _HALF_YEAR <= day.month


def sprint_of(draft: Draft, starts: date | None) -> Sprint:
    """The finished sprint; weeks become dates where the first day of week 1 is known."""
    first, last = draft.first("starts"), draft.first("ends")
    weeks = next((span.weeks for span in draft.spans if span.weeks), None)
    months = draft.first("months")
    if isinstance(months, tuple) and starts and not last and first in (None, starts):
        first, last = add_months(starts, months[0] - 1), add_months(starts, months[1]) - timedelta(days=1)
    if draft.label.kind == "days" and starts and not last:
        one, _, two = draft.label.key.partition(":")[2].partition("-")
        first, last = starts + timedelta(days=int(one) - 1), starts + timedelta(days=int(two) - 1)
    if isinstance(weeks, tuple) and starts and not last and first in (None, starts):
        first = starts + timedelta(weeks=weeks[0] - 1)
        last = starts + timedelta(weeks=weeks[1], days=-1)
    elif isinstance(weeks, tuple) and isinstance(first, date) and not last:
        last = first + timedelta(weeks=weeks[1] - weeks[0] + 1, days=-1)
    if draft.label.kind == "week of" and isinstance(first, date) and not last:
        last = first + timedelta(days=6)
    return Sprint(
        draft.label.name,
        first.isoformat() if isinstance(first, date) else "",
        last.isoformat() if isinstance(last, date) else "",
        weeks,
        draft.title,
        draft.goal,
        tuple(dict.fromkeys(draft.deliverables)),
    )


def span_of(text: str, label: Label, year: int) -> Span:
    """What the text states of the labelled sprint's time: a milestone's single date is its end."""
    return read_span(text, year, only_end=label.kind in DUE)
