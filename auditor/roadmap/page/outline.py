"""Where each block stands: the headings and list items above it, the kind of section, and the sprint."""

import re
from collections.abc import Iterator

import msgspec

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.dates import Span, read_span, strip_dates
from auditor.roadmap.calendar.labels import Label, label_at_start, labels_in, period_at_start, title_after, version_at_start
from auditor.roadmap.page.blocks import Block
from auditor.roadmap.page.column_kinds import kind_of
from auditor.roadmap.page.headings import Section, section_of
from auditor.roadmap.page.series import read_series

WHEN = re.compile(
    r"(?:target |planned |due )?sprint|(?:planned|scheduled)(?: for| in)?|due|"
    r"deadline|by|when|"
    r"timeline|quarter|time ?frame|period|schedule|phase|milestone|due date|target date|until|"
    r"iteration|delivered in|time-?bound|(?:fix|target|planned) (?:version|release|iteration|milestone)s?",
    re.I,
)
"""What stands before a colon and a day or sprint: `Deadline: 3 May`."""
_PERIODS = ("version", "month", "half", "quarter")
_SPRINT_LINE = 7
_SECTION_LINE = 8
_NAME_LINE = 9
_ITEM = 10
_GENERIC = re.compile(
    r"(?:our |the |overall |key |global |mandatory |minimum |required |measurable )*(?:(?:success|acceptance|exit|"
    r"completion) )?(?:metrics?|criteria|kpis?|key results?|"
    r"okrs?|targets?|goals?|objectives?|definition of done|dod|done when|exit when|done|acceptance|gates?|"
    r"measures?|indicators?|scorecard|results|"
    r"promises|commitments)"
    r"(?: (?:and|&|/) (?:metrics?|kpis?|targets?|goals?))?(?: table)?",
    re.I,
)
_STATES = re.compile(r"\d|\b(?:all|every|each|no|none|zero)\b", re.I)
_BY_PERIOD = re.compile(r"(?:by|until|(?:by |until )?(?:the )?end of)\b", re.I)
_PAST = re.compile(
    r"\b(?:achiev\w*|results?|happened|shipped|reviews?|measured|figures|numbers|incidents|delivered|done|was|were|had|current|state|"
    r"status|baselines?)\b",
    re.I,
)
_UNTIL = re.compile(r"\s*(?P<lead>until|by|due)\s+(?:on |by )?(?=[\w ,.]*\d)", re.I)
"""`Champion: Hedda · until 16 October`."""
_MONTH_AT_END = re.compile(r"^(?:[\w-]+ ){1,3}(?:for|in|until|by) (?P<name>[A-Z]\w{2,8})\W*\Z")
_LEADS_ON = re.compile(r"\b(?:when|whenever|if|unless|as soon as|where|wenn|falls|sobald)\W*\Z", re.I)
"""`The build fails when`, above the list of what must not be."""
_LEADS_IN = re.compile(r"\b(?:will|shall|want|promise|commit)\b.*\b(?:the following|as follows)\W*\Z", re.I)
"""`By 30 June we will have done the following.`, above lines or a list."""
_RUN_BY = re.compile(r"\W*(?:owned|driven|led|run|headed|managed|coordinated) by (?!\d)[^.;:]{2,50}\W*\Z", re.I)
_WEEK_ONE = re.compile(r"\W*(?:week|day) (?:1|one) (?:starts|begins|is)\b", re.I)
"""What only says when the counting begins."""
_KEY_RESULT = re.compile(r"\A\W*(?:KR|key result)[\s-]*\d", re.I)


SPEAKS = re.compile(
    r"[\[(]?(?P<name>@?[^\W\d][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{0,20}){0,2})[\])]?[\s,:·|–—-]*"
    r"[\[(]?(?:\d{4}-\d\d-\d\d[ T])?\d{1,2}[:.]\d{2}"
    r"(?: ?[AaPp][Mm])?[\])]?:?"
)
"""Who writes what stands below, and when: `tobias 09:11`."""


class Frame(msgspec.Struct, frozen=True):
    """One heading, or a line or item that acts as one. `claimed`: its author ticked the whole of it."""

    level: int
    text: str
    line: int
    section: Section
    label: Label | None
    mark: bool | None


class Placed(msgspec.Struct, frozen=True):
    """A block and the frames above it, outermost first."""

    block: Block
    frames: tuple[Frame, ...]
    opens: Frame | None = None
    """The frame that this block itself opens for what follows."""

    @property
    def section(self) -> Section:
        """The kind of section the block stands in: the innermost that says anything, asides winning over all."""
        kinds = [frame.section for frame in self.frames]
        if Section.ASIDE in kinds:
            return Section.ASIDE
        for index in range(len(kinds) - 1, -1, -1):
            if kinds[index] is Section.ASIDE_ALONE and Section.METRICS in kinds[:index]:
                continue
            if kinds[index] is not Section.OTHER:
                return kinds[index]
        return Section.OTHER

    @property
    def label(self) -> Label | None:
        """The innermost sprint label above the block."""
        return next((frame.label for frame in reversed(self.frames) if frame.label), None)

    @property
    def heading(self) -> str:
        """A category: the innermost frame that names a subject, not a sprint, the page or `Success metrics`."""
        return next((frame.text for frame in reversed(self.frames) if not frame.label and not _names_nothing(frame)), "")


def leads_of(placed: Placed) -> Iterator[tuple[str, str]]:
    """What stands before and after each colon of a line such as `Author: dev-ex · Target release: 5.1 (31 March)`."""
    if placed.block.kind == "table":
        yield from ((row[0].strip(" *:"), row[1]) for _, row in placed.block.rows if len(row) == 2)
        return
    pieces = re.split(r"\s[·|•]\s|\.\s+(?=[A-Z][\w ]{2,20}:\s)", placed.block.text)
    for piece in pieces:
        if len(pieces) > 1 and (until := _UNTIL.match(piece)):
            yield until["lead"], piece[until.end() :]
            continue
        lead, colon, rest = piece.partition(" = " if " = " in piece and ":" not in piece else ":")
        if colon and rest.strip():
            yield lead.strip(" *"), rest.strip()


def _names_nothing(frame: Frame) -> bool:
    return frame.level == 1 or bool(_GENERIC.fullmatch(frame.text.strip(" .:")))


def place(blocks: tuple[Block, ...]) -> Iterator[Placed]:
    """Every block with its frames, in reading order."""
    stack: list[Frame] = []
    series = read_series(blocks)
    title = _title(blocks)
    names = {block.line for block in blocks if block.kind == "line" and block.bold and section_of(block.text) is Section.OTHER}
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        frame = _frame(block, following, is_title=block is title)
        if frame and block is title and _is_list(blocks) and section_of(frame.text) is Section.METRICS:
            frame = msgspec.structs.replace(frame, section=Section.METRICS)
        if frame is None and block.kind == "line" and following and following.kind == "item" and series.label_of(block.text):
            frame = _named(block, _SPRINT_LINE)
        if frame and not frame.label and (label := series.label_of(frame.text)):
            frame = msgspec.structs.replace(frame, label=label, section=Section.OTHER)
        if frame and not block.bold and frame.level in (_SECTION_LINE, _NAME_LINE) and any(one.line in names for one in stack):
            frame = msgspec.structs.replace(frame, level=_ITEM)  # `When we are done:` under a bold name is a part of that
        level = frame.level if frame else _level(block)
        while stack and stack[-1].level >= level:
            stack.pop()
        yield Placed(block, tuple(stack), frame)
        if frame:
            stack.append(frame)


def _title(blocks: tuple[Block, ...]) -> Block | None:
    heads = [block for block in blocks if block.kind == "heading"]
    return next((block for block in heads if block.level == 1), heads[0] if heads else None)


def _is_list(blocks: tuple[Block, ...]) -> bool:
    """Whether the page is a title with lines and lists under it: then the title says what they are."""
    return sum(block.kind == "heading" for block in blocks) == 1 and not any(block.kind == "table" for block in blocks)


def _level(block: Block) -> int:
    """The level above which frames end: an item ends items of its depth, a line inside an item none."""
    if block.kind == "item":
        return _ITEM + block.level
    return _ITEM + block.level + (1 if block.level else 0)


def _frame(block: Block, following: Block | None, is_title: bool) -> Frame | None:
    if block.kind == "heading":
        return _heading_frame(block, is_title)
    if block.kind == "item" and block.parent:
        return _named(block, _ITEM + block.level)
    if block.kind != "line" or len(block.text) > 90 or _WEEK_ONE.match(block.text) or _names_owner(block.text):
        return None
    if following is None:
        return _named(block, _SPRINT_LINE) if not block.level and _announces_sprint(block) else None
    leads_in = block.text.endswith(":") or _LEADS_IN.search(block.text) is not None
    is_label = leads_in and following.kind in ("item", "table", "line")
    leads_on = following.kind == "item" and _LEADS_ON.search(block.text) is not None
    is_label = is_label or leads_on or (following.kind == "item" and _heads_list(block.text))
    if _KEY_RESULT.match(block.text):
        return None
    if not block.level and SPEAKS.fullmatch(block.text):
        return _named(block, _NAME_LINE)
    if following.kind == "item" and not block.level and _is_dated_version(block.text):
        return _named(block, _SPRINT_LINE)
    if (following.kind == "item" or block.bold) and not block.level and (month := _month_alone(block.text)):
        return msgspec.structs.replace(_named(block, _SPRINT_LINE), label=month)
    if not block.bold and _announces_sprint(block):
        return _named(block, _ITEM + block.level if block.level else _SPRINT_LINE)
    if not (block.bold or is_label) or (block.rest and not (block.bold or leads_on)):
        return None
    base = _ITEM + block.level if block.level else 0
    label = label_at_start(block.text)
    kind = _section(block.text, label)
    if base:
        return _named(block, base)
    level = _SPRINT_LINE if label and not label.refers else _SECTION_LINE if kind is not Section.OTHER else _NAME_LINE
    return _named(block, level)


def _names_owner(text: str) -> bool:
    """Whether the line says no more than who answers for what follows, and heads nothing: `Lead – Team Orion`."""
    lead, *rest = re.split(r":\s+|\s[–—-]\s", text.strip(" *()"), maxsplit=1)
    return (bool(rest) and kind_of(lead)[0] == "owner") or _RUN_BY.match(text) is not None


def _heads_list(text: str) -> bool:
    """A line of a few words, or of nothing but a sprint's name, heads the list below it: `Latency (p95)`, `2026-H1`."""
    label = label_at_start(text)
    if label is not None:
        rest = text[label.end :].lstrip()
        return not rest or (rest[0] in ":–—-(" and len(rest.split()) <= 5 and not _STATES.search(rest))
    words = re.sub(r"\([^()]*\)", "", text)
    return len(words.split()) <= 4 and not re.search(r"\d|[.!?,;]\Z", words)


def _announces_sprint(block: Block) -> bool:
    """`M1 – Beta (due 14 March 2026)`: a line with a sprint's name, a few words and a date, and no promise in it."""
    label = label_at_start(block.text)
    if label is None or label.refers or label.kind in _PERIODS:
        return False
    rest = block.text[label.end :].lstrip()
    title = title_after(block.text, label)
    has_date = read_span(rest, 2000) != Span()
    return rest[:1] in tuple(":(-–—|,.·") and has_date and len(title.split()) <= 6 and not candidates(title)


def _is_dated_version(text: str) -> bool:
    """`2.4 (14 Jan 2028)` above a list."""
    label = version_at_start(text)
    return label is not None and not re.search(r"[^\W\d]", strip_dates(text[label.end :])) and read_span(text, 2000) != Span()


def _month_alone(text: str) -> Label | None:
    """`March – dependencies` above a list."""
    label = period_at_start(text)
    is_alone = label is not None and len(text.split()) <= 5 and not _STATES.search(text[label.end :])
    return label if is_alone else None


def _heading_frame(block: Block, is_title: bool) -> Frame:
    frame = _named(block, block.level)
    if not is_title or block.level > 1:
        return frame
    section = Section.GOALS if frame.section in (Section.METRICS, Section.GOALS) else Section.OTHER
    label = frame.label if frame.label and frame.label.kind in ("sprint", "iteration", "phase", "milestone") else None
    return Frame(frame.level, frame.text, frame.line, section, label, frame.mark)


def _named(block: Block, level: int) -> Frame:
    text = block.text.rstrip(": ")
    label = label_at_start(text, horizons=block.kind == "heading" or _is_dated_version(text))
    heads = block.bold or block.text.endswith(":") or block.parent
    if label is None and block.kind != "heading" and heads and _BY_PERIOD.match(text):
        label = period_at_start(text)
    if label is None and (block.kind == "heading" or (block.kind == "line" and block.text.endswith(":"))):
        named = labels_in(text)
        label = next((one for one in named if one.kind not in _PERIODS), None) or _this_quarter(text) or _goals_of(text, named)
    section = _section(text, label)
    if block.kind == "item" and section is Section.ASIDE_ALONE and len(text.split()) > 1:
        section = Section.OTHER  # an item with items under it names their subject: `Internal tools`
    return Frame(level, text, block.line, section, label, block.mark)


def _goals_of(text: str, named: tuple[Label, ...]) -> Label | None:
    """The one period that a section of goals is for: `Goals for 2026 Q3`, `Adopt by the end of Q1 2026`."""
    if not named and (month := _MONTH_AT_END.search(text)) and not _PAST.search(text):
        period = period_at_start(month["name"])
        return msgspec.structs.replace(period, start=month.start("name"), end=len(text)) if period else None
    if len(named) != 1 or not re.search(r"\b(?:for|in|of|until|by)(?: the)?\s+\Z", text[: named[0].start], re.I):
        return None
    is_plan = section_of(text[: named[0].start]) in (Section.METRICS, Section.GOALS)
    is_due = named[0].end == len(text) and not _PAST.search(text)
    return msgspec.structs.replace(named[0], refers=False) if is_plan or (is_due and named[0].kind != "version") else None


def _this_quarter(text: str) -> Label | None:
    """`Current quarter: Q3 2026` names that quarter."""
    found = re.match(r"\W*(?:current|this) quarter\b", text, re.I)
    label = next((one for one in labels_in(text) if one.kind == "quarter"), None) if found else None
    return msgspec.structs.replace(label, refers=False) if label else None


def _section(text: str, label: Label | None) -> Section:
    """A sprint's own heading is of no kind unless all it adds is one: `Sprint 1 exit criteria`."""
    if label is None:
        return section_of(text)
    rest = (title_after(text, label) if label.start == 0 or label.refers else "") or text[: label.start]
    kind = section_of(rest) if rest and len(rest.split()) <= 4 else Section.OTHER
    if kind is Section.METRICS:
        return kind
    after = text[label.end :].lstrip()
    plain = not after or after[0].isalnum()
    return kind if plain and kind in (Section.ASIDE, Section.GOALS, Section.DELIVERABLES) else Section.OTHER
