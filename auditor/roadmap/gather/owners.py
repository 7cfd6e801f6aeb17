"""Who answers for a promise, where the page names somebody: `@ann` behind it, or `Owner: Ann` above it."""

import re
from collections.abc import Sequence

from auditor.roadmap.page.outline import Placed

_LEAD = re.compile(
    r"(?:owner|dri|accountable|responsible|assignee|verantwortlich(?:er?)?|zuständig)s?|(?:owned|assigned) (?:by|to)", re.I
)
_MENTION = re.compile(r"(?<![\w@/])@([\w-]{2,30})\b(?![@/])|[(\[]owner:? ([^()\[\]]{2,30})[)\]]", re.I)
_LIMIT_BLOCKS = 60
_LIMIT_NAME = 60


def owner_of(page: Sequence[Placed], index: int) -> str:
    """Whoever the block names with an `@`, else in the nearest line on owners of its own section; empty if nobody."""
    placed = page[index]
    if mentioned := _MENTION.search(placed.block.text):
        return mentioned[1] or mentioned[2]
    frames = placed.frames
    above = {frame.line for frame in frames if frame.level > 1}
    for other in reversed(page[max(0, index - _LIMIT_BLOCKS) : index] if above else ()):
        if other.block.lead and other.frames and other.frames[-1].line in above and _LEAD.fullmatch(other.block.lead):
            return other.block.rest.lstrip("@")[:_LIMIT_NAME]
    return ""
