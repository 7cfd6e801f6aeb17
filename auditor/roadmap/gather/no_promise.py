"""Lines that promise nothing by their form, whatever they speak of: wishes, conditions, costs, what is ruled out."""

import re

from auditor.roadmap.binding import candidates
from auditor.roadmap.gather.people import is_of_people
from auditor.roadmap.page.blocks import Block
from auditor.roadmap.page.columns import Columns
from auditor.roadmap.page.headings import is_unpromised
from auditor.roadmap.promise.mood import bounds

_PLACEHOLDER = re.compile(
    r"\A\W*(?:as measured|measured|source|figures|values) (?:on|at|by|with|from|as of)\b[^<>]*\Z|\A\W*(?:none|n/?a|tbd|tba|"
    r"todo|\.{3}|…|(?:dropped|cancell?ed|descoped|postponed|moved|withdrawn|"
    r"no longer (?:needed|relevant))\b.{0,30})?\W*\Z|\A/\S*\Z",
    re.I,
)
_PROGRESS = re.compile(r"\A[^:]{1,30}:\s*\d+ ?(?:/|of) ?\d+\+? (?:complete|completed|done|planned|closed|finished)\b", re.I)
_STRETCH = re.compile(r"\A\W*(?:stretch(?: goal)?|optional(?:ly)?|nice to have|if time permits)\s*[\])}:–—-]", re.I)
"""What is wished for beside what is promised: `[stretch] index rebuild in 20 min`."""
_CONDITIONAL = re.compile(
    r"\A\W*(?:if|when(?:ever)?|unless|in case|as soon as|wenn|falls|sobald|sollte)\b"
    r"(?! (?:done|complete|(?:this|the) \w+ (?:ends|closes|is over|is done|has ended)))",
    re.I,
)
"""A rule for what to do in a case is no promise: `If more than half of the budget is burned, feature work stops`."""
_PER_CHANGE = re.compile(
    r"\A\W*(?:(?:for|on|in) )?(?:every|each|all) (?:prs?|pull requests?|merge requests?|commits?|tickets?|stor(?:y|ies)|"
    r"changes?)\b[^.]*:",
    re.I,
)
"""What holds for every change is no promise of the roadmap: `Every PR: two reviews, coverage of the diff ≥ 90 %`."""
_COSTS = re.compile(
    r"\b(?:cost|price|budget|fee|day rate)s?\b(?: estimates?)?\b[^.]*(?:€|\bEUR|\bUSD|\bCHF|\$|£) ?\d|"
    r"\bcosts? [\d.,]+ (?:a|an|per|each)\b",
    re.I,
)
"""What it will cost is no promise of the code."""
_NOT_OURS = re.compile(r"\A\W*we (?:do|will|shall) ?n[o']t (?:chase|pursue|strive|aim|promise|commit)\b", re.I)
"""`We do not chase 100 % coverage`."""
_CAPACITY = re.compile(
    r"\d ?(?:%|per ?cent) of (?:(?:our|the|its|their|each|every)(?: \w+)? (?:capacity|effort|budget|hours)|our time)\b|"
    r"\b(?:half|a third|a quarter|\d+ ?%) of (?:the|our) (?:team|people|engineers|developers|staff)\b",
    re.I,
)
"""How much work goes into it is no promise: `We spend 30 % of our capacity on it`."""
_OPINION = re.compile(
    r"\A\W*(?:\w+ ){1,2}(?:thinks?|guess(?:es)?|believes?|suspects?|wonders?|found out|showed|mentioned|asked|"
    r"moved(?! (?:to|into|out|from|behind|onto|off)\b)|had)\b"
    r"(?!.*\b(?:must|shall|should|will|want\w*)\b)",
    re.I,
)
"""What somebody thinks or found: `Jo thinks 12 of them just hate the clock change`."""
_LONG_AGO = re.compile(
    r"\A\W*(?:(?:in |during )?(?:the )?last (?:year|quarter|month|week|spring|summer|autumn|winter)|yesterday)\b"
    r"(?!.*\b(?:will|shall|must|should|promise|target|goal)\b)[^<>≤≥]*\Z",
    re.I,
)
"""`Last year nobody believed the suite any more`."""
_SCORED = re.compile(
    r"\A\W*(?:each|every|all) (?:(?:of the|our|the) )?(?:key results?|objectives?|okrs?|krs?|goals?|targets?|metrics?) "
    r"(?:is|are|gets?|will be) (?:scored|graded|rated|marked|reviewed|checked|measured|reported)\b|"
    r"\A\W*we (?:look at|review|check|discuss|score|grade|go through) (?:the|our|these|all|every|each)\b",
    re.I,
)
"""How promises are looked after is none: `Each key result is scored between 0 and 1`."""
_SIGN = re.compile(
    r"(?:(?:warning|early|abort|stop|roll-?back|exit) )*(?:signs?|signals?|triggers?|symptoms?|alarms?|alerts?|trip-?wires?)",
    re.I,
)
"""The heading of a column of what makes people act: `Sign | Limit | Who decides`."""
_SHARE_OF_WORK = re.compile(r"\W*(?:[\d.,/½ ]+(?:%|fte|days?|d|h|hours?|pt|weeks?)?(?: (?:a|per|/) \w+)?)?\W*", re.I)
"""How much time somebody has: `60 %`, `3 days a week`."""
_HEAD_WORDS = 8
_FORMS = (_PLACEHOLDER, _PROGRESS, _STRETCH, _CONDITIONAL, _PER_CHANGE, _NOT_OURS, _OPINION, _LONG_AGO, _SCORED)


def is_no_promise(text: str) -> bool:
    """Whether the line is no promise by its form: `[stretch] …`, `If …`, `Not on the train: …`, what it costs."""
    head, colon, _ = text.partition(":")
    return (
        any(form.match(text) for form in _FORMS)
        or _CAPACITY.search(text) is not None
        or (bool(colon) and len(head.split()) <= _HEAD_WORDS and is_unpromised(head))
        or (_COSTS.search(text) is not None and not candidates(text) and not bounds(text))
    )


def promises_nothing(table: Block, columns: Columns) -> bool:
    """Whether a table lists at which signs somebody acts, whatever they are now, or how much time each person has."""
    head = table.header[0].strip(" *:") if table.header else ""
    has_figures_alone = all(_SHARE_OF_WORK.fullmatch(cell) for _, row in table.rows for cell in row[1:])
    is_sign = _SIGN.fullmatch(head) is not None and "baseline" not in columns.at
    return is_sign or (is_of_people(table.header) and has_figures_alone)
