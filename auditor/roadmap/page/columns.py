"""A table's columns by their headings and cells: metrics, baselines, targets, sprints, status; and what may be left aside."""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from auditor.roadmap.calendar.dates import strip_dates
from auditor.roadmap.calendar.labels import Label, label_at_start, version_at_start
from auditor.roadmap.page.blocks import Block
from auditor.roadmap.page.column_cells import kinds_in
from auditor.roadmap.page.column_content import (
    cell_of,
    criteria_column,
    dated_names,
    filled,
    find_baseline,
    find_changes,
    find_metric,
    find_start,
    holds_figures,
    holds_promises,
    is_dated,
    measured_columns,
    only_numbers,
    promising_columns,
    settle_figures,
    sprint_column,
)
from auditor.roadmap.page.marks import cell_mark

TIME_ROW = re.compile(r"\W*(?:dates?|period|when|weeks?|timeline|duration|time ?frame|from|until|zeitraum)\W*", re.I)
"""The name of a row that dates the sprints which the other columns are headed by."""
_NAME_CELL = re.compile(r"[A-Za-z0-9][\w.-]{3,14}(?: [\w.-]{1,8})?(?<=\d)|[A-Z]\d{1,2}")
_PLAIN_NAME = re.compile(r"[A-Z][a-zä-ü]{2,}(?: [A-Za-z][a-zä-ü]+){0,2}")
_NO_NAME = re.compile(r"(?:all|every|any|each|none|tbd|tba|ongoing|continuous|backlog|later|done|open|total|overall)\b.*", re.I)
_SURE_GOAL = re.compile(r"\b(?:target|threshold|goal|soll|ziel)\b", re.I)
_STANDS = re.compile(r"\b(?:today|now|currently|current|actual|at present|so far|heute|aktuell)\b", re.I)
_METRIC = re.compile(r"\W*(?:metrics?|kpis?|key results?|indicators?|measures?)\W*", re.I)
_ACTION = re.compile(r"\W*measures?\W*", re.I)
"""What is done where another column says what it is measured by."""
_TEAM = re.compile(r"(?:team|squad|guild|tribe|chapter|crew|department)s?", re.I)
"""The heading of a column of those who answer for each row, where none is of owners."""
_VERSION = re.compile(r"\W*versions?\W*", re.I)
_ON_A_DAY = re.compile(
    r"\A(?:by|until|till|on|at|due|(?:goal|target|aim)s?)\b(?: (?:by|for|on))?:?\s+(?=[\w ,.]*\d)|\s+(?:goal|target)\Z", re.I
)
_WEEKS_CELL = re.compile(r"(?:w(?:eeks?)?\.?\s*)?\d{1,2}(?:\s*(?:[-–—]|to|bis)\s*\d{1,2})?", re.I)


class Columns(msgspec.Struct, frozen=True):
    """Which column holds what: kind → index; `by_sprint` are columns of targets headed by a sprint's name."""

    at: dict[str, int]
    by_sprint: tuple[tuple[int, Label], ...] = ()
    goal_label: Label | None = None
    criteria: int | None = None
    """The column of a table of work that says what each must come to: `Success metric`."""
    sprint_word: str = ""
    """`Sprint` where a column headed so may only number its sprints."""
    names_sprints: bool = False
    """Whether that column is headed by nothing but that word: then a cell such as `Listen` names one."""
    promising: tuple[int, ...] = ()
    """Columns of no known kind in most of whose cells something measurable is promised."""
    by_days: bool = False
    """Whether the column of sprints counts days: `31–60`."""
    measured: tuple[int, ...] = ()
    """Columns headed by a measure's name whose cells hold what each row's sprint is to reach."""

    def cell(self, kind: str, row: tuple[str, ...]) -> str:
        """The row's cell of that kind, empty where there is none."""
        index = self.at.get(kind, -1)
        return row[index].strip() if 0 <= index < len(row) else ""

    def sprint_cell(self, row: tuple[str, ...]) -> str:
        """What names the row's sprint; `3-4` in a column headed `Weeks` is `Weeks 3-4`."""
        cell = self.cell("sprint", row)
        if self.at.get("sprint") == self.at.get("weeks") and cell[:1].isdigit():
            return f"{'Week' if cell.isdigit() else 'Weeks'} {cell}"
        if self.by_days and re.match(r"\d", cell):
            return f"Days {cell}"
        return f"{self.sprint_word} {cell}" if self.sprint_word and re.match(r"#?\d{1,3}\s*(?:[(:]|\Z)", cell) else cell

    def sprint_label(self, row: tuple[str, ...]) -> Label | None:
        """The sprint of the row; in a column headed `Sprint` any short cell names one: `2026-S07`."""
        cell = self.sprint_cell(row)
        label = label_at_start(cell) or (version_at_start(cell) if self.sprint_word else None)
        if label is None and self.sprint_word and _NAME_CELL.fullmatch(cell) and strip_dates(cell) == cell:
            return Label(f"{self.sprint_word.lower()}:{cell.lower()}", cell, 0, len(cell))
        names = self.names_sprints and (self.sprint_word == "Stretch" or _PLAIN_NAME.fullmatch(cell))
        if label is None and names and cell and not _NO_NAME.fullmatch(cell):
            return Label(f"{self.sprint_word.lower()}:{cell.lower()}", cell, 0, len(cell))
        return label

    @property
    def states_metrics(self) -> bool:
        """Whether the rows state metrics with targets, rather than sprints, tasks or risks."""
        return bool("metric" in self.at and ("goal" in self.at or self.by_sprint))

    @property
    def lists_sprints(self) -> bool:
        """Whether each row is a sprint."""
        return self.at.get("sprint") == 0 and "metric" not in self.at


@lru_cache(maxsize=64)  # asked several times of each table
def read_columns(table: Block) -> Columns:
    """The columns of a table by its header and its cells."""
    at: dict[str, int] = {}
    by_sprint: list[tuple[int, Label]] = []
    goals: list[int] = []
    names_all = False
    told = kinds_in(table)
    for index, cell in enumerate(table.header):
        kind, label = ("sprint", None) if not index and _VERSION.fullmatch(cell) else told[index]
        if kind == "goal" and _STANDS.search(cell) and any(other == "goal" for other, _ in told[index + 1 :]):
            kind = "baseline"  # `SLO today` beside `SLO at year end`
        if kind == "goal":
            goals.append(index)
            if "goal" in at and _SURE_GOAL.search(cell) and not _SURE_GOAL.search(table.header[at["goal"]]):
                del at["goal"]
        if label and kind in ("", "goal"):
            by_sprint.append((index, label))
        elif kind == "sprint" and "sprint" in at:
            days, names = (at["sprint"], index) if _only_days(table, at["sprint"]) else (index, at["sprint"])
            at.setdefault("dates", days)
            at["sprint"] = names
        elif kind and (kind not in at or (kind == "metric" and only_numbers(table, at["metric"]))):
            at[kind] = index
    if len(by_sprint) == 1 and "baseline" not in at and by_sprint[0][0] not in goals and by_sprint[0][0] < max(goals, default=0):
        at["baseline"] = by_sprint.pop()[0]  # `Oct 2026` before `Target` is how things stood
    if len(goals) > 1 and "metric" not in at and not by_sprint and not holds_promises(table, goals[0]):
        at["metric"], at["goal"] = goals[:2]
    says_more = "goal" in at or by_sprint or ("metric" in at and not holds_promises(table, at["metric"]))
    if "sprint" not in at and not says_more and dated_names(at, table):
        at = {kind: index for kind, index in at.items() if index and kind != "metric"} | {"sprint": 0}
        names_all = True
    if "sprint" not in at and (named := sprint_column(at, table)) is not None:
        at["sprint"] = named
    if not by_sprint and "goal" not in at and "baseline" in at:
        by_sprint.extend(_dated_columns(at, table))
    _say_what_two_headings_mean(at, table, bool(by_sprint))
    if "goal" not in at and "baseline" not in at and not by_sprint:
        find_changes(at, table)
    if not by_sprint:
        settle_figures(at, table, goals)
    goal_label = None
    if len(by_sprint) == 1 and by_sprint[0][0] in goals:
        at["goal"], goal_label = by_sprint[0]
        by_sprint = []
    _name_metric(at, table, bool(by_sprint))
    if "goal" in at and ("metric" in at or "baseline" in at):
        find_metric(at, table)
    if by_sprint:
        find_start(at, table, by_sprint[0][0])
    else:
        find_baseline(at, table)
    measured = measured_columns(table) if at.get("sprint") == 0 and not {"metric", "goal", "baseline"} & at.keys() else ()
    if at.get("sprint") == 0 and "metric" not in at and "goal" not in at and not measured:
        _take_promises(at, table)
    if "owner" not in at and (teams := [index for index, cell in enumerate(table.header) if _TEAM.fullmatch(cell.strip(" *:"))]):
        at["owner"] = teams[0]
    word = "Stretch" if names_all else _sprint_word(at, table)
    alone = names_all or (bool(word) and re.fullmatch(rf"\W*{word}s?\W*", table.header[at["sprint"]], re.I) is not None)
    by_days = "sprint" in at and re.fullmatch(r"\W*days?\W*", table.header[at["sprint"]], re.I) is not None
    return Columns(
        at, tuple(by_sprint), goal_label, criteria_column(at, table), word, alone, promising_columns(at, table), by_days, measured
    )


def _dated_columns(at: dict[str, int], table: Block) -> Iterator[tuple[int, Label]]:
    """Columns of figures headed by nothing but a day, beside one of how things stand: `Today`, `By 31 December`."""
    for index, header in enumerate(table.header):
        name = _ON_A_DAY.sub("", header.strip(" *"))
        is_day = bool(name) and not re.search(r"\w", strip_dates(name))
        if is_day and index not in at.values() and holds_figures(table, index):
            yield index, Label(f"stretch:{name.lower()}", name, 0, len(name))


def _only_days(table: Block, index: int) -> bool:
    """Whether the column's cells are days and no sprint's names: beside one that names them it only says until when."""
    cells = filled(table, index)
    return bool(cells) and all(not strip_dates(cell).strip() and label_at_start(cell) is None for cell in cells)


def _take_promises(at: dict[str, int], table: Block) -> None:
    """In a table of sprints the column that states figures to be reached holds the targets."""
    for index in promising_columns(at, table)[:1]:
        for kind in [kind for kind, place in at.items() if place == index]:
            del at[kind]
        at["goal"] = index


def _sprint_word(at: dict[str, int], table: Block) -> str:
    header = table.header[at["sprint"]] if "sprint" in at else ""
    found = re.search(
        r"\b(sprint|milestone|phase|iteration|release|wave|stage|version|gate|step|etappe|schritt|"
        r"arbeitspaket|meilenstein)[sn]?\b",
        header,
        re.I,
    )
    return found[1].capitalize() if found else ""


def _say_what_two_headings_mean(at: dict[str, int], table: Block, by_sprint: bool) -> None:
    """Headings that say what they are only by their neighbours: `Start` beside `Target`, `Value` beside `Operator`."""
    says_goal = "goal" in at or by_sprint
    if "starts" in at and "ends" not in at and says_goal and ("sprint" not in at or not is_dated(table, at["starts"])):
        at["baseline"] = at.pop("starts")
    if (
        "goal" in at
        and "baseline" not in at
        and (
            _is(table, at, "status", r"(?:current|present) (?:state|status|value)")
            or ("status" in at and holds_figures(table, at["status"]))
        )
    ):
        unmarked = sum(cell_mark(cell_of(row, at["status"])) is None for _, row in table.rows)
        at["baseline" if unmarked * 2 > len(table.rows) else "status"] = at.pop("status")
    if {"goal", "metric"} <= at.keys() and holds_promises(table, at["metric"]) and not _says_how_much(table, at["goal"]):
        at["goal"], at["metric"] = at["metric"], at["goal"]  # `Gate` beside `What must hold`
    if "operator" in at and "goal" not in at and "baseline" in at and "metric" in at:
        at["goal"] = at.pop("baseline")
    if (
        _is(table, at, "goal", r"goals?|objectives?")
        and not holds_figures(table, at["goal"])
        and _is(table, at, "metric", r"key results?|krs?")
    ):
        at["category"] = at.pop("goal")
    if at.get("weeks") == 0 and "sprint" not in at and all(_WEEKS_CELL.fullmatch(cell_of(row, 0)) for _, row in table.rows):
        at["sprint"] = 0
    says_more = any(kind in at for kind in ("goal", "focus", "deliverables", "metric"))
    if at.get("weeks") == 0 and "sprint" not in at and "baseline" not in at and says_more:
        at["sprint"] = 0
    if at.get("sprint") == 0 and "metric" in at and not ("goal" in at or "baseline" in at or by_sprint):
        at["goal"] = at.pop("metric")  # each row is a sprint, with its metric in one cell: `Coverage ≥ 70 %`
    named = [i for i, cell in enumerate(table.header) if _METRIC.fullmatch(cell)]
    metric = next((i for i in named if not _ACTION.fullmatch(table.header[i])), next(iter(named), -1))
    if metric > at.get("metric", metric) and "category" not in at:
        at["category"], at["metric"] = at["metric"], metric  # `Objective` beside `Metric`
    objective = next((i for i, cell in enumerate(table.header) if re.fullmatch(r"\W*objectives?\W*", cell, re.I)), -1)
    if "goal" not in at and not by_sprint and objective > at.get("metric", objective):
        at["goal"] = objective


def _says_how_much(table: Block, index: int) -> bool:
    """Whether any cell of the column states a figure, or that it is all or none."""
    return any(re.search(r"\d|\b(?:all|every|each|no|none|zero|yes)\b", cell_of(row, index), re.I) for _, row in table.rows)


def _is(table: Block, at: dict[str, int], kind: str, words: str) -> bool:
    """Whether the column of that kind is headed by just these words."""
    return kind in at and re.fullmatch(words, table.header[at[kind]].strip(" *:"), re.I) is not None


def _name_metric(at: dict[str, int], table: Block, by_sprint: bool) -> None:
    """Without a column of names the names stand in the category's, or in the first that is nothing else."""
    if "metric" in at or not ("goal" in at or "baseline" in at or by_sprint):
        return
    if at.get("sprint") == 0 and "category" not in at and "baseline" not in at:
        return
    if "category" in at:
        at["metric"] = at.pop("category")
        return
    taken = set(at.values())
    free = [index for index in range(len(table.header)) if index not in taken]
    only_numbers = free and {kind for kind, place in at.items() if place < free[0]} <= {"side", "owner", "status"}
    if free and (only_numbers or not table.header[free[0]].strip()):
        at["metric"] = free[0]
    elif "focus" in at:
        at["metric"] = at.pop("focus")
    elif at.get("goal") == 0 and len(table.header) > 1:
        at["metric"] = at.pop("goal")
