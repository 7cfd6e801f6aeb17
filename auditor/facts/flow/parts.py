"""Parts of a text or list that are picked by their number, found in the text: there may be fewer of them."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from auditor.facts.flow.around import Around
from auditor.facts.flow.events import Read
from auditor.facts.flow.reads import placed
from auditor.facts.screen import Sheet

MAKES = re.compile(rb"\.(?P<how>r?split|getlist|splitlines)\((?P<given>(?:[^()\n]|\([^()\n]*\)){0,60})\)")
"""What makes parts of a whole. The pattern begins with one certain byte, for which the engine jumps."""
PICKS = re.compile(rb"\[(?P<number>-?\d+)\](?!\s*=[^=])")
OWNER = re.compile(
    rb"(?<![\w.\])}'\"])(?P<plain>[A-Za-z_][\w.]*?(?:\.(?:get|pop)\([^()\n]*\)|\[[^\[\]\n]*\])?)"
    rb"(?:\.(?:strip|lower|upper)\([^()\n]*\))?\Z"
)
"""A name, or what is picked by a key: `request.headers.get("Authorization", "")`."""
ASKED_BESIDE = rb"\bin\s+%s(?![\w.])"
"""`text.split(":")[1] if ":" in text else text`."""
GIVEN = re.compile(rb"\([^()\n]*\)|\[[^\[\]\n]*\]")
NAMED = re.compile(rb"(?m)^[ \t]*(?P<name>[A-Za-z_]\w*)[ \t]*=[ \t]*\Z")
"""What stands before a whole that is given a name: `parts = text.split(":")`."""
ENDS = re.compile(rb"[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
FUNCTION = re.compile(rb"\n[ \t]*(?:async )?def ")
LONGEST = 120
FAR = 2000
SPLITS = (b"split", b"rsplit")
ALWAYS = (0, -1)
"""A text that is split by a given text has a first and a last part, whatever it holds."""


def parts(sheet: Sheet, around: Around) -> Iterator[Read]:
    """`text.split(":")[1]`, and `parts[1]` after `parts = text.split(":")`, in the order of the source. `text` of the reads is
    the whole in short, with the name of the parts behind it: `text.split()[]`, `text.split() parts`.
    """
    found: dict[int, tuple[str, bool]] = {}
    for match in MAKES.finditer(sheet.source):
        owner = OWNER.search(sheet.source, max(0, match.start() - LONGEST), match.start())
        if owner is None:
            continue
        whole = GIVEN.sub(lambda given: b"()" if given[0][:1] == b"(" else b"[]", owner["plain"]) + b"." + match["how"] + b"()"
        asked = re.compile(ASKED_BESIDE % re.escape(owner["plain"]))
        known = match["how"] in SPLITS and match["given"].strip() not in (b"", b"None")
        for start, number, name in _picked(sheet.source, match, owner.start()):
            if (not known or number not in ALWAYS) and not asked.search(_line(sheet, start)):
                text = whole + (b" " + name if name else b"[]")
                found[start] = (text.decode("utf-8", "replace"), False)
    yield from placed(sheet, around, found)


def _line(sheet: Sheet, start: int) -> bytes:
    """What stands before and behind a place on its line."""
    row = bisect_right(sheet.starts, start)
    ends = sheet.starts[row] if row < len(sheet.starts) else len(sheet.source)
    return sheet.source[max(sheet.starts[row - 1], start - LONGEST) : min(ends, start + LONGEST)]


def _picked(source: bytes, match: re.Match[bytes], begins: int) -> Iterator[tuple[int, int, bytes]]:
    """Where a part is picked at once, or of the name that the parts are given: the byte, the number, the name."""
    at_once = PICKS.match(source, match.end())
    if at_once:
        yield match.end(), int(at_once["number"]), b""
        return
    named = NAMED.search(source, max(0, begins - LONGEST), begins)
    if named is None or not ENDS.match(source, match.end()):
        return
    leaves = FUNCTION.search(source, match.end(), match.end() + FAR)
    until = leaves.start() if leaves else match.end() + FAR
    for one in re.compile(rb"(?<![\w.])%s(?=\[)" % re.escape(named["name"])).finditer(source, match.end(), until):
        picked = PICKS.match(source, one.end())
        if picked:
            yield one.start(), int(picked["number"]), named["name"]
