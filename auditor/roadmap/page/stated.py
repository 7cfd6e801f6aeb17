"""What lines under a heading say of when, for all that stands under it: `Sprint: 31`, `Due: 29 May 2026`."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from auditor.roadmap.calendar.labels import Label, cell_label
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.outline import Placed, leads_of

WHEN = re.compile(
    r"(?:target |planned |due )?sprint|(?:planned|scheduled)(?: for| in)?|due|"
    r"deadline|by|when|"
    r"timeline|quarter|time ?frame|period|schedule|phase|milestone|due date|target date|until|"
    r"iteration|delivered in|time-?bound|(?:fix|target|planned) (?:version|release|iteration|milestone)s?",
    re.I,
)
_TITLE = 1
_NEAR = 4
_LIMIT_UNDER = 40


def label_beside(page: Sequence[Placed], index: int) -> Label | None:
    """The sprint that a line beside names (`Planned for: Sprint 3`), else the one that lines under a heading above do.

    `Priority: high | Sprint: 23` under `PAY-120 Refunds` holds for the acceptance criteria under that heading.
    """
    here = page[index]
    if not here.frames:
        return None
    near = (other for other in page[max(0, index - _NEAR) : index + _NEAR + 1] if other.frames == here.frames)
    beside = (rest for other in near for lead, rest in _led(other) if lead == other.block.lead)
    if label := next((label for rest in beside if (label := cell_label(rest))), None):
        return label
    for said in _under(page, index):
        named = {label.key: label for rest in said if (label := cell_label(rest))}
        if named:
            return next(iter(named.values())) if len(named) == 1 else None
    return None


def due_above(placed: Placed) -> tuple[str, ...]:
    """The headings that may say by when, the nearest first: `How we shall know (to be checked on 31 August)` is due by then."""
    among = (Section.METRICS, Section.GOALS)
    frames = [frame for frame in reversed(placed.frames) if frame.label is None]
    return tuple(re.sub(r"\bon (?=\d|[A-Z])", "by ", one.text) if one.section in among else one.text for one in frames)


def due_beside(page: Sequence[Placed], index: int) -> tuple[str, ...]:
    """What lines under the headings above say of when, the nearest first."""
    return tuple(said[0] for said in _under(page, index) if len(said) == 1)


def _under(page: Sequence[Placed], index: int) -> Iterator[list[str]]:
    """For each frame above the block, innermost first and the title left out: what its own lines say of when."""
    frames = page[index].frames
    for depth in range(len(frames), 0, -1):
        frame = frames[depth - 1]
        if frame.level == _TITLE:
            return
        first = bisect_left(page, frame.line, key=lambda placed: placed.block.line) + 1
        own = (other for other in page[first : first + _LIMIT_UNDER] if other.frames == frames[:depth] and not other.opens)
        yield [rest for other in own for _, rest in _led(other)]


def _led(placed: Placed) -> Iterator[tuple[str, str]]:
    if ":" in placed.block.text or placed.block.kind == "table":
        yield from ((lead, rest) for lead, rest in leads_of(placed) if WHEN.fullmatch(lead))
