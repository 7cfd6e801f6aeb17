"""What the cells of a column are, whatever it is headed: ticks, days, sprints, people, units, operators, figures."""

import re
from collections.abc import Callable, Sequence

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.dates import Span, read_span, strip_dates
from auditor.roadmap.calendar.labels import Label, label_at_start, labels_in, period_at_start
from auditor.roadmap.page.blocks import Block
from auditor.roadmap.page.column_content import filled, holds_figures
from auditor.roadmap.page.column_kinds import kind_of
from auditor.roadmap.page.marks import cell_mark
from auditor.roadmap.promise.quantity import unit_named
from auditor.roadmap.promise.reading import states_figure

_ONE = r"(?:[A-ZÄÖÜ][\w'’.-]{0,15}|de|van|von|der|la)"
_PERSON = re.compile(rf"@[\w-]{{2,30}}|[A-ZÄÖÜ][a-zà-ÿ'’.-]{{1,15}}(?: {_ONE}){{0,2}}|[A-Z]\. {_ONE}")
_PEOPLE = re.compile(r"\s*(?:,|&|/|\+|\band\b|\bund\b)\s*")
_NO_PERSON = re.compile(
    r"(?:high|medium|low|critical|must|should|could|mandatory|optional|stretch|major|minor|small|large|none|yes|no|new|all|both|"
    r"weekly|daily|monthly|quarterly|hourly|ongoing|continuous)\b",
    re.I,
)
_DIGIT = re.compile(r"\d")
_OPERATOR = re.compile(
    r"[<>=≤≥]{1,2}|at (?:least|most)|min\.?|max\.?|minimum|maximum|under|below|over|above|exactly|no (?:more|less|fewer) than|"
    r"is (?:less|lower|greater|higher|more|worse) than",
    re.I,
)


def sense_of(table: Block, index: int) -> str:
    """`status`, `days`, `sprint`, `owner`, `unit`, `operator` or `figures`, where that is what its cells are; else empty."""
    cells = filled(table, index)
    if not cells:
        return ""
    in_digits = sum(map(bool, map(_DIGIT.search, cells))) * 2 > len(cells)
    otherwise = "figures" if in_digits and holds_figures(table, index) else ""
    return next((sense for sense, is_so in _SENSES if is_so(cells)), otherwise)


def _all(is_one: Callable[[str], bool]) -> Callable[[Sequence[str]], bool]:
    return lambda cells: all(map(is_one, cells))


def _is_mark(cell: str) -> bool:
    return len(cell) <= 16 and cell_mark(cell) is not None and not states_figure(cell)


def _is_day(cell: str) -> bool:
    return read_span(cell, 2000) != Span() and not strip_dates(cell).strip(" .,–-()") and label_at_start(cell) is None


def _is_sprint(cell: str) -> bool:
    label = label_at_start(cell)
    return label is not None and not label.refers and len(cell) - label.end <= 3


def _is_people(cell: str) -> bool:
    names = _PEOPLE.split(cell)
    return all(_PERSON.fullmatch(name) and not _is_word(name) for name in names)


def _is_word(name: str) -> bool:
    """Whether the name of somebody is something else: a measure's, a month's, a sprint's, a priority's."""
    known = candidates(name) or period_at_start(name) or labels_in(name) or _NO_PERSON.match(name)
    return bool(known) or cell_mark(name) is not None


_SENSES: tuple[tuple[str, Callable[[Sequence[str]], bool]], ...] = (
    ("operator", _all(lambda cell: _OPERATOR.fullmatch(cell) is not None)),
    ("status", _all(_is_mark)),
    ("days", _all(_is_day)),
    ("sprint", _all(_is_sprint)),
    ("unit", _all(lambda cell: unit_named(cell) != "" or cell.lower() == "count")),
    ("owner", _all(_is_people)),
)
_REFUTES = {
    "operator": {"", "goal", "baseline", "metric", "side", "category", "sprint"},
    "status": {"", "goal", "metric", "category", "side", "focus", "sprint"},
    "days": {"", "goal", "baseline", "metric", "category", "status", "owner"},
    "sprint": {"", "goal", "metric", "category", "status", "owner", "focus", "side"},
    "unit": {"", "goal", "baseline", "metric", "category"},
    "owner": {"", "goal", "baseline"},
    "figures": {"owner", "status", "category", "deliverables", "operator"},
}
"""The kinds that a heading may name and such cells are not."""


def kinds_in(table: Block) -> tuple[tuple[str, Label | None], ...]:
    """The kind of every column, and the sprint that its heading names: what headings say, unless the cells are something else."""
    told = [kind_of(header) for header in table.header]
    senses = [sense_of(table, index) for index in range(len(told))]
    if senses.count("days") == 2 and senses.index("days"):  # `From` and `To` of a sprint
        for index, kind in zip((i for i, sense in enumerate(senses) if sense == "days"), ("starts", "ends"), strict=True):
            told[index] = (kind, None) if told[index][0] in ("", "goal", "baseline") else told[index]
    for index, (kind, label) in enumerate(told):
        sense = senses[index]
        is_free = label is None and (index or kind or sense == "status")
        is_by = sense == "owner" and kind == "sprint" and table.header[index].strip(" *:").lower() == "by"
        if not is_free or not (is_by or kind in _REFUTES.get(sense, ())):
            continue
        is_named = any(kind == "sprint" for place, (kind, _) in enumerate(told) if place != index)
        means = {"figures": "", "days": "ends" if is_named else "sprint"}.get(sense, sense)
        if not any(other == means for place, (other, _) in enumerate(told) if place != index and other):
            told[index] = (means, None)
    return tuple(_names_and_figures(table, told, senses))


def _names_and_figures(table: Block, told: list[tuple[str, Label | None]], senses: list[str]) -> list[tuple[str, Label | None]]:
    """`SLO` over names and `Objective` over figures: each is what its cells say."""
    kinds = [kind if label is None else "" for kind, label in told]
    names, figures = (kinds.index(kind) if kinds.count(kind) == 1 else -1 for kind in ("goal", "metric"))
    if names < 0 or any(map(states_figure, filled(table, names)[:1])):
        return told
    free = [kind for kind, sense in zip(kinds, senses, strict=True) if sense == "figures" and not kind]
    if figures >= 0 and senses[figures] == "figures":
        told[names], told[figures] = ("metric", None), ("goal", None)
    elif "metric" not in kinds and len(free) > 1:
        told[names] = ("metric", None)  # `Promise` over names, beside what they are and shall be
    return told


def operator_of(cell: str) -> str:
    """What a cell of operators puts before the figure beside it: `at most `, `>= `; empty if it is none."""
    bare = cell.strip().lower()
    if re.fullmatch(r"[<>=≤≥]{1,2}", bare):
        return f"{bare} "
    if failing := re.fullmatch(r"is (?:less|lower|(greater|higher|more|worse)) than", bare):
        return "at most " if failing[1] else "at least "  # a quality gate's condition says when it fails
    if re.match(r"at least|at most|min|max|under|below|over|above|exactly|no more|no less", bare):
        return f"{bare} "
    return ""


def unit_of(header: Sequence[str], index: int) -> str:
    """The unit in brackets at the end of that heading."""
    found = re.search(r"[(\[](?:in )?([^()\[\]]{1,16})[)\]]\s*\Z", header[index].strip())
    return found[1] if found else ""
