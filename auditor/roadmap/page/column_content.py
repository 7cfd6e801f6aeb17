"""What a table's column holds, by what stands in its cells: figures, changes, ticks, sprints, promises."""

import re
from itertools import pairwise

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.dates import Span, read_span
from auditor.roadmap.calendar.labels import label_at_start, labels_in
from auditor.roadmap.page.blocks import Block
from auditor.roadmap.promise.mood import stands
from auditor.roadmap.promise.quantity import quantities
from auditor.roadmap.promise.reading import states_figure
from auditor.roadmap.promise.wording import normalise

_CHANGE_CELL = re.compile(r"~?\d[\d.,]*[^\d]{0,20}(?:→|->|➜|⇒|➔|\bto\b)[^\d]{0,12}\d", re.I)
"""`52 % → 75 %`: how things stand and what they shall be in one cell."""
_CRITERION = re.compile(
    r"(?:(?:success|exit|acceptance|completion|done) )?(?:metrics?|criteri(?:a|on)|kpis?|indicators?|measures?)|"
    r"measures? of success|definition of done|dod|"
    r"(?:how )?we(?:'ll| will)? know(?: .*)?|(?:done|success(?:ful)?|we(?:'ll| will)? (?:win|succeed)) (?:when|if)\W*",
    re.I,
)
_FIGURE_WORDS = frozenset(
    "most least max min maximum minimum not more less than fewer under below above over exactly none zero per cent percent "
    "days day hours hour minutes weeks seconds points lines keine null höchstens mindestens now today was and".split()
)
_PROMISES = re.compile(
    r"[<>≤≥=→]|\b(?:all|every|each|zero|no|none|at (?:least|most)|under|below|above|fewer than|less than|"
    r"more than|from .+ to|down to|up to|max|min|\d[\d.,]* ?%)(?!\w)",
    re.I,
)


def only_numbers(table: Block, index: int) -> bool:
    """Whether the column but numbers its rows: `1.1`, `KR2`, beside the column that names them."""
    cells = [cell_of(row, index) for _, row in table.rows]
    return bool(cells) and all(re.fullmatch(r"(?:[A-Z]{1,3}|#)?[ -]?\d+(?:\.\d+)*", cell) for cell in cells)


def sprint_column(at: dict[str, int], table: Block) -> int | None:
    """The column in which every cell begins with a sprint's name, whatever it is headed: `Week 1 target`."""
    figures = {at[kind] for kind in ("metric", "goal", "baseline") if kind in at}
    for index in set(range(1, len(table.header))) - figures if "goal" in at else ():
        labels = [label_at_start(cell_of(row, index)) for _, row in table.rows]
        if labels and all(label is not None and not label.refers for label in labels):
            return index
    return None


def criteria_column(at: dict[str, int], table: Block) -> int | None:
    """The column headed `Success metric` or the like in which most cells state a figure."""
    for index, header in enumerate(table.header):
        if not {"baseline", "goal"} <= at.keys() and _CRITERION.fullmatch(header.strip(" *:")):
            figures = sum(
                bool(re.search(r"\d|\b(?:zero|no|all|every|each)\b", cell_of(row, index), re.I)) for _, row in table.rows
            )
            return index if figures * 2 > len(table.rows) else None
    return None


def is_dated(table: Block, index: int) -> bool:
    """Whether most cells of the column state a date."""
    return sum(read_span(cell_of(row, index), 2000) != Span() for _, row in table.rows) * 2 > len(table.rows)


def find_changes(at: dict[str, int], table: Block) -> None:
    """The column that says of most rows where from and where to is that of the targets, whatever it is headed."""
    for index in range(len(table.header)):
        changes = sum(bool(_CHANGE_CELL.search(cell_of(row, index))) for _, row in table.rows)
        if changes * 2 > len(table.rows) and index and at.get("metric") != index and at.get("focus") != index:
            for kind in [kind for kind, place in at.items() if place == index]:
                del at[kind]
            at["goal"] = index
            return


def find_start(at: dict[str, int], table: Block, first: int) -> None:
    """Before the columns of the sprints the one other column of figures says where they start from: `End of 2025`."""
    free = set(range(1, first)) - set(at.values())
    starts = [i for i in free if table.rows and all(re.match(r"~?[\d.,]*\d", cell_of(row, i)) for _, row in table.rows)]
    if "baseline" not in at and len(starts) == 1:
        at["baseline"] = starts[0]


def find_baseline(at: dict[str, int], table: Block) -> None:
    """Beside a column of targets in per cent the one other column of such figures is how things stand (`Coverage`)."""
    if "goal" not in at or "baseline" in at:
        return
    taken = set(at.values())
    figures = [
        index
        for index in range(len(table.header))
        if index not in taken and holds_figures(table, index) and all(map(_is_figure, filled(table, index)))
    ]
    if len(figures) == 1:
        at["baseline"] = figures[0]


def cell_of(row: tuple[str, ...], index: int) -> str:
    """The row's cell at that place, empty where the row is shorter."""
    return row[index].strip() if index < len(row) else ""


def filled(table: Block, index: int) -> list[str]:
    """The column's cells that say something."""
    return [cell for _, row in table.rows if (cell := cell_of(row, index)).strip(" -–—")]


def holds_figures(table: Block, index: int) -> bool:
    """Whether most of the column's cells are a figure and hardly a word beside it: `at most 5`, `none`, `1.2 s`."""
    cells = filled(table, index)
    return bool(cells) and not _is_serial(cells) and sum(map(_is_figure, cells)) * 2 > len(cells)


def _is_serial(cells: list[str]) -> bool:
    """Whether the cells but count the rows: 1, 2, 3."""
    numbers = [int(cell.strip("§#. ")) for cell in cells if re.fullmatch(r"[§#]?\s?\d{1,3}\.?", cell)]
    return len(numbers) == len(cells) > 1 and all(two - one == 1 for one, two in pairwise(numbers))


def _is_figure(cell: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]{3,}", cell) if word.lower() not in _FIGURE_WORDS]
    is_time = read_span(cell, 2000) != Span() or label_at_start(cell) is not None
    return len(words) <= 1 and not is_time and not candidates(cell) and states_figure(cell)


def holds_labels(table: Block, index: int) -> bool:
    """Whether every cell names a sprint and says no more: `Release 4.0`."""
    labels = [(cell, labels_in(cell)) for cell in filled(table, index)]
    return bool(labels) and all(found and len(cell) - (found[0].end - found[0].start) < 4 for cell, found in labels)


def holds_promises(table: Block, index: int) -> bool:
    """Whether most cells say of something measurable how much of it there shall be: `Incidents per month ≤ 3 (was 11)`."""
    cells = filled(table, index)
    told = sum(bool(candidates(cell)) and bool(_PROMISES.search(cell)) and not stands(cell) for cell in cells)
    return bool(cells) and told * 2 > len(cells)


def settle_figures(at: dict[str, int], table: Block, goals: list[int]) -> None:
    """Where headings say too little or mislead, the cells decide which columns hold the targets and the baselines."""
    if "goal" in at and holds_labels(table, at["goal"]):
        if "sprint" in at and "dates" not in at and is_dated(table, at["sprint"]):
            at["dates"] = at.pop("sprint")  # `Gate` beside `Date`
        at.setdefault("sprint", at.pop("goal"))
        others = [index for index in goals if index not in at.values() and holds_figures(table, index)]
        if others:
            at["goal"] = others[0]
    others = [index for index in goals if index not in at.values() and holds_figures(table, index)]
    if "goal" in at and others and not holds_figures(table, at["goal"]) and not holds_promises(table, at["goal"]):
        at.setdefault("category", at["goal"])
        at["goal"] = others[0]
    if "goal" in at and "metric" not in at and _is_value(at, table) and not holds_figures(table, at["goal"]):
        at["metric"], at["goal"] = at["goal"], at.pop("baseline")  # `Target` names what the column `Value` bounds
    if "goal" not in at and "metric" in at and holds_figures(table, at["metric"]):
        at["goal"] = at.pop("metric")
    if "goal" in at:
        return
    free = [index for index in range(1, len(table.header)) if index not in at.values() and holds_figures(table, index)]
    if "baseline" in at and len(free) == 1:
        at["goal"] = free[0]
    elif "baseline" not in at and len(free) == 2:
        leads = 1 if _follow(table.header[free[0]], table.header[free[1]]) else _leads(table, *free)
        if leads:
            at["baseline"], at["goal"] = free[::leads]


def _is_value(at: dict[str, int], table: Block) -> bool:
    """Whether what passes for a baseline is headed by no more than `Value`, and holds figures."""
    header = table.header[at["baseline"]].strip(" *:") if "baseline" in at else ""
    return re.fullmatch(r"values?|figures?|levels?|wert", header, re.I) is not None and holds_figures(table, at["baseline"])


def _leads(table: Block, one: int, two: int) -> int:
    """1 where what the rows name gets better from one column to the other, -1 where worse, 0 where they do not agree."""
    votes = []
    for _, row in table.rows:
        named = next((found[0] for cell in row if (found := candidates(cell))), None)
        first, second = (quantities(normalise(cell_of(row, index))) for index in (one, two))
        if named and first and second and first[0].value != second[0].value:
            votes.append(1 if (second[0].value > first[0].value) == (named.better == "higher") else -1)
    return votes[0] if len(votes) * 2 > len(table.rows) and len(set(votes)) == 1 else 0


def _follow(one: str, two: str) -> bool:
    """Whether both headings are days and the second is the later."""
    first, second = read_span(one, 2000), read_span(two, 2000)
    return bool(first.starts and second.starts and first.starts < second.starts)


def measured_columns(table: Block) -> tuple[int, ...]:
    """The columns of figures that are headed by a measure's name, beside a first column of sprints: `Line coverage`."""
    return tuple(
        index for index in range(1, len(table.header)) if candidates(table.header[index]) and holds_figures(table, index)
    )


def promising_columns(at: dict[str, int], table: Block) -> tuple[int, ...]:
    """The columns of promises, whatever they are headed: `Measured by`, `What will be true at its end`."""
    work = {at[kind] for kind in ("sprint", "focus", "deliverables", "baseline", "status") if kind in at}
    return tuple(index for index in range(len(table.header)) if index not in work and holds_promises(table, index))


def dated_names(at: dict[str, int], table: Block) -> bool:
    """Whether the first column names a stretch a row, whatever it calls it, and another says from when to when: `Step 1`."""
    names = filled(table, 0)
    is_named = len(names) == len(table.rows) > 1 and len(set(names)) == len(names) and not any(candidates(name) for name in names)
    spans = [
        [read_span(cell_of(row, index), 2000) for _, row in table.rows]
        for index in range(1, len(table.header))
        if index not in {at[kind] for kind in ("goal", "baseline", "metric") if kind in at}
    ]
    return is_named and any(all(span.starts and span.ends for span in column) for column in spans)


def find_metric(at: dict[str, int], table: Block) -> None:
    """Where the column of names names nothing measurable, the one other that does is it: `Action` beside `Measured by`."""
    if "metric" in at and any(candidates(cell) for cell in filled(table, at["metric"])):
        return
    taken = {place for kind, place in at.items() if kind not in ("side", "focus", "deliverables", "category")}
    others = [index for index in range(len(table.header)) if index not in taken and _names_measures(table, index)]
    if len(others) == 1:
        at.update({"category": at["metric"]} if "metric" in at else {}, metric=others[0])


def _names_measures(table: Block, index: int) -> bool:
    cells = filled(table, index)
    return sum(bool(candidates(cell)) for cell in cells) * 2 > len(cells)
