"""A table's rows as candidates: metrics with targets, sprints with criteria, plain lists in columns."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.labels import Label, cell_label, label_at_start
from auditor.roadmap.gather.agreed import action_column
from auditor.roadmap.gather.candidate import Candidate, Strength
from auditor.roadmap.gather.no_promise import promises_nothing
from auditor.roadmap.gather.present import stood_beside, thousands
from auditor.roadmap.page.column_cells import operator_of, unit_of
from auditor.roadmap.page.column_sense import columns_of
from auditor.roadmap.page.columns import TIME_ROW, Columns
from auditor.roadmap.page.headings import Section, is_side_label
from auditor.roadmap.page.marks import cell_mark, take_mark
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.promise.mood import surely_stands
from auditor.roadmap.promise.reading import states_figure

_EMPTY = re.compile(r"\A\W*(?:n/?a|tbd|tba|todo|unknown|none yet|not measured|\?+)?\W*\Z", re.I)
_ONLY_NUMBER = re.compile(
    r"(?:KR|key result|metric|goal|target|objective|[A-Z]{1,5})?[\s#.-]*(?:\d+Q\d[\s.-]*)?\d+(?:\.\d+)*[a-z]?", re.I
)
"""A row's name that only numbers it (`KR-2026Q3-01`): then the promise is the whole text of the target's cell."""
_OF_WHICH = re.compile(r"\W*(?:of (?:which|them|these)|thereof|davon|incl(?:uding|\.))\b", re.I)
"""The name of a row that counts a part of the row above it."""
_PLEDGE = re.compile(r"\b(?:commit\w*|promis\w*|pledg\w*|guarantee\w*)\b", re.I)
"""The heading of a column whose cells are promises, whether or not they state figures."""
_SPRINT_CELLS = ("goal", "focus", "deliverables")
_PRESENT_ROW = re.compile(
    r"\W*(?:today|now|current(?:ly)?|baseline|start|as[- ]is|before|actual|present|heute|ist)\b(?:[ (]+[\w ,.]+)?\W*", re.I
)
_PART = re.compile(r"\W*(?:layers?|modules?|components?|packages?|services?|files?|apps?|directory|folder|team)\W*", re.I)
_BY_PART = re.compile(r"\b(?:by|per) (?:layer|module|component|package|service|file|app|directory|folder|team)\b", re.I)


def row_candidates(placed: Placed, written: date | None = None) -> Iterator[Candidate]:
    """A table's rows as candidates; `written` is the day on which the page was, if it says so."""
    table = placed.block
    if placed.section is Section.ASIDE:
        return
    columns = columns_of(placed, written)
    if promises_nothing(table, columns):
        return
    if columns.measured:
        yield from _measured_rows(columns, placed)
        return
    above = ""
    for line, row in table.rows:
        owner = columns.cell("owner", row)
        days = tuple(columns.cell(kind, row) for kind in ("ends", "sprint", "dates"))
        name = columns.cell("metric", row)
        above = above if _OF_WHICH.match(name) else name
        for candidate in _row(columns, line, row, placed):
            subject = above if _OF_WHICH.match(name) else candidate.subject
            named = "" if _EMPTY.match(owner) else re.sub(r"\s*\(.*", "", owner).lstrip("@") or owner
            yield msgspec.structs.replace(candidate, owner=named, due=days, subject=subject)


def _row(columns: Columns, line: int, row: tuple[str, ...], placed: Placed) -> Iterator[Candidate]:
    if columns.states_metrics:
        yield from _metric_row(columns, line, row, placed)
    elif columns.lists_sprints:
        yield from _sprint_row(columns, line, row, placed)
    elif columns.criteria is not None:
        yield from _cells_row(columns, line, row, placed)
    elif placed.section in (Section.METRICS, Section.GOALS) or (placed.label and placed.section is not Section.PRESENT):
        yield from _plain_row(columns, line, row, placed)
    elif placed.section is not Section.PRESENT:
        yield from _cells_row(columns, line, row, placed)


def _measured_rows(columns: Columns, placed: Placed) -> Iterator[Candidate]:
    """A row a sprint and a column a measure; a row named `today` or `start` says how things stand."""
    header = placed.block.header
    stood: tuple[str, ...] = ()
    for line, row in placed.block.rows:
        name = row[0].strip() if row else ""
        if _PRESENT_ROW.fullmatch(name):
            stood = row
            continue
        for index in columns.measured:
            goal, mark = take_mark(row[index] if index < len(row) else "")
            if goal and not _EMPTY.match(goal):
                yield Candidate(
                    f"{header[index]}: {goal}",
                    line,
                    Strength.METRIC,
                    header[index],
                    goal,
                    stood[index] if index < len(stood) else "",
                    f"({unit})" if (unit := unit_of(header, index)) else "",
                    _first(cell_mark(columns.cell("status", row)), mark),
                    columns.sprint_label(row) or cell_label(name) or placed.label,
                    name,
                    placed.heading,
                    due=(columns.cell("ends", row),),
                )


def _metric_row(columns: Columns, line: int, row: tuple[str, ...], placed: Placed) -> Iterator[Candidate]:
    name, mark = take_mark(columns.cell("metric", row).replace("\n", " "))
    if not name or _EMPTY.match(name) or (columns.by_sprint and TIME_ROW.fullmatch(name)):
        return
    status = cell_mark(columns.cell("status", row))
    when = _when(columns, row)
    base = columns.cell("baseline", row)
    category = columns.cell("category", row) or placed.heading
    is_number = bool(_ONLY_NUMBER.fullmatch(name)) and not candidates(name)
    for index, label, said in _goals(columns, row):
        goal, goal_mark = take_mark(operator_of(columns.cell("operator", row)) + said.replace("\n", "; "))
        if is_side_label(name, among_metrics=True) and not states_figure(goal):
            continue  # `Sign-off: team lead`
        several = tuple(_told(goal)) if "\n" in said else ()
        if len(several) > 1 and sum(_is_of_its_own(text, name) for text, _ in several) * 2 >= len(several):
            yield from _lines(several, columns, line, row, placed)
            continue
        is_empty = bool(_EMPTY.match(goal)) and goal.lower() != "none"
        if is_empty and columns.by_sprint:
            continue
        unit = columns.cell("unit", row) or unit_of(placed.block.header, index)
        base = thousands(base, goal) or stood_beside(columns, row, f"{name} {goal}")
        yield Candidate(
            text=name if is_empty else goal if is_number else f"{name}: {goal}",
            goal_text="" if is_empty or is_number else goal,
            mark=_first(status, mark, goal_mark),
            baseline_text="" if _EMPTY.match(base) else base,
            unit_text=f"({unit})" if unit else "",
            label=label or _label_of(columns, row, placed),
            when=f"{when} {goal} {name}",
            category=category,
            line=line,
            strength=Strength.METRIC,
            whole=label is None and bool(columns.by_sprint),
            name="" if is_number else name,
            part=bool(_PART.fullmatch(placed.block.header[columns.at["metric"]]) or _BY_PART.search(placed.heading)),
        )


def _is_of_its_own(text: str, name: str) -> bool:
    """Whether a line in a cell promises something measurable that the row's name does not speak of."""
    return states_figure(text) and not set(candidates(text)[:1]) <= set(candidates(name))


def _lines(
    several: tuple[tuple[str, bool | None], ...], columns: Columns, line: int, row: tuple[str, ...], placed: Placed
) -> Iterator[Candidate]:
    """A gate's cell that lists what must be true there, a promise a line."""
    for text, mark in several:
        yield Candidate(
            text,
            line,
            Strength.METRIC,
            mark=_first(cell_mark(columns.cell("status", row)), mark),
            label=_label_of(columns, row, placed),
            when=f"{_when(columns, row)} {text}",
            category=columns.cell("category", row) or placed.heading,
        )


def _when(columns: Columns, row: tuple[str, ...]) -> str:
    """All that the row says of when."""
    return " ".join(columns.cell(kind, row) for kind in ("sprint", "dates", "weeks", "ends"))


def _label_of(columns: Columns, row: tuple[str, ...], placed: Placed) -> Label | None:
    """The sprint that the row names, else the one that the table stands in."""
    own = columns.sprint_label(row) or _sprint_cell(columns, row, placed.block.header)
    return own or cell_label(_when(columns, row)) or placed.label


def _sprint_cell(columns: Columns, row: tuple[str, ...], header: tuple[str, ...]) -> Label | None:
    """`A` in a column headed `Sprint` is Sprint A."""
    cell = columns.cell("sprint", row)
    return label_at_start(f"{header[columns.at['sprint']]} {cell}") if 0 < len(cell) <= 4 else None


def _goals(columns: Columns, row: tuple[str, ...]) -> Iterator[tuple[int, Label | None, str]]:
    if columns.by_sprint:
        for index, label in columns.by_sprint:
            yield index, label, row[index] if index < len(row) else ""
        if columns.cell("goal", row):
            yield columns.at["goal"], None, columns.cell("goal", row)
    else:
        yield columns.at["goal"], columns.goal_label, columns.cell("goal", row)


def _first(*marks: bool | None) -> bool | None:
    return next((mark for mark in marks if mark is not None), None)


def _sprint_row(columns: Columns, line: int, row: tuple[str, ...], placed: Placed) -> Iterator[Candidate]:
    """A row that is a sprint: its goal's cell may list promises."""
    label = columns.sprint_label(row) or cell_label(columns.sprint_cell(row))
    goal = placed.block.header[columns.at["goal"]] if "goal" in columns.at else ""
    status = cell_mark(columns.cell("status", row))
    subject = columns.cell("focus", row)
    is_criterion = bool(re.search(r"\b(?:criteri(?:a|on)|acceptance|exit|metrics?|kpis?|done)\b", goal, re.I))
    cells = [(kind, Strength.METRIC if kind == "goal" else Strength.WORK, columns.cell(kind, row)) for kind in _SPRINT_CELLS]
    known = {index for kind, index in columns.at.items() if kind != "side"}
    others = [index for index in columns.promising if index not in known and index < len(row)]
    cells += [("goal", Strength.METRIC, row[index]) for index in others]
    for kind, strength, cell in cells:
        told = tuple(_told(cell))
        base = columns.cell("baseline", row) if kind == "goal" and len(told) == 1 else ""
        for text, mark in told:
            if kind == "goal" and not candidates(text) and candidates(subject) and states_figure(text):
                text = f"{subject}: {text}"  # `Coverage` beside `≥ 70 % of lines`
            yield Candidate(
                text,
                line,
                strength,
                baseline_text=base,
                mark=_first(status, mark),
                label=label,
                when=text,
                category=placed.heading,
                prose=not (is_criterion and kind == "goal"),
            )


def _cells_row(columns: Columns, line: int, row: tuple[str, ...], placed: Placed) -> Iterator[Candidate]:
    """A row whose cells may promise: that under `Success metric`, which says what its work must come to, else each of a column
    of promises.
    """
    when = _when(columns, row)
    is_criterion = columns.criteria is not None
    is_pledge = "goal" in columns.at and bool(_PLEDGE.search(placed.block.header[columns.at["goal"]]))
    action = action_column(placed, columns)
    indexes = columns.promising if columns.criteria is None else (columns.criteria,)
    for index in dict.fromkeys((*indexes, *(() if action is None else (action,)))):
        for text, mark in _told(row[index] if index < len(row) else ""):
            if not is_criterion and surely_stands(text):
                continue
            yield Candidate(
                text,
                line,
                Strength.METRIC,
                baseline_text=columns.cell("baseline", row),
                mark=_first(cell_mark(columns.cell("status", row)), mark),
                label=_label_of(columns, row, placed),
                when=f"{when} {text}",
                category=columns.cell("category", row) or placed.heading,
                prose=not (is_criterion and states_figure(text)) and not (is_pledge and index == columns.at.get("goal")),
                agreed=index == action,
            )


def _told(cell: str) -> Iterator[tuple[str, bool | None]]:
    """What a cell lists, each with its tick."""
    for piece in re.split(r"\n|;\s|•", cell):
        text, mark = take_mark(piece)
        if text and not _EMPTY.match(text):
            yield text, mark


def _plain_row(columns: Columns, line: int, row: tuple[str, ...], placed: Placed) -> Iterator[Candidate]:
    """A row with no column of targets: its longest cell that is no side matter is the promise."""
    sides = {columns.at[kind] for kind in ("side", "owner", "status", "sprint", "unit") if kind in columns.at}
    cells = [cell for index, cell in enumerate(row) if index not in sides]
    if not cells:
        return
    text, mark = take_mark((columns.cell("metric", row) or max(cells, key=len)).replace("\n", " "))
    status = cell_mark(columns.cell("status", row))
    when = columns.cell("sprint", row)
    is_result = "metric" in columns.at and re.fullmatch(
        r"\W*(?:key results?|krs?)\W*", placed.block.header[columns.at["metric"]], re.I
    )
    strength = Strength.METRIC if placed.section is Section.METRICS or is_result else Strength.WORK
    if not states_figure(text) and sum(map(states_figure, cells)) > 1:
        return  # figures of which nothing says what they are: told as not read
    if text:
        yield Candidate(
            text,
            line,
            strength,
            baseline_text=columns.cell("baseline", row),
            mark=_first(status, mark),
            label=columns.sprint_label(row) or cell_label(when) or placed.label,
            when=f"{when} {text}",
            category=columns.cell("category", row) or placed.heading,
            prose=strength is Strength.WORK,
        )
