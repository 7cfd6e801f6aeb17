"""Tables that list the sprints, with their dates, weeks and goals; and sprints that only a table of metrics names."""

import re

from auditor.roadmap.calendar.dates import Span, read_span
from auditor.roadmap.calendar.labels import Label, label_at_start, title_after
from auditor.roadmap.page.columns import TIME_ROW, Columns, read_columns
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.plan.drafts import LIMIT_SPRINTS, Draft, span_of

_PERIODS = ("month", "half")


def read_table(placed: Placed, drafts: dict[str, Draft], year: int) -> None:
    """Adds the sprints that the rows of a table of sprints are."""
    columns = read_columns(placed.block)
    if placed.section in (Section.ASIDE, Section.PRESENT):
        return
    if kind := _numbered_kind(placed):
        _read_numbered(placed, kind, drafts, year)
    if columns.states_metrics or not columns.lists_sprints:
        return
    for _, row in placed.block.rows:
        label = columns.sprint_label(row)
        if label is None or label.refers or len(drafts) >= LIMIT_SPRINTS:
            continue
        draft = drafts.setdefault(label.key, Draft(label, ""))
        draft.spans.append(_row_span(columns, row, label, year))
        draft.title = draft.title or title_after(columns.sprint_cell(row), label) or columns.cell("focus", row).partition("\n")[0]
        draft.goal = draft.goal or columns.cell("goal", row).replace("\n", "; ")
        for kind in ("focus", "deliverables"):
            draft.deliverables.extend(part.strip() for part in re.split(r"\n|[;,]\s", columns.cell(kind, row)) if part.strip())


def _numbered_kind(placed: Placed) -> str:
    """`Sprint` for a table under the heading `Sprints` whose first column only numbers them; else empty."""
    heading = placed.frames[-1].text if placed.frames else ""
    found = re.fullmatch(
        r"\W*(?:the )?(sprint|iteration|phase|milestone)s(?: (?:plan|overview|schedule|calendar))?\W*", heading, re.I
    )
    numbers = bool(placed.block.header) and re.fullmatch(r"#|no\.?|nr\.?|number", placed.block.header[0].strip(), re.I)
    return found[1].capitalize() if found and numbers else ""


def _read_numbered(placed: Placed, kind: str, drafts: dict[str, Draft], year: int) -> None:
    for _, row in placed.block.rows:
        label = label_at_start(f"{kind} {row[0].strip()}") if row and row[0].strip().isdigit() else None
        if label is None or len(drafts) >= LIMIT_SPRINTS:
            continue
        draft = drafts.setdefault(label.key, Draft(label, ""))
        draft.spans.append(span_of(" | ".join(cell for cell in row[1:] if re.search(r"\d", cell)), label, year))
        names = (cell for cell in row[1:] if cell.strip() and read_span(cell, year) == Span())
        draft.title = draft.title or next(names, "").partition("\n")[0]


def add_named(placed: Placed, drafts: dict[str, Draft], year: int) -> None:
    """Adds the sprints that only a table of metrics names; stretches of weeks only where the page has no other sprints."""
    alone = all(draft.label.kind == "weeks" for draft in drafts.values())
    columns = read_columns(placed.block)
    if columns.states_metrics:
        headed = ((columns.at["goal"], columns.goal_label),) if columns.goal_label else columns.by_sprint
        for index, label in headed:
            draft = _draft(label, drafts)
            if draft is not None:
                draft.spans.append(read_span(placed.block.header[index], year, only_end=True))  # what is to be so by then
    if columns.states_metrics or (not columns.lists_sprints and (columns.promising or columns.criteria is not None)):
        for _, row in placed.block.rows:
            _date_columns(columns, row, drafts, year)
            _add_from_cells(columns, row, drafts, year, alone)


def _date_columns(columns: Columns, row: tuple[str, ...], drafts: dict[str, Draft], year: int) -> None:
    """A row of dates under columns that are headed by sprints."""
    if not TIME_ROW.fullmatch(columns.cell("metric", row)):
        return
    for index, label in columns.by_sprint:
        draft = drafts.get(label.key)
        if draft is not None and index < len(row) and len(draft.spans) < LIMIT_SPRINTS:
            draft.spans.append(span_of(row[index], label, year))


def _draft(label: Label, drafts: dict[str, Draft]) -> Draft | None:
    """The draft of that label, made if need be; None where it is known under a shorter name or there are too many."""
    if label.key.partition("/")[0] != label.key and label.key.partition("/")[0] in drafts:
        return None
    if label.key not in drafts and len(drafts) >= LIMIT_SPRINTS:
        return None
    return drafts.setdefault(label.key, Draft(label, ""))


def _is_period(label: Label) -> bool:
    """A stretch by which something is due (`End of Q2 2026`), a sprint only where the page has no others."""
    return label.refers or label.kind in _PERIODS


def _add_from_cells(columns: Columns, row: tuple[str, ...], drafts: dict[str, Draft], year: int, alone: bool) -> None:
    cell = columns.sprint_cell(row)
    label = columns.sprint_label(row)
    if label is None or (label.kind == "weeks" and not alone):
        return
    if _is_period(label) and not all(_is_period(draft.label) for draft in drafts.values()):
        return
    draft = _draft(label, drafts)
    if draft is not None and len(draft.spans) < LIMIT_SPRINTS:
        dates = " | ".join(columns.cell(kind, row) for kind in ("dates", "weeks", "starts", "ends"))
        draft.spans.append(span_of(f"{cell} | {dates}", label, year))
        draft.title = draft.title or title_after(cell, label)


def _row_span(columns: Columns, row: tuple[str, ...], label: Label, year: int) -> Span:
    starts, ends = columns.cell("starts", row), columns.cell("ends", row)
    weeks = columns.cell("weeks", row)
    if weeks and re.fullmatch(r"\s*\d{1,2}(?:\s*[-–]\s*\d{1,2})?\s*", weeks):
        weeks = f"weeks {weeks}"
    if starts or ends:
        first, last = read_span(starts, year), read_span(ends, year, only_end=True)
        return Span(first.starts, last.ends or last.starts, first.weeks, None)
    return span_of(" | ".join(row_cell for row_cell in (weeks, *row) if re.search(r"\d", row_cell)), label, year)
