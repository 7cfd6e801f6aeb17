"""From a page's blocks to candidates: which lines and items may be promises, and how surely."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.labels import after_label, label_at_start, labels_in, period_at_start
from auditor.roadmap.gather.above import Above, due_above, label_beside, owner_of, read_above
from auditor.roadmap.gather.agreed import is_agreed
from auditor.roadmap.gather.candidate import Candidate, Strength
from auditor.roadmap.gather.no_promise import is_no_promise
from auditor.roadmap.gather.owners import doer
from auditor.roadmap.gather.pairs import key_of, pair_groups
from auditor.roadmap.gather.rows import row_candidates
from auditor.roadmap.gather.sentences import parts, sentences
from auditor.roadmap.page.blocks import Block
from auditor.roadmap.page.headings import Section, is_side_label, section_of
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.plan.drafts import CONTAINERS
from auditor.roadmap.plan.due import due_day
from auditor.roadmap.promise.mood import surely_stands
from auditor.roadmap.promise.reading import states_figure

_KEY_RESULT = re.compile(
    r"\A\W*(?:(?:KR|key result)[\s#-]*\d[\d.]*\s*[:.)\-–—]*\s*|"
    r"key result\s*[:–—]\s*|"
    r"(?:outcome|promise|commitment|pledge|target|criterion|metric|kpi)[\s#-]*\d{1,2}\s*[:.)–—-]\s+)",
    re.I,
)
_CODE_PREFIX = re.compile(
    r"\A(?:[A-Z]{1,4}-?\d{1,3}|(?:[Gg]oal|[Aa]im|[Zz]iel|[Rr]esult|[Ii]tem|[Pp]oint|[Rr]equirement) \d{1,2})\s*[:.)\-–—]\s+"
)
_ARROW = re.compile(r"(\s(?:→|->)\s)")
_OUTLINE = re.compile(r"\A(?P<chapter>\d{1,2})\.(?P<place>\d{1,2})[.)]?\s+(?=[^\W\d])")
_NUMBERED = re.compile(r"\W*(?:[A-Z]{1,3}[.-]?)?\d{1,3}(?:\.\d{1,3})*[.):]?\s+[A-ZÄÖÜ]")
"""A line of its own number goes on with nothing: `C.4 Outdated components …`."""
_TARGET = re.compile(r"(?:target|goal)s?\b:?\s*[<>≤≥~±+–−-]*=?\s*\d", re.I)
"""What follows the name of a metric that is stated in one line: `Lead time: target < 1 day`."""
_FOR_EVERY = re.compile(
    r"\b(?:each|every|all) (?:sprints?|phases?|releases?|milestones?|iterations?)\b|\A\W*(?:overall|whole programme)\W*\Z", re.I
)
_COMPARES = re.compile(r"\d\W*(?:->|→|➜|➡|⇒)\W*\d|[<>≤≥]=? ?\d|\bfrom \d+ to\b|\b(?:at most|no more than|under|below) \d", re.I)
_WAS = re.compile(
    r"\b(?:was|were|when|at the start|at first|currently|now|today|before|baseline|in (?:january|february|march|april|may|june|"
    r"july|august|september|october|november|december)|on \d|as of|so far|present(?:ly)?|we (?:are|have)|average|"
    r"last (?:year|quarter|month|sprint)|as-is|measured|20\d\d|q[1-4])\b",
    re.I,
)
_DONE_FRAME = re.compile(r"\W*(?:already )?(?:done|completed|shipped|achieved|finished|delivered)(?:\s*[^\w\s:].{0,30})?", re.I)
_AIMED = re.compile(r"\((?:target|goal|aim)s?:? ?[<>≤≥~]*=? ?\d[^()]*\)", re.I)
"""Among figures of the present one that says where it shall go: `Coverage: 12 % (target: 90 %)`."""
_ANY_YEAR = 2000
_QUOTED = re.compile(r"\b(?:says?|reads?|said|promises?|wants?)[:,]?\s+[\"“„«](?P<said>[^\"“”»]{12,300})[\"”“»]", re.I)
"""What somebody or something is quoted to promise: `Envelope two says: "Coverage is at 65 percent."`"""
_BY = re.compile(r"\b(?:by|until|till|before|end of|no later than|due|deadline|bis)\b", re.I)
_FAILS = re.compile(
    r"\b(?:(?:builds?|pipelines?|gates?|merges?|ci|releases?|deploy\w*|pull requests?|prs?|checks?|reviews?) "
    r"(?:(?:will|must|shall) )?"
    r"(?:fails?|breaks?|stops?|(?:is|are|be|gets?|turns?|goes) (?:red|blocked|refused|rejected|stopped|failed))|"
    r"(?:we|it) (?:fails?|blocks?|rejects?|refuses?|stops?)(?: the \w+)?|"
    r"(?:is|are|be) (?:not|never) (?:accepted|released|merged))"
    r" (?:when(?:ever)?|if|as soon as|with)\b\W*",
    re.I,
)
_STRENGTHS = {Section.METRICS: Strength.METRIC, Section.GOALS: Strength.GOAL}


def collect(page: Sequence[Placed], written: date | None = None, owner: str = "") -> tuple[Candidate, ...]:
    """Every candidate in reading order; `written` is the day on which the page was, `owner` who answers for all, if told."""
    found: list[Candidate] = []
    paired: set[int] = set()
    above = read_above(page, owner)
    for span, candidate in pair_groups(page):
        paired.update(span)
        found.extend(_inheriting((candidate,), page, span.start, above))
    for index, placed in enumerate(page):
        if placed.block.kind == "table":
            rows = row_candidates(placed, written)
            found.extend(msgspec.structs.replace(row, among=placed.block.line) for row in _inheriting(rows, page, index, above))
        elif index not in paired and placed.block.kind in ("item", "line"):
            found.extend(_inheriting(_text_candidates(placed, page, index, above), page, index, above))
    return tuple(sorted(found, key=lambda candidate: candidate.line))


def _inheriting(own: Iterable[Candidate], page: Sequence[Placed], index: int, above: Above) -> Iterator[Candidate]:
    """The candidates of the block, with the days and the owner of what it stands under."""
    days, owner = due_above(page, index, above), owner_of(page, index, above)
    for one in own:
        topic = above.people.of_topic(one.category) if page[index].block.kind == "table" else ""
        yield msgspec.structs.replace(one, due=(*one.due, *days), owner=one.owner or doer(one.text) or topic or owner)


def _text_candidates(placed: Placed, page: Sequence[Placed], index: int, above: Above) -> Iterator[Candidate]:
    block = placed.block
    aimed = placed.section is Section.PRESENT and _AIMED.search(block.text) is not None
    if (placed.section in (Section.ASIDE, Section.PRESENT) and not aimed) or is_no_promise(block.text):
        return
    block = msgspec.structs.replace(block, text=_without_number(page, index))
    key_result = _KEY_RESULT.match(block.text)
    is_measured = placed.section in _STRENGTHS or bool(_COMPARES.search(block.rest))
    is_stated = bool(_TARGET.match(block.rest)) or (states_figure(block.rest) and bool(candidates(block.lead)))
    if (placed.opens and not (key_result or _states_itself(placed, page, index))) or (
        not is_stated and is_side_label(block.lead, is_measured)
    ):
        return
    text = (block.text[key_result.end() :] if key_result else _CODE_PREFIX.sub("", block.text)).rstrip(",; ")
    text = _without_trail(text)
    strength = Strength.METRIC if key_result or aimed else _strength(placed)
    label = placed.label
    own = label_at_start(block.text) or period_at_start(block.text)
    if own and not own.refers and not key_result:
        label, text = own, after_label(block.text, own) or block.text
    is_listed = block.kind == "line" and ";" in text and strength is Strength.METRIC and section_of(block.lead) is Section.METRICS
    is_prose = (block.kind == "line" and not is_listed and not key_result) or bool(
        block.lead and section_of(block.lead) is Section.GOALS
    )
    last = page[index - 1].block if index else None
    is_below = last is not None and last.kind == "line" == block.kind and last.line == block.line - 1
    before = (
        last.text
        if last is not None and is_below and not key_result and not _NUMBERED.match(block.text) and not candidates(block.text)
        else ""
    )
    for said in sentences(text, placed.heading, before, block.lead, whole=block.kind == "item"):
        words, told = _forbidden(said.text, placed)
        quoted = _QUOTED.search(said.text)
        when = _when(said.text, block.text, page, index)
        if said.text and not is_no_promise(said.text) and not _tells_of_it(said.text, strength, block):
            yield Candidate(
                told or said.shown or said.text,
                block.line,
                strength,
                mark=_mark(placed),
                label=label if label and label.kind not in CONTAINERS else label_beside(page, index, above) or label,
                when=when,
                category=_category(placed),
                around=" ".join(frame.text for frame in placed.frames if frame.level > 1 and frame.label is None),
                whole=any(_FOR_EVERY.search(frame.text) for frame in placed.frames),
                prose=is_prose,
                baseline_text=said.stood or (block.note if _WAS.search(block.note) else ""),
                subject=said.subject,
                said=words or (quoted["said"] if quoted else said.text if said.shown else ""),
                forbidden=bool(words),
                agreed=is_agreed(page, index, above.people.headed),
                due=(said.text, when),
                among=placed.frames[-1].line if placed.frames and (block.kind == "item" or _is_taken_on(said.text)) else 0,
            )


def _is_taken_on(text: str) -> bool:
    """Whether the sentence says who does it and by when: `Team Anchor publishes the plan by 28 February.`"""
    return bool(doer(text)) and due_day(text, _ANY_YEAR) is not None


def _tells_of_it(text: str, strength: Strength, block: Block) -> bool:
    """Whether the sentence says how things stand or what happened; among metrics only a paragraph that names no measure does."""
    is_metric = strength is Strength.METRIC and (block.kind == "item" or bool(candidates(text)))
    return not is_metric and surely_stands(text)


def _without_number(page: Sequence[Placed], index: int) -> str:
    """The block's text without its number in an outline, which its neighbours go on: `1.1 no N+1 queries`, `1.2 …`."""
    text = page[index].block.text
    own = _OUTLINE.match(text)
    beside = (_OUTLINE.match(other.block.text) for other in page[max(0, index - 4) : index + 5]) if own else ()
    goes_on = any(one and own and abs(_place(one) - _place(own)) == 1 for one in beside)
    is_below = own is not None and any(re.match(rf"\W*{own['chapter']}\W", frame.text) for frame in page[index].frames)
    return text[own.end() :] if own and (goes_on or is_below) else text


def _without_trail(text: str) -> str:
    """`Coverage ≥ 74 % → coverage.xml → Noa`: what arrows lead to behind the promise and states no figure is none of it."""
    pieces = _ARROW.split(text)
    while len(pieces) > 1 and not states_figure(pieces[-1]) and not re.search(r"\b(?:all|every)\b", pieces[-1]):
        pieces = pieces[:-2] if len(pieces) > 2 else pieces[:1]
    return "".join(pieces)


def _place(number: re.Match[str]) -> int:
    return int(number["chapter"]) * 1_000 + int(number["place"])


def _forbidden(text: str, placed: Placed) -> tuple[str, str]:
    """What must not be, and the whole that forbids it, with the line above its list; both empty where nothing is forbidden."""
    if fails := _FAILS.search(text):
        return text[fails.end() :], text
    frame = placed.frames[-1].text if placed.frames and placed.block.kind == "item" else ""
    return (text, f"{frame}: {text}") if _FAILS.search(f"{frame} ") else ("", "")


def _when(said: str, text: str, page: Sequence[Placed], index: int) -> str:
    """What may say when: the sentence, else its block, else the line that leads into its list: `By 30 June we shall have`."""
    if labels_in(said):
        return said
    told = parts(text)
    before = told[: told.index(said) + 1] if said in told else (text,)
    for piece in reversed(before):
        if _BY.search(piece) and due_day(piece, _ANY_YEAR):
            return piece
    above = (page[place] for place in range(index - 1, max(-1, index - 30), -1) if page[place].block.kind != "item")
    lead = next(above, None) if page[index].block.kind == "item" else None
    is_lead = lead is not None and lead.block.kind == "line" and lead.frames == page[index].frames[: len(lead.frames)]
    return f"{text} {lead.block.text}" if is_lead and lead and _BY.search(lead.block.text) else text


def _strength(placed: Placed) -> Strength:
    """By the section; a lead such as `Exit criteria:` or `Goal:` is a section of one line."""
    block = placed.block
    lead = section_of(block.lead) if block.lead and len(block.lead.split()) <= 4 else Section.OTHER
    if placed.section in _STRENGTHS:
        return _STRENGTHS[placed.section]
    if lead is Section.METRICS or (block.lead and _TARGET.match(block.rest)):
        return Strength.METRIC
    if placed.section is Section.ASIDE_ALONE and not (_COMPARES.search(block.text) or candidates(block.text)):
        return Strength.LOOSE
    if placed.label is not None or label_at_start(block.text):
        return Strength.WORK
    return Strength.GOAL if lead is Section.GOALS else Strength.LOOSE


def _states_itself(placed: Placed, page: Sequence[Placed], index: int) -> bool:
    """An item with children is a promise of its own where it states a figure and the children do not."""
    if placed.block.kind != "item" or (placed.block.bold and not re.search(r"\d", placed.block.text)):
        return False
    if label_at_start(placed.block.text) or placed.block.text.endswith(":"):
        return False
    if index + 1 < len(page) and key_of(page[index + 1]) in ("goal", "baseline"):
        return False  # `API p99`, with `Current: 2.4 s` and `Target: 900 ms` under it
    return bool(re.search(r"\d|\b(?:zero|no|all|every|none|halve|double)\b", placed.block.text, re.I))


def _mark(placed: Placed) -> bool | None:
    """The block's own tick, else that of the sprint it stands in, else that of an item above it."""
    if placed.block.mark is not None:
        return placed.block.mark
    for frame in reversed(placed.frames):
        if (frame.mark and (frame.label is not None or frame.level >= 10)) or _DONE_FRAME.fullmatch(frame.text):
            return True
    return None


def _category(placed: Placed) -> str:
    lead = placed.block.lead
    is_subject = bool(lead) and len(lead.split()) <= 2 and not placed.heading and not candidates(lead)
    return lead if is_subject else placed.heading
