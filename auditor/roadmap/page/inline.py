"""The text of a heading, line, item or cell without its mark-up, cut into the lines that a reader sees."""

import re
from typing import TYPE_CHECKING

import msgspec

from auditor.roadmap.page.marks import is_done_note, take_mark

if TYPE_CHECKING:
    from markdown_it.token import Token

LEAD = re.compile(r"(?P<lead>[^\W\d][\w /&+'()-]{1,44}?)\s*:(?!//)(?:\s+|\Z)")
"""What stands before a leading colon: `Security: …`."""
_TERSE_CHARACTERS = 40
_LEAST_WIDTH = 60
"""Nobody wraps running text at fewer characters."""
_OPEN_END = re.compile(
    r"(?:[,(–—-]|\b(?:a|an|the|of|to|in|on|for|with|by|from|and|or|is|are|at|than|below|under|above|over|least|most|will|"
    r"our|we|no|"
    r"all|every|each|sprint|phase|milestone|release|week|version|der|die|das|und|von|auf|in|mit|für))\s*\Z",
    re.I,
)
"""Ends that no author would choose for a line: the sentence goes on."""
_CLAUSE = re.compile(r"(?:[A-Z]\.\d{1,2}(?:\.\d{1,2})*|\d{1,2}(?:\.\d{1,2})+)\.?\s+[A-ZÄÖÜ]")
_KEY_RESULT = re.compile(r"(?:KR|key result) ?\d", re.I)
_CHANGE = re.compile(r"\d\W{0,2}[a-z%]{0,3}\s*(?:->|=>|→|➜|➡|⇒)\s*\W?\d")
_ARROW = re.compile(r"\d.*\s(?:->|=>|→|➜|➡|⇒)\s.*\d")
_SIGN = re.compile(r"\A\s*[\U0001F300-\U0001FAFF]\ufe0f?\s")
_SENTENCE = re.compile(r"[A-ZÄÖÜ\d].*[.!?]\Z")
BULLET = re.compile(r"\A\s*(?:\d\ufe0f?\u20e3|[•◦‣▪●○·*]|[-–—]\s|[(\[]?[a-h]\)\s|[(\[]?(?:i{1,3}|i?v|vi{1,3})[.)]\s)\s*")


class Line(msgspec.Struct, frozen=True):
    """What a reader sees as one line: its text, whether all of it is bold, and how many lines below the first it begins."""

    text: str
    bold: bool
    offset: int


def plain_lines(token: "Token") -> list[Line]:
    """The inline text as lines without mark-up."""
    parts: list[str] = []
    strong = struck = offset = 0
    loose = False
    spared = _all_struck(token)
    pieces: list[Line] = []
    lines: list[list[Line]] = []

    def end_piece() -> None:
        nonlocal loose
        text = "".join(parts).strip()
        pieces.append(Line(text, bool(text) and not loose, offset))
        parts.clear()
        loose = False

    def end_line() -> None:
        end_piece()
        lines.append(pieces.copy())
        pieces.clear()

    for child in token.children or []:
        if child.type in ("strong_open", "strong_close"):
            strong += 1 if child.nesting == 1 else -1
        elif child.type in ("s_open", "s_close"):
            struck += 1 if child.nesting == 1 else -1
        elif child.type == "hardbreak" or (child.type == "html_inline" and re.match(r"<br\b", child.content, re.I)):
            end_line()
            offset += child.type == "hardbreak"
        elif child.type == "softbreak":
            end_piece()
            offset += 1
        elif child.type in ("text", "code_inline") and (not struck or spared):
            loose = loose or (not strong and bool(child.content.strip(" :")))
            parts.append(child.content)
    end_line()
    return [line for several in lines for line in _joined(several)]


def run_in(token: "Token") -> str:
    """The bold words that a paragraph of running text begins with: `**January.** First we …`; empty where it does not."""
    children = token.children or []
    opens = next((index for index, child in enumerate(children) if child.type != "text" or child.content.strip()), 0)
    if not children or children[opens].type != "strong_open":
        return ""
    closes = next((index for index, child in enumerate(children) if child.type == "strong_close"), len(children))
    inside, after = children[opens + 1 : closes], children[closes + 1 : closes + 2]
    goes_on = bool(after) and after[0].type == "text" and re.match(r"\W*\w", after[0].content) is not None
    return "".join(child.content for child in inside if child.type in ("text", "code_inline")) if goes_on else ""


def _all_struck(token: "Token") -> bool:
    """Whether all of it is struck and ticked, so that it is done; else what is struck is what the author took back."""
    depth = 0
    loose: list[str] = []
    for child in token.children or []:
        depth += {"s_open": 1, "s_close": -1}.get(child.type, 0)
        if not depth and child.type in ("text", "code_inline"):
            loose.append(child.content)
    rest, mark = take_mark(" ".join(loose))
    return mark is True and (not re.search(r"\w{2}", rest) or is_done_note(rest))


def _is_terse(pieces: list[Line]) -> bool:
    """Whether these are jottings, a line each, and no running text: three or more short lines, most with a figure; or lines
    each of which is a sentence.
    """
    texts = [piece.text for piece in pieces]
    if len(texts) > 1 and all(_CHANGE.search(text) or _ARROW.search(text) for text in texts):
        return True
    if len(texts) > 2 and all(_SENTENCE.match(text) for text in texts):
        return True
    if len(texts) < 3 or any(len(text) > _TERSE_CHARACTERS for text in texts):
        return False
    return sum(bool(re.search(r"\d", text)) for text in texts) * 2 > len(texts)


def _is_meant(before: str, piece: str, width: int) -> bool:
    """Whether the author broke the line before it was full, and what follows begins like a sentence of its own."""
    word = piece.partition(" ")[0]
    return (
        len(before) + 1 + len(word) < width and bool(re.match(r"[A-ZÄÖÜ\d\"“„\[(<>≤≥]", piece)) and not _OPEN_END.search(before)
    )


def _joined(pieces: list[Line]) -> list[Line]:
    """A soft break ends a line only where the next begins like a line of its own: a tick, a bullet or a `Label:`."""
    lines: list[Line] = []
    is_terse = _is_terse(pieces)
    width = max(_LEAST_WIDTH, *(len(piece.text) for piece in pieces))
    for index, piece in enumerate(pieces):
        starts = (
            (index > 0 and _is_meant(pieces[index - 1].text, piece.text, width))
            or BULLET.match(piece.text)
            or LEAD.match(piece.text)
            or _CLAUSE.match(piece.text)
            or _KEY_RESULT.match(piece.text)
            or _SIGN.match(piece.text)
        )
        if lines and not (is_terse or starts or take_mark(piece.text)[1] is not None):
            last = lines[-1]
            lines[-1] = Line(f"{last.text} {piece.text}", last.bold and piece.bold, last.offset)
        else:
            lines.append(piece)
    return lines
