"""Plain values → Markdown: records are rows, what holds more is a heading, so that data is read as any page is."""

import re
from collections.abc import Mapping

from auditor.roadmap.calendar.labels import label_at_start
from auditor.roadmap.data.parsed import Value, is_record

_NAMES = ("sprint", "phase", "milestone", "iteration", "release", "quarter", "name", "title", "objective", "id")
_STRETCHES = ("sprint", "phase", "milestone", "iteration", "release", "stage", "wave")
_STARTS = re.compile(r"(?:starts?|from|begin|start_?date|start_?on|kick_?off)", re.I)
_ENDS = re.compile(r"(?:ends?|until|due|end_?date|due_?date|deadline|finish|to)", re.I)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\W{1,2}\w{2,9}\.?\W{1,2}\d{4}")
_LEAST = re.compile(r"min(?:imum)?|at_?least|floor", re.I)
_MOST = re.compile(r"max(?:imum)?|at_?most|ceiling|limit", re.I)
_LIMIT_LINES = 2_000


def tell(value: Value, level: int = 2) -> list[str]:
    """The lines of Markdown that say what the value says; at most some thousand."""
    lines: list[str] = []
    _tell(value, "", level, lines)
    return lines[:_LIMIT_LINES]


def _tell(value: Value, key: str, level: int, lines: list[str]) -> None:
    if len(lines) > _LIMIT_LINES:
        return
    if isinstance(value, str):
        lines.append(f"- {_words(key)}: {value}" if key else f"- {value}")
    elif isinstance(value, list):
        _list(value, key, level, lines)
    else:
        _mapping(value, key, level, lines)


def _list(values: list[Value], key: str, level: int, lines: list[str]) -> None:
    if values and all(is_record(one) for one in values) and any(isinstance(one, dict) and len(one) > 1 for one in values):
        _table([dict(one) for one in values if isinstance(one, dict)], key, level, lines)
        return
    if key and any(isinstance(one, str) for one in values):
        _head(_words(key), level, lines)
        key = ""
    for one in values:
        pair = next(iter(one.items()), None) if isinstance(one, dict) and len(one) == 1 else None
        if pair and isinstance(pair[1], str):
            _tell(pair[1], pair[0], level, lines)  # `- Incidents: at most 2` is an item that people wrote
        else:
            _tell(one, key if isinstance(one, dict) and key.lower().rstrip("s") in _STRETCHES else "", level, lines)


def _mapping(values: dict[str, Value], key: str, level: int, lines: list[str]) -> None:
    texts = {name: one for name, one in values.items() if isinstance(one, str)}
    inner = {name: one for name, one in values.items() if not isinstance(one, str)}
    name = next((texts[one] for one in _NAMES if one in texts), "")
    stretch = next((one for one in _STRETCHES if one in texts or key.lower().rstrip("s") == one), "")
    if stretch and re.fullmatch(r"#?\d{1,3}|[A-H]", name):
        name = f"{stretch.capitalize()} {name}"
    stretch = stretch or next((one for one in _STRETCHES if is_record(inner.get(one))), "")
    sprint = inner.get(stretch) if not name else None
    if isinstance(sprint, dict) and isinstance(sprint.get("name"), str):  # `sprint = 21` beside `sprint.ends = …`
        inner.pop(stretch)
        texts |= {one: text for one, text in sprint.items() if isinstance(text, str) and one != "name"}
        name = f"{stretch.capitalize()} {sprint['name']}"
    if head := name or _words(key):
        _head(f"{head}{_dates(texts)}", level, lines)
        level += 1
    rest = {one: text for one, text in texts.items() if text != name and not (_DAY.fullmatch(text) and label_at_start(head))}
    lines.extend(f"- {_words(one)}: {text}" for one, text in rest.items() if one not in _NAMES)
    records = {one: value for one, value in inner.items() if is_record(value)}
    if _sides(records) or (len(records) > 1 and len(records) == len(inner) and not _are_stretches(records)):
        _table(_rows(records), "", level, lines)
        inner = {one: value for one, value in inner.items() if one not in records}
    for one, value in inner.items():
        _tell(value, one, level, lines)


def _are_stretches(records: Mapping[str, Value]) -> bool:
    """Whether the keys name sprints, each of which holds its metrics: `sprint_1: {coverage: 70 %}`."""
    return all(label_at_start(_words(key)) for key in records)


def _sides(records: Mapping[str, Value]) -> bool:
    """Whether the records are the columns of one table: `target.coverage` and `baseline.coverage`."""
    keys = [set(value) for value in records.values() if isinstance(value, dict)]
    return (
        len(keys) > 1
        and any(keys[0] & other for other in keys[1:])
        and any(re.match(r"target|goal|to\b", one) for one in records)
    )


def _rows(records: Mapping[str, Value]) -> list[dict[str, Value]]:
    inner = {key: value for key, value in records.items() if isinstance(value, dict)}
    if _sides(records):
        names = list(dict.fromkeys(name for value in inner.values() for name in value))
        return [{"metric": _words(name), **{key: value.get(name, "") for key, value in inner.items()}} for name in names]
    return [{"metric": _words(key), **value} for key, value in inner.items()]


def _dates(texts: dict[str, str]) -> str:
    first = next((text for key, text in texts.items() if _STARTS.fullmatch(key) and _DAY.fullmatch(text)), "")
    last = next((text for key, text in texts.items() if _ENDS.fullmatch(key) and _DAY.fullmatch(text)), "")
    return f" ({first} – {last})" if first and last else f" (ends {last})" if last else f" ({first})" if first else ""


def _table(rows: list[dict[str, Value]], key: str, level: int, lines: list[str]) -> None:
    if key:
        _head(_words(key), level, lines)
    plain = [dict(_bound(name, str(cell)) for name, cell in row.items()) for row in rows]
    names = list(dict.fromkeys(name for row in plain for name in row))
    cells = [[row.get(name, "").replace("|", "/").replace("\n", " ") for name in names] for row in plain]
    lines.extend(["", f"| {' | '.join(map(_words, names))} |", f"|{'---|' * len(names)}"])
    lines.extend(f"| {' | '.join(row)} |" for row in cells)
    lines.append("")


def _bound(name: str, cell: str) -> tuple[str, str]:
    """`max: 5` is a target of at most 5."""
    if re.match(r"\s*~?\d", cell) and (_LEAST.fullmatch(name) or _MOST.fullmatch(name)):
        return "target", f"at {'least' if _LEAST.fullmatch(name) else 'most'} {cell}"
    return name, cell


def _head(text: str, level: int, lines: list[str]) -> None:
    lines.extend(["", f"{'#' * min(level, 6)} {text}", ""])


def _words(key: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", key).strip()
