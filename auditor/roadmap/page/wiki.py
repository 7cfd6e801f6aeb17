"""The mark-up of wikis and trackers (`== Heading ==`, `h2. Heading`, `||Metric||Target||`) as Markdown, line by line."""

import re
from collections.abc import Iterator
from html import escape

_HEADING = re.compile(r"(?P<signs>={1,6})[ \t]+(?P<text>\S.*?)(?:[ \t]+(?P=signs))?[ \t]*\Z")
_TIGHT = re.compile(r"(?P<signs>={2,6})(?P<text>[^=\s][^=]*)(?P=signs)[ \t]*\Z")
_NUMBERED = re.compile(r"h(?P<level>[1-6])\.[ \t]+(?P<text>\S.*)\Z")
_DEEPER = re.compile(r"(?P<signs>\*{2,6})[ \t]+(?=\S)(?!.*\*\*)")
_BOLD = re.compile(r"'''(?=\S)(.+?)(?<=\S)'''")
_BOLD_LINE = re.compile(r"\*(?=[^\s*])([^*]+)(?<=\S)\*:?[ \t]*\Z")
_FENCE = re.compile(r"(```|~~~|\{code|\{noformat)")
_HEADER = re.compile(r"\|\|.*\|\|")
_NOTHING = "<!-- -->"
"""An empty line would end the HTML."""
_MARKED = re.compile(r"(?m)^(?:={1,6}[ \t]*[^=\s].*|h[1-6]\.[ \t].*|\|\|.*\|\|[ \t]*|\{\|.*|\|===[ \t]*)$")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]|\[([^\[\]|]+)\|[^\[\]|\s]+\]")


def plain_wiki(text: str) -> str:
    """The page in Markdown and HTML, each line where it was; a page without such mark-up as it is."""
    if not _MARKED.search(text):
        return text
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        end = _end_of_code(lines, index) or _end_of_table(lines, index)
        if end and not _FENCE.match(lines[index]):
            lines[index:end] = _table(lines[index:end])
            while end < len(lines) and lines[end].strip():  # what stands right below is HTML until an empty line
                lines[end] = _as_html(lines[end])
                end += 1
        elif end and lines[index].startswith("{"):
            lines[index], lines[end - 1] = "```", "```"
        elif not end:
            lines[index] = _plain(lines[index])
        index = end or index + 1
    return "\n".join(lines)


def _end_of_code(lines: list[str], first: int) -> int:
    """Behind the last line of the code that begins at `first`; 0 where none does."""
    fence = _FENCE.match(lines[first])
    if fence is None:
        return 0
    return next((index + 1 for index in range(first + 1, len(lines)) if lines[index].startswith(fence[1])), len(lines))


def _end_of_table(lines: list[str], first: int) -> int:
    """Behind the last line of the table that begins at `first`; 0 where none does."""
    bare = lines[first].strip()
    if closing := "|}" if bare.startswith("{|") else bare if bare == "|===" else "":
        return next((index + 1 for index in range(first + 1, len(lines)) if lines[index].strip() == closing), 0)
    if not _HEADER.fullmatch(bare):
        return 0
    return next((index for index in range(first + 1, len(lines)) if not lines[index].lstrip().startswith("|")), len(lines))


def _table(lines: list[str]) -> list[str]:
    """The lines of a table as HTML, which needs no line of its own below its header."""
    bare = [line.strip() for line in lines]
    if bare[0].startswith("{|"):
        rows = list(_parts(bare))
    elif bare[0] == "|===":
        rows = _dealt(bare)
    else:
        rows = [_row(line) for line in bare]
    return [f"<table>{rows[0]}", *rows[1:-1], f"{rows[-1]}</table>"]


def _as_html(line: str) -> str:
    plain = _plain(line)
    if heading := re.match(r"(#+) ", plain):
        return f"<h{len(heading[1])}>{escape(plain[heading.end() :])}</h{len(heading[1])}>"
    if item := re.match(r"[ \t]*[*-] ", plain):
        return f"<li>{escape(plain[item.end() :])}</li>"
    return f"<p>{escape(plain)}</p>"


def _plain(line: str) -> str:
    if heading := _HEADING.match(line) or _TIGHT.match(line):
        return f"{'#' * len(heading['signs'])} {heading['text'].strip()}"
    if numbered := _NUMBERED.match(line):
        return f"{'#' * int(numbered['level'])} {numbered['text']}"
    line = _LINK.sub(lambda link: link[1] or link[2], _BOLD.sub(r"**\1**", line))
    if deeper := _DEEPER.match(line):
        return f"{'  ' * (len(deeper['signs']) - 1)}* {line[deeper.end() :]}"
    return f"**{bold[1]}**" if (bold := _BOLD_LINE.match(line)) else line


def _row(bare: str) -> str:
    """A line that is a row of a table, cells apart by `|`, in a header by `||`."""
    cells = re.split(r"\|\|?", bare.strip("|"))
    return "<tr>" + "".join(_cell(cell) for cell in cells) if bare.strip("|= ") else _NOTHING


def _dealt(lines: list[str]) -> list[str]:
    """The lines of an AsciiDoc table: its first line or block of lines is a row, and as many cells as it has make each other."""
    cells = [(index, cell) for index, line in enumerate(lines[1:-1], 1) if "|" in line for cell in line.split("|")[1:]]
    first = next((index for index, line in enumerate(lines) if index and line.strip()), 1)
    end = next((index for index in range(first, len(lines)) if not lines[index].strip()), first + 1)
    wide = sum(index == first for index, _ in cells)
    wide = wide if wide > 1 else sum(index < end for index, _ in cells) or 1
    rows = [_NOTHING] * len(lines)
    for start in range(0, len(cells), wide):
        dealt = cells[start : start + wide]
        rows[dealt[0][0]] = "<tr>" + "".join(_cell(cell.strip()) for _, cell in dealt)
    return rows


def _parts(lines: list[str]) -> Iterator[str]:
    """The lines of a table of MediaWiki's: `|-` starts a row, other lines hold some of its cells."""
    begins = True
    for line in lines:
        if line.startswith("|-"):
            begins = True
        if line.startswith(("|-", "|+", "|}")) or not line.startswith(("|", "!")):
            yield _NOTHING
            continue
        cells = re.split(r"\|\||!!", line[1:])
        yield ("<tr>" if begins else "") + "".join(_cell(re.sub(r"\A[^|]*=[^|]*\|", "", cell)) for cell in cells)
        begins = False


def _cell(text: str) -> str:
    plain = re.sub(r"'''?|\*(?=\S)|(?<=\S)\*", "", _LINK.sub(lambda link: link[1] or link[2], text))
    return f"<td>{escape(plain.strip(), quote=False)}</td>"
