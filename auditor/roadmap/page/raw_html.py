"""Tables, headings, items and paragraphs that a page writes as raw HTML, as plain pieces of text. Nothing is rendered."""

import re
from html.parser import HTMLParser

import msgspec

_KINDS = {"h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "li": "item", "p": "line", "summary": "line"}
_CELLS = ("td", "th")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"<(?=[!?])|<(?=/?[A-Za-z][^<>]*(?:<|\Z))")
"""What opens a declaration, or a tag that is never closed: a page has no use for either, and the parser looks for their
ends again and again.
"""
_HIDDEN = ("script", "style", "template", "head")


class Piece(msgspec.Struct, frozen=True):
    """`kind` is `heading`, `item`, `line` or `row`; `line` counts from 0 at the start of the HTML.

    A row has its `cells`; `level` is a heading's level, and of a row 1 for the first of its table.
    """

    kind: str
    line: int
    text: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()


def read_pieces(html: str) -> tuple[Piece, ...]:
    """What the HTML says, in order. Scripts, styles and comments are left out; what is not closed ends with its row."""
    reader = _Reader()
    plain = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), html)
    reader.feed(_DECLARATION.sub("&lt;", plain))
    reader.close()
    reader.end_row()
    return tuple(reader.pieces)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._text: list[str] = []
        self._cells: list[str] = []
        self._row_line = 0
        self._in_row = self._fresh_table = False
        self._hidden = 0
        self._start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "table":
            self._fresh_table = True
        elif tag == "tr":
            self.end_row()
            self._in_row, self._row_line = True, self.getpos()[0] - 1
        elif tag in _CELLS and self._in_row:
            self._end_cell()
            self._cells.append("")
        elif tag == "br":
            self._text.append("\n" if self._in_row else " ")
        elif tag in _KINDS and not self._in_row:
            self._text.clear()
            self._start = self.getpos()[0] - 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _CELLS and self._in_row:
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()
        elif tag in _KINDS and not self._in_row:
            text = " ".join("".join(self._text).split())
            self._text.clear()
            if text:
                self.pieces.append(Piece(_KINDS[tag], self._start, text, int(tag[1]) if tag[0] == "h" else 0))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._cells and not self._cells[-1]:
            lines = (" ".join(line.split()) for line in "".join(self._text).split("\n"))
            self._cells[-1] = "\n".join(line for line in lines if line)
        self._text.clear()

    def end_row(self) -> None:
        """Closes the row that is open, if any."""
        if not self._in_row:
            return
        self._end_cell()
        self.pieces.append(Piece("row", self._row_line, level=int(self._fresh_table), cells=tuple(self._cells)))
        self._cells, self._in_row, self._fresh_table = [], False, False
