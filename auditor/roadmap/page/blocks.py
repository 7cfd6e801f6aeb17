"""Markdown → a flat list of blocks in reading order: headings, lines, list items and tables, with their lines."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from auditor.model.errors import AuditorError
from auditor.roadmap.calendar.dates import strip_dates
from auditor.roadmap.calendar.labels import label_at_start, period_at_start
from auditor.roadmap.page.column_kinds import kind_of
from auditor.roadmap.page.inline import BULLET, LEAD, plain_lines, run_in
from auditor.roadmap.page.marks import plain_signs, take_mark
from auditor.roadmap.page.raw_html import Piece, read_pieces
from auditor.roadmap.page.spelling import (
    cut_pairs,
    flatten,
    note_of,
    part_sprints,
    plain_days,
    plain_thousands,
    states_pair,
    take_footnotes,
)
from auditor.roadmap.page.wiki import plain_wiki

if TYPE_CHECKING:
    from markdown_it.token import Token

LIMIT_CHARACTERS = 500_000
_LIMIT_BLOCKS = 10_000
_LIMIT_LINE = 20_000
_LIMIT_TEXT = 2_000
_HINT = "give the page that lists the sprints and success metrics"
_KEYED = re.compile(
    r"(?P<lead>targets?|goals?|today|now|currently|current|baseline|due)\s+(?=[<>≤≥~(]?\s?\d|(?:none|zero|"
    r"all)\b)(?!\d{1,2}[:.)])",
    re.I,
)
"""`Target 78 %`, in bold or not, without a colon."""
_MOTTO = re.compile(r"[^\W\d][^\d.:<>≤≥%→]{3,60}\.\Z")
"""`**Honest tests.** Branch coverage climbs to 60 %`: an item's bold first sentence says what follows in short."""
_CLAUSE_NUMBER = re.compile(r"\A\d{1,2}(?:\.\d{1,2}){1,2}\.?\s+(?=[A-ZÄÖÜ])")
_NUMBERING = re.compile(
    r"\A(?:(?i:slide|folie|page|chapter|agenda(?: item)?) \d{1,2}\s*[:.–—-]\s+|"
    r"\d{1,2}(?:\.\d{1,2})*[.)]\s+|\d{1,2}(?:\.\d{1,2})+\s+(?![-–—(:\"'“„«]))"
)


class Block(msgspec.Struct, frozen=True):
    """`kind` is `heading`, `line`, `item` or `table`; `level` a heading's level or an item's depth from 1.

    `lead` is what stands before a leading colon (`**Security:** zero …`), `rest` what comes after it; `bold`: all the
    text is bold. A table has `header` and `rows`, each row with its line.
    """

    kind: str
    text: str
    line: int
    level: int = 0
    lead: str = ""
    rest: str = ""
    mark: bool | None = None
    bold: bool = False
    parent: bool = False
    header: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    note: str = ""
    """What the footnotes that the text refers to say."""


def read_blocks(text: str, source: str) -> tuple[Block, ...]:
    """The page's blocks. Code and comments are left out. Raises AuditorError for what is no Markdown page."""
    _refuse(text, source)
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").enable("strikethrough")
    blanked = plain_wiki(_blank_front_matter(plain_signs(text.removeprefix("\ufeff"))))
    plain, notes = take_footnotes(part_sprints(flatten(plain_days(plain_thousands(blanked)))))
    blocks = tuple(islice((_noted(block, notes) for block in _walk(parser.parse(plain))), _LIMIT_BLOCKS + 1))
    if len(blocks) > _LIMIT_BLOCKS:
        raise AuditorError(f"{source} has more than {_LIMIT_BLOCKS:,} lines and items: too many for a roadmap", _HINT)
    return blocks


def front_matter(text: str) -> dict[str, str]:
    """The plain `key: value` lines of a page's front matter, keys in lower case."""
    found = re.match(r"\A---\r?\n(.{0,4000}?)\r?\n---\s*\r?\n", text, re.S)
    lines = found[1].splitlines() if found else []
    pairs = (line.partition(":") for line in lines if ":" in line and not line.startswith((" ", "\t", "#")))
    return {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}


def _refuse(text: str, source: str) -> None:
    if "\0" in text:
        raise AuditorError(f"{source} is not text: it holds null bytes", "give a Markdown file such as ROADMAP.md")
    if len(text) > LIMIT_CHARACTERS:
        raise AuditorError(
            f"{source} is too long for a roadmap: {len(text):,} characters, at most {LIMIT_CHARACTERS:,} are read",
            _HINT,
        )
    number = next((n for n, line in enumerate(text.splitlines(), 1) if len(line) > _LIMIT_LINE), 0)
    if number:
        raise AuditorError(
            f"{source}:{number} is a line of more than {_LIMIT_LINE:,} characters",
            "a roadmap has lines that people read; remove it",
        )


def _blank_front_matter(text: str) -> str:
    found = re.match(r"\A\ufeff?---\r?\n.{0,4000}?\r?\n---[ \t]*\r?\n", text, re.S)
    return text if not found else "\n" * found.group().count("\n") + text[found.end() :]


def _noted(block: Block, notes: dict[str, str]) -> Block:
    """The block with its references to footnotes taken off, and what these say beside it."""
    if not notes:
        return block
    if block.kind == "table":
        rows = tuple((line, tuple(note_of(cell, notes)[0] for cell in row)) for line, row in block.rows)
        said = " ".join(note for _, row in block.rows for cell in row if (note := note_of(cell, notes)[1]))
        return msgspec.structs.replace(block, rows=rows, note=said)
    text, note = note_of(block.text, notes)
    return msgspec.structs.replace(block, text=text, rest=note_of(block.rest, notes)[0], note=note)


def _walk(tokens: "list[Token]") -> Iterator[Block]:
    depth = 0
    fresh = False
    heading = 0
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "table_open":
            end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")  # always closed
            yield _table(tokens[index:end])
            index = end
        elif token.type == "html_block":
            index, html = _whole_html(tokens, index)
            yield from _html_blocks(html, token.map[0] + 1 if token.map else 1)
        elif token.type == "list_item_open":
            depth, fresh = depth + 1, True
        elif token.type == "list_item_close":
            depth, fresh = depth - 1, False
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "inline":
            yield from _inline_blocks(token, heading, depth, fresh, _has_children(tokens, index) if fresh else False)
            fresh = False
        index += 1


def _whole_html(tokens: "list[Token]", index: int) -> tuple[int, str]:
    """The HTML that begins here and where it ends: a table with empty lines in it is several tokens, up to its end."""
    html = [tokens[index].content]
    if "<table" in html[0].lower() and "</table" not in html[0].lower():
        for ahead in range(index + 1, min(index + 400, len(tokens))):
            if tokens[ahead].type == "html_block":
                html.append(tokens[ahead].content)
                if "</table" in tokens[ahead].content.lower():
                    return ahead, "\n".join(html)
    return index, html[0]


def _html_blocks(html: str, first: int) -> Iterator[Block]:
    rows: list[tuple[int, tuple[str, ...]]] = []
    for piece in (*read_pieces(html), Piece("end", 0)):
        if rows and (piece.kind != "row" or piece.level):
            yield _filled(Block("table", "", rows[0][0], header=rows[0][1], rows=tuple(rows[1:])))
            rows = []
        line = first + piece.line
        if piece.kind == "row":
            rows.append((line, piece.cells))
        elif piece.kind == "heading":
            text, mark = take_mark(piece.text)
            yield Block("heading", _NUMBERING.sub("", text)[:_LIMIT_TEXT], line, piece.level, mark=mark)
        elif piece.text:
            text, mark = take_mark(piece.text)
            yield _text_block(text, line, piece.kind == "item", int(piece.kind == "item"), mark)


def _has_children(tokens: "list[Token]", index: int) -> bool:
    """Whether a list (or further text) follows inside the same list item."""
    ahead = islice(tokens, index + 1, index + 4)
    following = next((token for token in ahead if token.type != "paragraph_close"), None)
    return following is not None and following.type not in ("list_item_close", "fence", "code_block", "html_block")


def _inline_blocks(token: "Token", heading: int, depth: int, fresh: bool, parent: bool) -> Iterator[Block]:
    lines = plain_lines(token)
    texts = [one.text for one in lines]
    parent = parent or (fresh and (states_pair(texts[1:]) or (len(texts) > 1 and _is_sprint_alone(texts[0]))))
    line = (token.map[0] if token.map else 0) + 1
    if heading:
        text, mark = take_mark(" ".join(texts))
        yield Block("heading", _NUMBERING.sub("", text)[:_LIMIT_TEXT], line, heading, mark=mark)
        return
    head = "" if fresh or depth else run_in(token)
    if head.rstrip().endswith(".") and _is_stretch(head) and texts[0].startswith(head):
        yield _text_block(head.rstrip(" ."), line, False, depth, bold=True)
        texts[0] = texts[0][len(head) :].lstrip(" .:–—-")
    motto = _MOTTO.match(run_in(token)) if fresh else None
    if motto and texts[0].startswith(motto.group()) and not (label_at_start(motto.group()) or period_at_start(motto.group())):
        texts[0] = texts[0][motto.end() :].lstrip()
    for place, (text, one) in enumerate(zip(texts, lines, strict=True)):
        bulleted = bool(BULLET.match(text)) and not fresh
        bare, mark = take_mark(BULLET.sub("", text, count=1) if bulleted else _CLAUSE_NUMBER.sub("", text))
        if not bare:
            continue
        bare = bare[1:-1] if bare[0] + bare[-1] == "[]" and label_at_start(bare[1:-1]) else bare
        is_ticked = mark is not None and not depth and not label_at_start(bare)
        is_item = (fresh and place == 0) or bulleted or is_ticked
        level = max(depth, 1) if is_item else depth
        for number, piece in enumerate(cut_pairs(bare)):
            begins = is_item and not number
            yield _text_block(piece, line + one.offset, begins, level, mark, one.bold, parent and place == 0 and not number)


def _is_stretch(head: str) -> bool:
    """Whether the bold words before a paragraph's text name a sprint or a month and say little more."""
    label = label_at_start(head) or period_at_start(head)
    return label is not None and not label.refers and len(strip_dates(head[label.end :]).split()) <= 8


def _is_sprint_alone(line: str) -> bool:
    """Whether an item's first line names a sprint and its days and says no more; the lines under it are the sprint's."""
    text = BULLET.sub("", line, count=1).rstrip(":")
    label = label_at_start(text)
    return label is not None and not label.refers and not re.search(r"[^\W\d]{3}", strip_dates(text[label.end :]))


def _text_block(
    bare: str, line: int, is_item: bool, level: int, mark: bool | None = None, bold: bool = False, parent: bool = False
) -> Block:
    lead = LEAD.match(bare) or _KEYED.match(bare)
    return Block(
        "item" if is_item else "line",
        bare[:_LIMIT_TEXT],
        line,
        level,
        lead["lead"].strip() if lead else "",
        bare[lead.end() :].strip() if lead else "",
        mark,
        bold,
        parent,
    )


def _table(tokens: "list[Token]") -> Block:
    rows: list[tuple[int, tuple[str, ...]]] = []
    cells: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "inline":
            cells.append("\n".join(part.text for part in plain_lines(token) if part.text))
        elif token.type == "tr_close":
            rows.append(((token.map or [0])[0] if token.map else 0, tuple(cells)))
    lines = [(token.map or [0])[0] + 1 for token in tokens if token.type == "tr_open"]
    placed = [(line, cells) for line, (_, cells) in zip(lines, rows, strict=True)]
    first = tokens[0].map[0] + 1 if tokens[0].map else 1
    return _filled(Block("table", "", first, header=placed[0][1] if placed else (), rows=tuple(placed[1:])))


def _filled(table: Block) -> Block:
    """The table with the names that its first column says once for several rows said in each."""
    if not table.header or kind_of(table.header[0])[0] in ("status", "side", "owner", "unit", "operator"):
        return table
    rows: list[tuple[int, tuple[str, ...]]] = []
    for line, row in table.rows:
        is_empty = bool(rows and row) and not row[0].strip(' "″〃-–') and any(row[1:])
        rows.append((line, (rows[-1][1][0], *row[1:]) if is_empty else row))
    return msgspec.structs.replace(table, rows=tuple(rows))
