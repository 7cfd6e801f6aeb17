"""Diagrams in Mermaid's words: a gantt's sections are dated rows, a mind map or a timeline is a list."""

import re
from datetime import date, timedelta

_TASK = re.compile(r"\s*(?P<name>[^:]+?)\s*:(?P<rest>.*)")
_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_LONG = re.compile(r"\b(\d{1,4})\s*(d|w)\b")
_SHAPE = re.compile(r"\A[\w-]*[(\[{]{1,2}(.*?)[)\]}]{1,2}\Z")


def tell_diagram(text: str) -> list[str]:
    """The diagram's lines as Markdown; empty for a kind of diagram that states no plan."""
    kind, _, body = text.strip().partition("\n")
    if kind.strip() == "gantt":
        return _gantt(body.splitlines())
    if kind.strip() == "mindmap":
        return _map([line for line in body.splitlines() if line.strip()])
    return _timeline(body.splitlines()) if kind.strip() == "timeline" else []


def _gantt(lines: list[str]) -> list[str]:
    rows: dict[str, tuple[date, date]] = {}
    section = ""
    last: date | None = None
    for line in lines:
        if line.strip().startswith("section "):
            section = line.strip().removeprefix("section ").strip()
        elif (task := _TASK.fullmatch(line)) and (span := _span(task["rest"], last)):
            name = section or task["name"]
            first = min(span[0], rows[name][0]) if name in rows else span[0]
            last = span[1] + timedelta(days=1)
            rows[name] = (first, max(span[1], rows[name][1]) if name in rows else span[1])
    if not rows:
        return []
    told = [f"| {name.replace('|', '/')} | {first} | {ends} |" for name, (first, ends) in rows.items()]
    return ["", "| Sprint | Start | End |", "|---|---|---|", *told, ""]


def _span(rest: str, last: date | None) -> tuple[date, date] | None:
    """First and last day of a task: a day and a length or a second day; without a day it follows the task before."""
    try:
        days = [date(*map(int, found)) for found in _DAY.findall(rest)]
    except ValueError:
        return None
    long = _LONG.search(rest)
    first = days[0] if days else last
    if first is None:
        return None
    if len(days) > 1:
        return first, days[1]
    return (first, first + timedelta(days=int(long[1]) * (7 if long[2] == "w" else 1) - 1)) if long else None


def _map(lines: list[str]) -> list[str]:
    """Branches that others hang from are headings, the rest items."""
    depths = [len(line) - len(line.lstrip()) for line in lines]
    told: list[str] = []
    levels = sorted(set(depths))
    for index, line in enumerate(lines):
        shape = _SHAPE.match(line.strip())
        text = shape[1] if shape else line.strip()
        holds = index + 1 < len(lines) and depths[index + 1] > depths[index]
        told += ["", f"{'#' * min(levels.index(depths[index]) + 2, 6)} {text}", ""] if holds else [f"- {text}"]
    return told


def _timeline(lines: list[str]) -> list[str]:
    told: list[str] = []
    for line in lines:
        pieces = [piece.strip() for piece in re.split(r"\s:\s", line)]
        if len(pieces) > 1:
            told += ["", f"## {pieces[0]}", ""] if pieces[0] else []
            told += [f"- {piece}" for piece in pieces[1:] if piece]
    return told
