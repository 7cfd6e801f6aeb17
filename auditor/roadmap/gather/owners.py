"""Who answers for a promise, where the page names somebody: `@ann` behind it, or `Owner: Ann` above it."""

import re
from collections.abc import Sequence

from auditor.roadmap.page.outline import Placed

_LEAD = re.compile(
    r"(?:owner|dri|accountable|responsible|assignee|verantwortlich(?:er?)?|zuständig)s?|(?:owned|assigned) (?:by|to)", re.I
)
_MENTION = re.compile(
    r"(?<![\w@/])@([\w-]{2,30})\b(?![@/])|[(\[]owner:? ([^()\[\]]{2,30})[)\]]"
    r"|[,;.–—-] ?(?:owner|dri): ?([^,;()\[\]]{2,30}?)\.?\Z",
    re.I,
)
_SIGNED = re.compile(r"\s[–—-]\s(?P<name>[A-ZÄÖÜ][a-zà-ÿ]{1,15}(?: [A-ZÄÖÜ][\w.]{0,15})?)\Z")
"""`… by 30 June — Paulo`, where the items beside it end so too."""
_LIMIT_BLOCKS = 60
_LIMIT_NAME = 60


def owner_of(page: Sequence[Placed], index: int) -> str:
    """Whoever the block names with an `@`, else in the nearest line on owners of its own section; empty if nobody."""
    placed = page[index]
    if mentioned := _MENTION.search(placed.block.text):
        return mentioned[mentioned.lastindex or 1]
    if (signed := _SIGNED.search(placed.block.text)) and placed.block.kind == "item":
        beside = [other for other in page[max(0, index - 3) : index + 4] if other is not placed]
        if any(_SIGNED.search(other.block.text) for other in beside):
            return signed["name"]
    frames = placed.frames
    above = {frame.line for frame in frames if frame.level > 1}
    for other in reversed(page[max(0, index - _LIMIT_BLOCKS) : index] if above else ()):
        if other.block.lead and other.frames and other.frames[-1].line in above and _LEAD.fullmatch(other.block.lead):
            return other.block.rest.lstrip("@")[:_LIMIT_NAME]
    return ""
