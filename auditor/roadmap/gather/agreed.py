"""Work that is agreed on: in lists and tables of actions and among boxes to tick every line is a promise, whatever about."""

import re
from collections.abc import Iterator, Mapping, Sequence

from auditor.roadmap.gather.candidate import Candidate
from auditor.roadmap.gather.owners import is_action
from auditor.roadmap.gather.promising import Found, read_one
from auditor.roadmap.page.columns import Columns
from auditor.roadmap.page.headings import Section, section_of
from auditor.roadmap.page.outline import Frame, Placed
from auditor.roadmap.plan.due import due_day
from auditor.roadmap.promise.mood import surely_stands

_WHICH = (
    r"(?:(?:the|our|all|open|new|agreed|corrective|preventi(?:ve|tive)|preventative|remedial|follow-?up|resulting|required|"
    r"planned|improvement|management) (?:(?:and|&) )?)*"
)
_ACTION = r"(?:actions?(?: (?:items?|points?))?|to-?dos?|follow-?ups?|commitments?|undertakings?|measures?|maßnahmen|aufgaben)"
_AGREED = re.compile(
    rf"\W*(?:{_WHICH}(?:{_ACTION}|agreements?|tasks? agreed|vereinbarungen)(?: (?:agreed|taken|for|from|until|by|and|of)\b.*)?|"
    r"(?:\w+ ){0,2}checklist|(?:what )?(?:we|was|they)(?: have)? agreed(?: (?:on|upon|to do))?|who does what.*|"
    r"(?:what )?(?:we|everybody|everyone) (?:takes?|signed|signs) (?:on|up for).*)\W*",
    re.I,
)
"""The heading of a list of such work: `Corrective actions`, `Agreements`, `Measures agreed`."""
_ACTION_HEAD = re.compile(
    rf"\W*(?:what|tasks?|activit(?:y|ies)|was|aufgabe|{_WHICH}{_ACTION})(?: (?:agreed|to (?:take|do)|required|planned|due))?\W*",
    re.I,
)
"""The heading of a column of such work."""
_NO_WORK = re.compile(
    r"\(|\W*(?:\w+\W*\Z|(?:we|i) (?:do|will|wo|are|am)(?: not|n't)\b|next (?:meeting|call|review)\b)|.*\?\W*\Z", re.I
)
"""One word, a question, what will not be done."""
_NO_LIST = (Section.ASIDE, Section.PRESENT)
_BY = re.compile(r"\b(?:by|until|till|before|due|no later than|deadline|bis)\b", re.I)
_ANY_YEAR = 2000
_WHEN = {"owner", "sprint", "ends"}


def is_agreed(page: Sequence[Placed], index: int, headed: Mapping[int, str]) -> bool:
    """Whether the item stands in a list of such work, or has a box to tick: that of a sprint is a deliverable of it.

    Boxes of tasks are but work for the promises beside them. `headed` says by line whom headings name.
    """
    placed = page[index]
    if placed.block.kind != "item" or placed.section in _NO_LIST or placed.label is not None or not placed.frames:
        return False
    if is_action(placed.block.text):
        return True
    frame = placed.frames[-1]
    if _is_person(frame, headed.get(frame.line, "")) or _AGREED.fullmatch(frame.text) or _is_due(frame):
        return True
    if placed.block.mark is None or placed.section in (Section.DELIVERABLES, Section.ASIDE_ALONE):
        return False
    above = next((page[place].block for place in range(index - 1, -1, -1) if page[place].block.kind != "item"), None)
    return above is None or section_of(above.text) not in (*_NO_LIST, Section.ASIDE_ALONE)


def _is_person(frame: Frame, name: str) -> bool:
    """Whether the heading is nothing but that name: what stands under it somebody takes on."""
    return bool(name) and re.search(r"[^\W\d]{2}", frame.text.replace(name, "")) is None


def _is_due(frame: Frame) -> bool:
    """Whether the heading says by when all under it is to be done: `Developer experience (until 30 April 2027)`."""
    return frame.level > 1 and _BY.search(frame.text) is not None and due_day(frame.text, _ANY_YEAR) is not None


def action_column(placed: Placed, columns: Columns) -> int | None:
    """The column of such work in a table that also says who does it or by when."""
    kinds = columns.at.keys()
    if placed.label is not None or {"goal", "baseline"} & kinds or not _WHEN & kinds:
        return None
    heads = (index for index, header in enumerate(placed.block.header) if _ACTION_HEAD.fullmatch(header.strip(" *:")))
    return next(heads, None)


def keep_agreed(every: Sequence[Candidate], read: Sequence[Found], kept: Sequence[Found]) -> tuple[Found, ...]:
    """What is agreed on and not kept yet: read as it is, else as a promise without a figure."""
    lines = {one.candidate.line for one in kept}
    return tuple(found for one in every if one.agreed and one.line not in lines for found in _read(one, read))


def _read(one: Candidate, read: Sequence[Found]) -> Iterator[Found]:
    if _NO_WORK.match(one.text) or surely_stands(one.text):
        return
    own = [found for found in read if found.candidate.line == one.line]
    yield from own or [found for found in (read_one(one, surely=True),) if found]
