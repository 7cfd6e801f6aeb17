"""A table's columns by their headings, and its rows as candidates: metrics, baselines, targets, sprints, status."""

import re
from collections.abc import Iterator

import msgspec

from auditor.roadmap.page.blocks import Block
from auditor.roadmap.page.candidate import Candidate, Strength
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.labels import Label, cell_label, label_at_start, labels_in
from auditor.roadmap.page.marks import cell_mark, take_mark
from auditor.roadmap.page.outline import Placed

_KINDS: tuple[tuple[str, str], ...] = (
    ("sprint", r"(?:target|due|goal|end|finish|delivery|completion|planned)? ?(?:dates?|sprints?|milestones?|phases?|iterations?|quarter|release)|when|by|due(?: by| in)?|"
     r"deadline|timeline|eta|until|(?:by|in|which) (?:when|sprint|phase|milestone)|delivered in|bis|wann"),
    ("weeks", r"weeks?|duration|time ?frame|length"),
    ("starts", r"starts?(?: date)?|begins?|from date"),
    ("ends", r"ends?(?: date)?|finish(?:es)?"),
    ("unit", r"units?"),
    ("operator", r"operator|direction|comparator|op\.?|comparison|rule"),
    ("status", r"(?:current )?(?:status|state)|done\??|progress|completed?\??|met\??|achieved\??|✓|✔|✅|☑|\[ ?x? ?\]|checked|erledigt"),
    ("side", r"owners?|notes?|source|how(?: .*)?|tool(?:s|ing)?|priority|effort|comments?|weight|evidence|trend|gap|risks?|leads?|team|measure(?:d|ment)(?: .*)?|"
     r"frequency|why|rationale|impact|#|id|no\.?|nr\.?|stretch(?: .*)?|warning|alert|reviewer|responsible|assignee|method|data source|delta|change|resources?|"
     r"improvement|reference|link|confidence|critical(?: threshold)?|dependenc(?:y|ies)|mitigation|likelihood"),
    ("goal", r".*\b(?:targets?|to[- ]be|desired|thresholds?|slo|aim|required|requirement|limit|expected|promised?|commitment|criteri(?:a|on)|acceptance|"
     r"after|ziel|should be|soll|goal value|we promise|end state|new)\b.*|goals?|to|budget"),
    ("baseline", r".*\b(?:current(?:ly)?|baseline|now|today|as[- ]is|before|starting(?: point)?|actual|status quo|initial|present|existing|previous|last|old|ist)\b.*|"
     r"from|start|value|measured|was"),
    ("focus", r"focus|theme|title|summary|deliverables?|scope|outcomes?|main goal|sprint goal|key deliverables|content|highlights|work|features?"),
    ("metric", r".*\b(?:metrics?|kpis?|measures?|indicators?|name|what|items?|key results?|kr|attribute|objectives?|kennzahl|aspect|topic|description|check|"
     r"subject|quality|question)\b.*"),
    ("category", r"category|areas?|dimension|pillar|group|type|domain|component|goal area|bereich"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _KINDS)
_EMPTY = re.compile(r"\A\W*(?:n/?a|tbd|tba|todo|unknown|none yet|not measured|\?+)?\W*\Z", re.I)


class Columns(msgspec.Struct, frozen=True):
    """Which column holds what: kind → index; `by_sprint` are columns of targets headed by a sprint's name."""

    at: dict[str, int]
    by_sprint: tuple[tuple[int, Label], ...] = ()
    goal_label: Label | None = None

    def cell(self, kind: str, row: tuple[str, ...]) -> str:
        """The row's cell of that kind, empty where there is none."""
        index = self.at.get(kind, -1)
        return row[index].strip() if 0 <= index < len(row) else ""

    @property
    def states_metrics(self) -> bool:
        """Whether the rows state metrics with targets, rather than sprints, tasks or risks."""
        return bool("metric" in self.at and ("goal" in self.at or self.by_sprint))

    @property
    def lists_sprints(self) -> bool:
        """Whether each row is a sprint."""
        return self.at.get("sprint") == 0 and "metric" not in self.at


def read_columns(table: Block) -> Columns:
    """The columns of a table by its header."""
    at: dict[str, int] = {}
    by_sprint: list[tuple[int, Label]] = []
    goals: list[int] = []
    for index, cell in enumerate(table.header):
        kind, label = _kind(cell)
        if kind == "goal":
            goals.append(index)
        if label and kind in ("", "goal"):
            by_sprint.append((index, label))
        elif kind and kind not in at:
            at[kind] = index
    if len(goals) > 1 and "metric" not in at and not by_sprint:
        at["metric"], at["goal"] = goals[:2]
    goal_label = None
    if len(by_sprint) == 1 and by_sprint[0][0] in goals:
        at["goal"], goal_label = by_sprint[0]
        by_sprint = []
    _name_metric(at, table, bool(by_sprint))
    return Columns(at, tuple(by_sprint), goal_label)


def _kind(header: str) -> tuple[str, Label | None]:
    text = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z", "", header).strip(" *:?").lower() or header.strip(" *").lower()
    label = label_at_start(header.strip(" *"))
    if label is not None and label.refers:
        label = None
    label = label or next(iter(labels_in(header)), None)
    if label and re.search(r"\b(?:actual|baseline|current|now|before)\b", header, re.I):
        return "baseline", None
    kind = next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(text)), "")
    if label and kind in ("", "goal", "sprint", "category", "metric"):
        return ("goal" if kind == "goal" else ""), label
    return kind, None


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
    if free and (free[0] == 0 or not table.header[free[0]].strip()):
        at["metric"] = free[0]
    elif "focus" in at:
        at["metric"] = at.pop("focus")
    elif at.get("goal") == 0 and len(table.header) > 1:
        at["metric"] = at.pop("goal")


def row_candidates(placed: Placed) -> Iterator[Candidate]:
    """A table's rows as candidates."""
    table, section = placed.block, placed.section
    if section is Section.ASIDE:
        return
    columns = read_columns(table)
    for line, row in table.rows:
        if columns.states_metrics:
            yield from _metric_row(columns, line, row, placed)
        elif columns.lists_sprints:
            yield from _sprint_row(columns, line, row, placed)
        elif section in (Section.METRICS, Section.GOALS) or (placed.label and section is not Section.PRESENT):
            yield from _plain_row(columns, line, row, placed)


def _metric_row(columns: Columns, line: int, row: tuple[str, ...], placed: Placed) -> Iterator[Candidate]:
    name, mark = take_mark(columns.cell("metric", row).replace("\n", " "))
    if not name or _EMPTY.match(name):
        return
    status = cell_mark(columns.cell("status", row))
    when = " ".join(columns.cell(kind, row) for kind in ("sprint", "weeks", "ends"))
    shared = {"line": line, "strength": Strength.METRIC, "name": name}
    base = columns.cell("baseline", row)
    category = columns.cell("category", row) or placed.heading
    for index, label, goal in _goals(columns, row):
        goal, goal_mark = take_mark(_operator(columns.cell("operator", row)) + goal.replace("\n", "; "))
        is_empty = bool(_EMPTY.match(goal)) and goal.lower() != "none"
        if is_empty and columns.by_sprint:
            continue
        unit = columns.cell("unit", row) or _header_unit(placed.block.header, index)
        yield Candidate(
            text=name if is_empty else f"{name}: {goal}", goal_text="" if is_empty else goal, mark=_first(status, mark, goal_mark),
            baseline_text="" if _EMPTY.match(base) else base, unit_text=f"({unit})" if unit else "",
            label=label or _sprint_cell(columns, row, placed.block.header) or cell_label(when) or placed.label, when=f"{when} {goal} {name}", category=category, **shared,
        )  # type: ignore[arg-type]  # fmt: skip


def _sprint_cell(columns: Columns, row: tuple[str, ...], header: tuple[str, ...]) -> Label | None:
    """`A` in a column headed `Sprint` is Sprint A."""
    cell = columns.cell("sprint", row)
    return label_at_start(f"{header[columns.at['sprint']]} {cell}") if 0 < len(cell) <= 4 else None


def _goals(columns: Columns, row: tuple[str, ...]) -> Iterator[tuple[int, Label | None, str]]:
    if columns.by_sprint:
        for index, label in columns.by_sprint:
            yield index, label, row[index] if index < len(row) else ""
    else:
        yield columns.at["goal"], columns.goal_label, columns.cell("goal", row)


def _first(*marks: bool | None) -> bool | None:
    return next((mark for mark in marks if mark is not None), None)


def _operator(cell: str) -> str:
    bare = cell.strip().lower()
    if re.fullmatch(r"[<>=≤≥]{1,2}", bare):
        return f"{bare} "
    if re.match(r"at least|at most|min|max|under|below|over|above|exactly|no more|no less", bare):
        return f"{bare} "
    return ""


def _header_unit(header: tuple[str, ...], index: int) -> str:
    found = re.search(r"[(\[](?:in )?([^()\[\]]{1,16})[)\]]\s*\Z", header[index].strip())
    return found[1] if found else ""


def _sprint_row(columns: Columns, line: int, row: tuple[str, ...], placed: Placed) -> Iterator[Candidate]:
    """A row that is a sprint: its goal's cell may list promises."""
    label = label_at_start(columns.cell("sprint", row)) or cell_label(columns.cell("sprint", row))
    for kind, strength in (("goal", Strength.METRIC), ("focus", Strength.WORK)):
        for piece in re.split(r"\n|;\s|•", columns.cell(kind, row)):
            text, mark = take_mark(piece)
            if text and not _EMPTY.match(text):
                yield Candidate(text, line, strength, mark=mark, label=label, when=text, category=placed.heading, prose=True)


def _plain_row(columns: Columns, line: int, row: tuple[str, ...], placed: Placed) -> Iterator[Candidate]:
    """A row with no column of targets: its longest cell that is no side matter is the promise."""
    sides = {columns.at[kind] for kind in ("side", "status", "sprint", "unit") if kind in columns.at}
    cells = [cell for index, cell in enumerate(row) if index not in sides]
    if not cells:
        return
    text, mark = take_mark((columns.cell("metric", row) or max(cells, key=len)).replace("\n", " "))
    status = cell_mark(columns.cell("status", row))
    when = columns.cell("sprint", row)
    strength = Strength.METRIC if placed.section is Section.METRICS else Strength.WORK
    if text:
        yield Candidate(
            text, line, strength, baseline_text=columns.cell("baseline", row), mark=_first(status, mark),
            label=cell_label(when) or placed.label, when=f"{when} {text}", category=placed.heading, prose=strength is Strength.WORK,
        )  # fmt: skip
