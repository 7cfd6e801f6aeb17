"""Where a page holds data, and the page with that data told as Markdown, each line with the line it comes from."""

import re

import msgspec

from auditor.roadmap.data.diagrams import tell_diagram
from auditor.roadmap.data.parsed import Value, assigned, parse, read_table
from auditor.roadmap.data.talk import says, tell_talk
from auditor.roadmap.data.told import tell
from auditor.roadmap.page.headings import Section, section_of

_FENCE = re.compile(r"[ ]{0,3}(?P<fence>`{3,}|~{3,})[ ]*(?P<told>\w*)[^`]*")
_HEADING = re.compile(r" {0,3}#{1,6} +(?P<text>.{1,200}?)[ #]*")
_PAIR = re.compile(r"[^\W\d][\w /()%-]{1,50}: *[<>≤≥~]*=? ?\d")
_BOX = re.compile(r"[ ]{0,3}\+(?:[-=]{3,}\+){2,}\s*")
_SEPARATED = re.compile(r"[^,;\t|]{1,60}(?:[,;\t][^,;\t|]{1,60}){2,12}")
_ASSIGNED = re.compile(r"[A-Za-z_][\w.-]{0,60}\s*=\s*\S.*")
_DATA = ("yaml", "yml", "json", "toml", "csv", "tsv", "ini", "properties")


class Unfolded(msgspec.Struct, frozen=True):
    """A page's text, and for each of its lines the line (from 1) of the page as it was written."""

    text: str
    lines: tuple[int, ...]
    changed: bool = False

    def line_of(self, line: int) -> int:
        """The written line that a line of the text comes from."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else line


def unfold(text: str, fences: bool = False) -> Unfolded:
    """The page with its diagrams of dates, boxed tables, values by commas and assignments as Markdown.

    With `fences` also the blocks of code that are data, the front matter, and a page that is nothing but data.
    """
    lines = text.split("\n")
    if found := _whole(lines):
        return found
    told: list[str] = []
    places: list[int] = []
    index = 0
    metrics = False
    while index < len(lines):
        if heading := _HEADING.fullmatch(lines[index]):
            metrics = section_of(heading["text"]) is Section.METRICS
        end, piece = _metrics_in_code(lines, index) if metrics and not fences else (0, None)
        if piece is None:
            end, piece = _piece(lines, index, fences)
        new = lines[index:end] if piece is None else piece
        told += new
        places += range(index + 1, end + 1) if piece is None else _places(lines, index, end, piece)
        index = end
    return Unfolded("\n".join(told), tuple(places), told != lines)


def _metrics_in_code(lines: list[str], index: int) -> tuple[int, list[str] | None]:
    """Under a heading on metrics a block of no language whose every line is a pair is set in type, not code: `p95: < 120 ms`."""
    fence = _FENCE.fullmatch(lines[index])
    if fence is None or fence["told"].lower() not in ("", "text", "txt"):
        return 0, None
    end = next((place for place in range(index + 1, len(lines)) if lines[place].strip().startswith(fence["fence"])), len(lines))
    body = [line.strip() for line in lines[index + 1 : end] if line.strip()]
    return (end + 1, ["", *(f"- {line}" for line in body), ""]) if body and all(map(_PAIR.match, body)) else (0, None)


def kept_data(text: str) -> tuple[tuple[int, str], ...]:
    """The line and the text of each block of data that a page holds beside its promises."""
    lines = text.split("\n")
    opens = [(index, fence) for index, line in enumerate(lines) if (fence := _FENCE.fullmatch(line))]
    data = [(index, fence) for index, fence in opens if fence["told"].lower() in _DATA]
    ends = {index: next((other for other, _ in opens if other > index), len(lines)) for index, _ in data}
    return tuple((index + 1, "\n".join(lines[index + 1 : ends[index]])) for index, _ in data)


def _whole(lines: list[str]) -> Unfolded | None:
    """A page that is nothing but data."""
    text = "\n".join(lines)
    found = parse(text, "json") or (parse(text, "toml") if re.search(r"(?m)^\[[\w.\[\]-]+\]\s*$", text) else None)
    if found is None and not re.search(r"(?m)^(?:#{1,6} |\||```|[A-Z].*[.!?]$)", text):
        found = parse(text, "yaml") if re.search(r"(?m)^ +\w+:", text) and text.lstrip()[:3] != "---" else None
    if found is None:
        return None
    told = tell(found)
    return Unfolded("\n".join(told), tuple(_places(lines, 0, len(lines), told)), True)


def _places(lines: list[str], first: int, end: int, told: list[str]) -> list[int]:
    """For each told line the written line in which its first words stand, else the one before it."""
    places: list[int] = []
    here = first
    for line in told:
        words = next((word for word in re.findall(r"[\w%.][\w %./-]{3,}", line.replace("|", "\n"))), "").strip()
        found = next((place for place in range(here, end) if words and words in lines[place]), here)
        here = found
        places.append(found + 1)
    return places


def _piece(lines: list[str], index: int, fences: bool) -> tuple[int, list[str] | None]:
    """Where what begins here ends, and what it says as Markdown; None where it stays as it is."""
    line = lines[index]
    if fences and index == 0 and line.strip() == "---":
        end = next((place for place in range(1, min(len(lines), 200)) if lines[place].strip() == "---"), 0)
        return (end + 1, _told(parse("\n".join(lines[1:end]), "yaml"))) if end else (1, None)
    if fence := _FENCE.fullmatch(line):
        return _fenced(lines, index, fence["fence"], fence["told"].lower(), fences)
    if fences and re.match(r"(?: {4}|\t)\s*[^\s*+>-]", line):
        return index + 1, [line.lstrip()]
    if says(line):
        end = index + 1
        while end < len(lines) and end < index + 400 and says(lines[end]):
            end += 1
        told = tell_talk(lines[index:end])
        return end, None if told is None else ["", *told, ""]
    for opens, read in ((_BOX, _boxed), (_SEPARATED, _separated), (_ASSIGNED, _assigned)):
        if opens.fullmatch(line):
            end = index + 1
            while end < len(lines) and end < index + 400 and lines[end].strip():
                end += 1
            told = read(lines[index:end]) if end > index + 1 else None
            if told is not None:
                return end, ["", *told, ""]
    return index + 1, None


def _fenced(lines: list[str], index: int, fence: str, told: str, fences: bool) -> tuple[int, list[str] | None]:
    end = next((place for place in range(index + 1, len(lines)) if lines[place].strip().startswith(fence)), len(lines))
    body = "\n".join(lines[index + 1 : end])
    if told == "mermaid":
        is_dated = body.lstrip().startswith("gantt")
        return end + 1, (tell_diagram(body) or None) if fences or is_dated else None
    found = parse(body, told) if fences and told in ("", *_DATA) else None
    if found is None and fences and told in ("", "text", "txt", "md", "markdown"):
        return end + 1, ["", *lines[index + 1 : end], ""]
    return end + 1, _told(found)


def _told(found: Value | None) -> list[str] | None:
    return None if found is None else ["", *tell(found), ""]


def _boxed(lines: list[str]) -> list[str] | None:
    rows = [line.strip() for line in lines if line.strip().startswith("|")]
    if len(rows) < 2:
        return None
    return [rows[0], f"|{'---|' * (rows[0].count('|') - 1)}", *rows[1:]]


def _separated(lines: list[str]) -> list[str] | None:
    found = read_table("\n".join(lines))
    return None if found is None else tell(found)


def _assigned(lines: list[str]) -> list[str] | None:
    found = assigned("\n".join(lines))
    return None if found is None else tell(found)
