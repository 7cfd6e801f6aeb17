"""Who answers for a promise, where the page names somebody: beside it, in a heading over it, or in a line of its section."""

import re
from collections.abc import Sequence

import msgspec

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.labels import labels_in, period_at_start
from auditor.roadmap.page.column_kinds import kind_of
from auditor.roadmap.page.outline import Placed, leads_of

_AT = re.compile(r"(?<![\w@/])@([\w-]{2,30})\b(?![@/])")
_ROLE = re.compile(
    r"(?:[(\[]|(?:[,;|·•.–—-]) ?)(?P<role>[^\W\d][\w ]{1,20}?):? "
    r"(?P<name>[^\W\d][^,;:|·•()\[\]]{1,30}?)\.?(?=[)\]]|\s[|·•]|\Z|[,;] ?\d)"
)
"""`(Owner: Tomas)`, `(lead: Bo Chen, 2–27 March)`, `— DRI: Ann`."""
_NAME = r"[A-ZÄÖÜ][a-zà-ÿ]{1,15}(?: [A-ZÄÖÜ][\w.]{0,15})?"
_SIGNED = re.compile(rf"\s(?:(?:[–—→-]|->)\s(?P<name>{_NAME})|\((?P<bracketed>{_NAME})\))\Z")
"""`… by 30 June — Paulo`, `… by 30 June (Paulo)`, where items beside it end so too."""
_TAKES = re.compile(
    rf"(?P<name>{_NAME}) (?:takes|owns|leads|drives|will (?:take|own|lead|drive)|is responsible for|answers for)\b"
)
"""`Dana takes the packages: …`"""
_NOBODY = re.compile(
    r"(?:we|it|this|that|nobody|everybody|high|medium|low|critical|mandatory|optional|stretch|must|should|could|done|open|yes|no|"
    r"grafana|codecov|prometheus|sentry|datadog|locust|redis|jira|github|gitlab|jenkins|ci|sonarqube|pytest|monthly|weekly|daily|"
    r"new|today|baseline|continuous|ongoing)\b",
    re.I,
)
"""What stands in brackets behind a promise and is nobody's name."""
_LIMIT_NAME = 60


class Owners(msgspec.Struct, frozen=True):
    """The lines that name an owner, by the line of the heading, item or bold line that they stand under."""

    by_frame: dict[int, list[tuple[int, str]]]
    """The place in the page and the name of each."""
    lead: frozenset[int]
    """The frames in which the owner stands before what is owned."""
    of_sprint: dict[str, str]
    """Whoever the page names for a sprint, anywhere, where it is one."""


def read_owners(page: Sequence[Placed]) -> Owners:
    """What the lines of the page say of owners, `Owner: Ann` and its like."""
    by_frame: dict[int, list[tuple[int, str]]] = {}
    first: dict[int, int] = {}
    sprints: dict[str, set[str]] = {}
    for index, placed in enumerate(page):
        if not placed.frames:
            continue
        frame = placed.frames[-1].line
        first.setdefault(frame, index)
        name = _stated(placed) if placed.block.kind != "table" else ""
        if name:
            by_frame.setdefault(frame, []).append((index, name))
            if placed.frames[-1].label:
                sprints.setdefault(placed.frames[-1].label.key, set()).add(name)
    signed = [(index, name) for index, placed in enumerate(page) if placed.opens and (name := _signed(placed))]
    for index, name in signed if len(signed) > 1 else ():  # `Reliability (Paul)` and `Speed (Ann)`
        by_frame[page[index].block.line] = [(index, name)]
        first[page[index].block.line] = index
    lead = frozenset(frame for frame, said in by_frame.items() if said[0][0] == first[frame])
    return Owners(by_frame, lead, {key: min(names) for key, names in sprints.items() if len(names) == 1})


def _stated(placed: Placed) -> str:
    led = (rest for lead, rest in leads_of(placed) if kind_of(lead)[0] == "owner")
    return next((rest.lstrip("@").rstrip(" .")[:_LIMIT_NAME] for rest in led if rest), "")


def owner_of(page: Sequence[Placed], index: int, owners: Owners) -> str:
    """Whoever the block itself names, else the nearest of what it stands under: in its heading or in a line; empty if nobody."""
    placed = page[index]
    if beside := _beside(placed.block.text):
        return beside
    if takes := _TAKES.match(placed.block.text):
        return "" if _NOBODY.match(takes["name"]) else takes["name"]
    if placed.block.kind == "item" and (name := _signed(placed)):
        others = [other for other in page[max(0, index - 3) : index + 4] if other is not placed]
        if any(_signed(other) for other in others):
            return name
    above = [(frame.line, frame.text if frame.level > 1 else "") for frame in reversed(placed.frames)]
    for line, text in (*([(placed.block.line, "")] if placed.opens else ()), *above):
        if found := _near(owners, line, index) or _beside(text):
            return found
    return owners.of_sprint.get(placed.label.key, "") if placed.label else ""


def _signed(placed: Placed) -> str:
    """The name that the block ends with, on its own or in brackets."""
    found = _SIGNED.search(placed.block.text)
    name = (found["bracketed"] or ("" if placed.opens else found["name"])) if found else ""
    return "" if _NOBODY.match(name) or labels_in(name) or period_at_start(name) or candidates(name) else name


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
