"""Promises written as pairs under one name: `Current: 62 %`, `Target: 80 %`, `Due: Sprint 2`."""

import re
from collections.abc import Iterator, Sequence

from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.labels import cell_label
from auditor.roadmap.gather.candidate import Candidate, Strength
from auditor.roadmap.page.column_kinds import OWNER
from auditor.roadmap.page.headings import Section
from auditor.roadmap.page.marks import cell_mark
from auditor.roadmap.page.outline import WHEN, Placed
from auditor.roadmap.promise.reading import states_figure

_KEYS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        (
            "goal",
            r"(?:our |the )?(?:targets?|goals?|to-be|desired|threshold|slo|target value|should be|required|ziel|"
            r"end state|promise|aim|to|measurable)|(?:\w+ ){1,3}(?:we want|wanted|aimed (?:at|for)|targets?|goals?|promised)",
        ),
        (
            "baseline",
            r"(?:our |the )?(?:current(?:ly)?|baseline|now|today|as-is|before|start(?:ing point)?|actual|from|"
            r"present|current (?:value|state)|was|ist)|(?:\w+ ){1,3}(?:today|now|currently|so far)",
        ),
        ("name", r"metric|kpi|measure|indicator|name|what|key result|kennzahl"),
        ("when", WHEN.pattern),
        ("status", r"status|done|state|progress|met"),
        ("unit", r"units?"),
        ("owner", rf"(?:{OWNER})"),
    )
)
_FEW_WORDS = 4
_METRIC_WORD = re.compile(r"\s*\b(?:slos?|service[- ]level objectives?|metrics?|kpis?|targets?)\W*\Z", re.I)
_NUMBERED = re.compile(r"\W*(?:goal|objective|target|ziel)\s*#?\d{1,2}\s*[:.)–—-]+\s*(?=\w)", re.I)


def key_of(placed: Placed) -> str:
    """Which pair's key the block begins with; empty if none."""
    block = placed.block
    if block.kind == "table" or not block.lead or not block.rest:
        return ""
    return next((kind for kind, pattern in _KEYS if pattern.fullmatch(block.lead)), "")


def pair_groups(page: Sequence[Placed]) -> Iterator[tuple[range, Candidate]]:
    """Runs of neighbouring blocks that are one metric's pairs, with the promise they make."""
    index = 0
    while index < len(page):
        end = index
        while end < len(page) and _belongs(page, index, end):
            end += 1
        candidate = _promise(page[index:end]) if end > index else None
        if candidate is not None:
            yield range(index, end), candidate
        index = max(end, index + 1)


def _belongs(page: Sequence[Placed], first: int, index: int) -> bool:
    here = page[index]
    if here.opens is not None or here.block.kind in ("table", "heading"):
        return False
    same = here.frames == page[first].frames
    key = key_of(here)
    begins = page[first].block.lead.lower() == here.block.lead.lower()  # `Goal: …`, with its own lines, after another's
    restarts = index > first and (key == "name" or begins)
    return same and not restarts and bool(key or (index > first and here.block.lead and here.block.rest))


def _promise(group: Sequence[Placed]) -> Candidate | None:
    said = {key: placed for placed in reversed(group) if (key := key_of(placed))}
    goal = said.get("goal")
    if goal is not None and goal.block.lead.lower() == "to" and not states_figure(goal.block.rest):
        return None  # a letter's `To: leadership`
    if goal is None or goal.section is Section.ASIDE or (len(said) < 2 and not _is_metric(goal)):
        return None
    name = said["name"].block.rest if "name" in said else _name(goal)
    told = goal.block.rest
    says_what = bool(candidates(told)) or (states_figure(told) and len(told.split()) > _FEW_WORDS)
    is_named = bool(name) and ("name" in said or goal.frames[-1].level > 1)  # the page's title names no promise of many
    is_whole = not is_named and "baseline" in said and says_what  # `Target: 75 % line coverage`
    name = "" if is_whole else name
    if not name and not is_whole:
        return None
    when = said["when"].block.rest if "when" in said else ""
    label = cell_label(when) or goal.label
    status = cell_mark(said["status"].block.rest) if "status" in said else None
    ticks = (placed.block.mark for placed in group)
    frame = goal.frames[-1] if goal.frames else None
    mark = next((one for one in (status, *ticks, frame.mark if frame else None) if one is not None), None)
    is_metric = goal.section is Section.METRICS or "baseline" in said or "name" in said
    first = group[0].block
    return Candidate(
        goal.block.rest if is_whole else f"{name}: {goal.block.rest}",
        first.line,
        Strength.METRIC if is_metric else Strength.GOAL,
        name,
        "" if is_whole else goal.block.rest,
        said["baseline"].block.rest if "baseline" in said else "",
        f"({said['unit'].block.rest})" if "unit" in said else "",
        mark,
        label,
        f"{when} {goal.block.rest} {name}",
        _category(goal),
        due=(when, goal.block.rest),
        owner=said["owner"].block.rest.lstrip("@").rstrip(" .") if "owner" in said else "",
    )


def _is_metric(goal: Placed) -> bool:
    return (
        bool(re.search(r"\d|\bzero\b|\bnone\b", goal.block.rest, re.I)) and bool(_name(goal)) and goal.section is Section.METRICS
    )


def _name(goal: Placed) -> str:
    """The heading or item that the pairs stand under, unless that is a sprint or a section of metrics."""
    frame = goal.frames[-1] if goal.frames else None
    if frame is not None and (numbered := _NUMBERED.match(frame.text)):
        return frame.text[numbered.end() :]
    if frame is None or frame.label is not None or frame.section in (Section.PRESENT, Section.ASIDE, Section.GOALS):
        return ""
    if frame.section is Section.METRICS:
        return _METRIC_WORD.sub("", frame.text) if candidates(frame.text) else ""
    return frame.text


def _category(goal: Placed) -> str:
    """The subject above the name's own heading."""
    heading = Placed(goal.block, goal.frames[:-1]).heading
    return heading if heading != goal.frames[-1].text else ""
