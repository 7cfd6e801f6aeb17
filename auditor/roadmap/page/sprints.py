"""A page's sprints: names, titles, dates, weeks, goals and deliverables, with what contains what."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from auditor.model.roadmap import Sprint
from auditor.roadmap.page.dates import Span, read_span
from auditor.roadmap.page.headings import Section, is_side_label
from auditor.roadmap.page.labels import Label, label_at_start, title_after
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.page.tables import Columns, read_columns

_LIMIT_SPRINTS = 200
_LIMIT_DELIVERABLES = 100
_DATE_LEAD = re.compile(
    r"(?:target |sprint |planned |end |start |due )?(?:dates?|duration|timeline|when|time ?frame|time ?box|period|starts?|ends?|due|deadline|weeks?|length|"
    r"window|schedule|kick-?off|begins?|runs?|timing|zeitraum)(?: date)?",
    re.I,
)
_END_LEAD = re.compile(r"(?:end|due|deadline|target)", re.I)
_GOAL_LEAD = re.compile(r"(?:sprint )?(?:goal|objective|focus|theme|aim|mission|purpose|ziel)s?", re.I)
_CONTAINERS = ("quarter", "half", "month", "version")
_AROUND = {"sprint": (*_CONTAINERS, "phase", "release"), "iteration": (*_CONTAINERS, "phase", "release")}
_DUE = ("milestone", "release", "version")


class _Draft:
    """A sprint while its page is read."""

    def __init__(self, label: Label, parent: str) -> None:
        self.label = label
        self.parent = parent
        self.title = ""
        self.goal = ""
        self.spans: list[Span] = []
        self.deliverables: list[str] = []

    def first(self, field: str) -> object:
        return next((value for span in self.spans if (value := getattr(span, field)) is not None), None)


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


def read_sprints(page: Sequence[Placed], year: int, starts: date | None, sprint_weeks: int | None) -> Sprints:
    """The page's sprints; `starts` is the first day of week 1, `sprint_weeks` the length all sprints share, if stated."""
    drafts: dict[str, _Draft] = {}
    for placed in page:
        if placed.section is Section.ASIDE:
            continue
        if placed.block.kind == "table":
            _read_table(placed, drafts, year)
        else:
            _read_block(placed, drafts, year)
    for placed in page:
        if placed.block.kind == "table" and placed.section not in (Section.ASIDE, Section.PRESENT):
            _add_named(placed, drafts)
    names, containers = _merge(drafts)
    kept = {key: draft for key, draft in drafts.items() if names.get(key) == draft.label.name and key not in containers}
    ordered = _in_order(tuple(kept.values()))
    _number_weeks(ordered, sprint_weeks)
    return Sprints(tuple(_sprint(draft, starts) for draft in ordered), names, frozenset(containers))


def _read_block(placed: Placed, drafts: dict[str, _Draft], year: int) -> None:
    block = placed.block
    defined = _defines(placed)
    if defined is not None and len(drafts) < _LIMIT_SPRINTS:
        parent = placed.label.key if placed.label and placed.label.key != defined.key else ""
        draft = drafts.setdefault(defined.key, _Draft(defined, parent))
        draft.spans.append(_span(block.text, defined, year))
        draft.title = draft.title or title_after(block.text.rstrip(":"), defined)
        return
    draft_here = drafts.get(placed.label.key) if placed.label else None
    if draft_here is None or placed.opens is not None:
        return
    if block.lead and _GOAL_LEAD.fullmatch(block.lead) and block.rest:
        draft_here.goal = draft_here.goal or block.rest
    elif block.lead and _DATE_LEAD.fullmatch(block.lead):
        only_end = bool(_END_LEAD.match(block.lead)) or draft_here.label.kind in _DUE
        draft_here.spans.append(read_span(block.rest, year, only_end=only_end))
    elif block.kind == "line" and len(block.text) < 80 and not draft_here.deliverables:
        span = read_span(block.text, year)
        if (span.starts and span.ends) or span.weeks:
            draft_here.spans.append(span)
    elif block.kind == "item" and _is_deliverable(placed) and len(draft_here.deliverables) < _LIMIT_DELIVERABLES:
        draft_here.deliverables.append(block.text)


def _is_deliverable(placed: Placed) -> bool:
    return placed.section in (Section.OTHER, Section.DELIVERABLES) and not is_side_label(placed.block.lead)


def _defines(placed: Placed) -> Label | None:
    """The sprint that a heading, a line that acts as one, or an item `M1 (31 Jan): …` begins."""
    block = placed.block
    if placed.opens is not None and placed.opens.label is not None and not placed.opens.label.refers:
        return placed.opens.label
    if block.kind != "item":
        return None
    label = label_at_start(block.text)
    if label is None or label.refers or label.kind in ("version", "month", "weeks"):
        return None
    if placed.label is not None and placed.label.kind not in _AROUND.get(label.kind, _CONTAINERS):
        return None
    rest = block.text[label.end :].lstrip()
    return label if not rest or rest[0] in ":(-–—|," else None


def _span(text: str, label: Label, year: int) -> Span:
    return read_span(text, year, only_end=label.kind in _DUE)


def _read_table(placed: Placed, drafts: dict[str, _Draft], year: int) -> None:
    columns = read_columns(placed.block)
    if placed.section in (Section.ASIDE, Section.PRESENT):
        return
    if columns.states_metrics or not columns.lists_sprints:
        return
    for _, row in placed.block.rows:
        label = label_at_start(columns.cell("sprint", row))
        if label is None or label.refers or len(drafts) >= _LIMIT_SPRINTS:
            continue
        draft = drafts.setdefault(label.key, _Draft(label, ""))
        draft.spans.append(_row_span(columns, row, label, year))
        draft.title = draft.title or title_after(columns.cell("sprint", row), label) or columns.cell("focus", row).partition("\n")[0]
        draft.goal = draft.goal or columns.cell("goal", row).replace("\n", "; ")
        draft.deliverables.extend(part.strip() for part in re.split(r"\n|[;,]\s", columns.cell("focus", row)) if part.strip())


def _add_named(placed: Placed, drafts: dict[str, _Draft]) -> None:
    columns = read_columns(placed.block)
    if columns.states_metrics:
        for label in _named_sprints(columns, placed):
            if label.key not in drafts and label.key.partition("/")[0] not in drafts and len(drafts) < _LIMIT_SPRINTS:
                drafts[label.key] = _Draft(label, "")


def _in_order(drafts: tuple[_Draft, ...]) -> tuple[_Draft, ...]:
    """By number where all are numbered alike (a table may name the third first), else as the page has them."""
    numbers = [draft.label.key.partition(":")[2] for draft in drafts]
    if len({draft.label.kind for draft in drafts}) != 1 or not all(number.isdigit() for number in numbers):
        return drafts
    return tuple(sorted(drafts, key=lambda draft: int(draft.label.key.partition(":")[2])))


def _named_sprints(columns: Columns, placed: Placed) -> Iterator[Label]:
    """Sprints that only a table of metrics names, in its columns or cells."""
    for _, label in columns.by_sprint:
        yield label
    for _, row in placed.block.rows:
        label = label_at_start(columns.cell("sprint", row))
        if label is not None and not label.refers and label.kind not in ("weeks", "month", "half"):
            yield Label(label.key, label.name, 0, 0)


def _row_span(columns: Columns, row: tuple[str, ...], label: Label, year: int) -> Span:
    starts, ends = columns.cell("starts", row), columns.cell("ends", row)
    weeks = columns.cell("weeks", row)
    if weeks and re.fullmatch(r"\s*\d{1,2}(?:\s*[-–]\s*\d{1,2})?\s*", weeks):
        weeks = f"weeks {weeks}"
    if starts or ends:
        first, last = read_span(starts, year), read_span(ends, year, only_end=True)
        return Span(first.starts, last.ends or last.starts, first.weeks, None)
    return _span(" | ".join(row_cell for row_cell in (weeks, *row) if re.search(r"\d", row_cell)), label, year)


def _merge(drafts: dict[str, _Draft]) -> tuple[dict[str, str], set[str]]:
    """A phase with one sprint in it is that sprint; one with several, or a quarter with any, is a container."""
    names = {key: draft.label.name for key, draft in drafts.items()}
    containers: set[str] = set()
    for key, draft in drafts.items():
        children = [child for child, other in drafts.items() if other.parent == key]
        if not children:
            continue
        if len(children) == 1 and draft.label.kind not in _CONTAINERS and drafts[children[0]].label.kind != draft.label.kind:
            _absorb(drafts[children[0]], draft)
            names[key] = names[children[0]]
        else:
            containers.add(key)
    _merge_same_weeks(drafts, names, containers)
    return names, containers


def _merge_same_weeks(drafts: dict[str, _Draft], names: dict[str, str], containers: set[str]) -> None:
    by_weeks: dict[object, _Draft] = {}
    for key, draft in drafts.items():
        weeks = draft.first("weeks")
        if weeks is None or key in containers or names[key] != draft.label.name:
            continue
        other = by_weeks.setdefault(weeks, draft)
        if other is not draft and other.label.kind != draft.label.kind:
            keep, drop = (draft, other) if draft.label.kind == "sprint" else (other, draft)
            _absorb(keep, drop)
            names[drop.label.key] = keep.label.name


def _absorb(keep: _Draft, drop: _Draft) -> None:
    keep.spans.extend(drop.spans)
    keep.deliverables.extend(drop.deliverables)
    if drop.title and drop.title not in keep.title:
        keep.title = f"{keep.title} ({drop.title})" if keep.title else drop.title
    keep.goal = keep.goal or drop.goal


def _number_weeks(drafts: tuple[_Draft, ...], sprint_weeks: int | None) -> None:
    """Sprints that give only their length, or share one that the page states, follow one another from week 1."""
    if any(draft.first("weeks") or draft.first("starts") or draft.first("ends") for draft in drafts):
        return
    lengths = [draft.first("long_weeks") or sprint_weeks for draft in drafts]
    if not all(isinstance(length, int) for length in lengths):
        return
    week = 1
    for draft, length in zip(drafts, lengths, strict=True):
        if isinstance(length, int):
            draft.spans.append(Span(weeks=(week, week + length - 1)))
            week += length


def _sprint(draft: _Draft, starts: date | None) -> Sprint:
    first, last = draft.first("starts"), draft.first("ends")
    weeks = next((span.weeks for span in draft.spans if span.weeks), None)
    if isinstance(weeks, tuple) and starts and not first and not last:
        first = starts + timedelta(weeks=weeks[0] - 1)
        last = starts + timedelta(weeks=weeks[1], days=-1)
    return Sprint(
        draft.label.name,
        first.isoformat() if isinstance(first, date) else "",
        last.isoformat() if isinstance(last, date) else "",
        weeks,
        draft.title,
        draft.goal,
        tuple(dict.fromkeys(draft.deliverables)),
    )
