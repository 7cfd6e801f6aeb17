"""Who answers for a promise, where the page names somebody: beside it, in a heading over it, or in a line of its section."""

import re
from collections.abc import Sequence

import msgspec

from auditor.roadmap.page.column_kinds import kind_of
from auditor.roadmap.page.outline import Placed, leads_of

_AT = re.compile(r"(?<![\w@/])@([\w-]{2,30})\b(?![@/])")
_ROLE = re.compile(
    r"(?:[(\[]|(?:[,;|·•.–—-]) ?)(?P<role>[^\W\d][\w ]{1,20}?):? "
    r"(?P<name>[^\W\d][^,;:|·•()\[\]]{1,30}?)\.?(?=[)\]]|\s[|·•]|\Z)"
)
"""`(Owner: Tomas)`, `(lead: Bo Chen)`, `— DRI: Ann`."""
_SIGNED = re.compile(r"\s[–—-]\s(?P<name>[A-ZÄÖÜ][a-zà-ÿ]{1,15}(?: [A-ZÄÖÜ][\w.]{0,15})?)\Z")
"""`… by 30 June — Paulo`, where the items beside it end so too."""
_LIMIT_NAME = 60


class Owners(msgspec.Struct, frozen=True):
    """The lines that name an owner, by the line of the heading, item or bold line that they stand under."""

    by_frame: dict[int, list[tuple[int, str]]]
    """The place in the page and the name of each."""
    lead: frozenset[int]
    """The frames in which the owner stands before what is owned."""


def read_owners(page: Sequence[Placed]) -> Owners:
    """What the lines of the page say of owners, `Owner: Ann` and its like."""
    by_frame: dict[int, list[tuple[int, str]]] = {}
    first: dict[int, int] = {}
    for index, placed in enumerate(page):
        if not placed.frames or placed.frames[-1].level == 1:
            continue
        frame = placed.frames[-1].line
        first.setdefault(frame, index)
        name = _stated(placed) if placed.block.kind != "table" else ""
        if name:
            by_frame.setdefault(frame, []).append((index, name))
    return Owners(by_frame, frozenset(frame for frame, said in by_frame.items() if said[0][0] == first[frame]))


def _stated(placed: Placed) -> str:
    led = (rest for lead, rest in leads_of(placed) if kind_of(lead)[0] == "owner")
    return next((rest.lstrip("@")[:_LIMIT_NAME] for rest in led if rest), "")


def owner_of(page: Sequence[Placed], index: int, owners: Owners) -> str:
    """Whoever the block itself names, else the nearest of what it stands under: in its heading or in a line; empty if nobody."""
    placed = page[index]
    if beside := _beside(placed.block.text):
        return beside
    if (signed := _SIGNED.search(placed.block.text)) and placed.block.kind == "item":
        others = [other for other in page[max(0, index - 3) : index + 4] if other is not placed]
        if any(_SIGNED.search(other.block.text) for other in others):
            return signed["name"]
    above = [(frame.line, frame.text) for frame in reversed(placed.frames) if frame.level > 1]
    for line, text in ((placed.block.line, ""), *above):
        if found := _near(owners, line, index) or _beside(text):
            return found
    return ""


def _near(owners: Owners, frame: int, index: int) -> str:
    """Of the lines under that frame the one that speaks of the block at `index`: the only one, else the next on its side."""
    said = owners.by_frame.get(frame, [])
    if len(said) < 2:
        return said[0][1] if said else ""
    if frame in owners.lead:
        return next((name for place, name in reversed(said) if place < index), "")
    return next((name for place, name in said if place > index), "")


def _beside(text: str) -> str:
    if mentioned := _AT.search(text):
        return mentioned[1]
    roles = (found for found in _ROLE.finditer(text) if kind_of(found["role"])[0] == "owner")
    return next((found["name"].strip().lstrip("@") for found in roles), "")
