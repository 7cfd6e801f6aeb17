"""The lists of routes that a list is made of."""

import re
from collections.abc import Iterator

from auditor.paths.written.arguments import split

MARKS = re.compile(r"[+()\[\]{}]")
COPIED = re.compile(r"(?:list|tuple)\(([\w.]+)\)")


def summands(text: str) -> Iterator[str]:
    """The lists that a text adds up or spreads, and names that stand in one: `a`, `b.urls` and `c` of `a + [*b.urls, c]`."""
    text = _bare(text.strip())
    depth = begins = 0
    for mark in MARKS.finditer(text) if "+" in text else ():
        depth += (mark[0] in "([{") - (mark[0] in ")]}")
        if mark[0] == "+" and depth == 0:
            yield _copied(text[begins : mark.start()])
            begins = mark.end()
    yield _copied(text[begins:])
    if text.startswith("[") and text.endswith("]"):
        yield from (part for part in split(text[1:-1]) if part.isidentifier())
    for found in re.finditer(r"(?<![\w)\]*])\*\s*([A-Za-z_][\w.]*)", text):
        yield found[1]


def _copied(text: str) -> str:
    """The list that another is made of whole: `a` of `list(a)`."""
    found = COPIED.fullmatch(text.strip())
    return found[1] if found is not None else text.strip()


def _bare(text: str) -> str:
    """A text without the brackets around all of it."""
    if not text.startswith("("):
        return text
    depth = 0
    for mark in MARKS.finditer(text):
        depth += (mark[0] in "([{") - (mark[0] in ")]}")
        if depth == 0:
            return text[1:-1].strip() if mark.end() == len(text) else text
    return text[1:]
