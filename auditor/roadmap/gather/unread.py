"""Lines that look like promises and were not read as such: told, so that nothing is left out in silence."""

import re
from collections.abc import Iterator, Sequence

from auditor.model.roadmap import Sprint, Target, Unread
from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.dates import strip_dates
from auditor.roadmap.gather.pairs import key_of
from auditor.roadmap.gather.sentences import parts
from auditor.roadmap.page.headings import Section, is_side_label
from auditor.roadmap.page.outline import Placed
from auditor.roadmap.promise.mood import bounds, stands, surely_stands
from auditor.roadmap.promise.reading import states_figure

_LIMIT = 40
_LIMIT_TEXT = 200
_ALL = re.compile(r"\b(?:all|every|each|no|zero|none|without|throughout|everywhere|alle[nrs]?|jede[nrsm]?|keine?)\b", re.I)
_PLEDGES = re.compile(r"\b(?:I|we) (?:(?:also|hereby|will|shall) )?(?:promise|commit to|pledge|guarantee|vow)\b", re.I)

_WORDS = re.compile(r"[^\W\d]{3,}.*\b[^\W\d]{3,}")


def unread_lines(page: Sequence[Placed], targets: Sequence[Target], sprints: Sequence[Sprint]) -> tuple[Unread, ...]:
    """In the page's order, at most some dozens; the last then says how many more there are."""
    measures = {target.measure for target in targets}
    read: dict[int, frozenset[str]] = {}
    for target in targets:
        read[target.line] = read.get(target.line, frozenset()) | _words(target.text)
    said = {text for sprint in sprints for text in (sprint.title, sprint.goal)}
    found = [one for placed in page for one in _of(placed, read, measures) if one.text not in said]
    told = tuple({one.line: one for one in found}.values())
    rest = len(told) - _LIMIT
    return told if rest <= 0 else (*told[:_LIMIT], Unread(f"and {rest} more lines", told[_LIMIT].line))


def _of(placed: Placed, read: dict[int, frozenset[str]], measures: set[str]) -> Iterator[Unread]:
    block = placed.block
    if block.kind == "heading" or placed.section is Section.PRESENT:
        return
    if block.kind == "table":
        yield from _rows(placed, read, measures)
        return
    for sentence in parts(block.text):
        words = _words(sentence)
        is_read = 2 * len(words & read.get(block.line, frozenset())) >= len(words)
        if is_read or is_side_label(block.lead) or not _promises(sentence, placed):
            continue
        named = candidates(sentence)
        if block.line in read or not named or named[0].name not in measures:
            yield Unread(sentence[:_LIMIT_TEXT], block.line)


def _rows(placed: Placed, read: dict[int, frozenset[str]], measures: set[str]) -> Iterator[Unread]:
    every: frozenset[str] = frozenset().union(*read.values())
    is_aside = placed.section is Section.ASIDE
    for line, row in placed.block.rows:
        named = {found[0].name for cell in row if (found := candidates(cell))}
        is_new = is_aside or not named or not named <= measures
        is_told = (is_new and any(_promises(cell, placed) for cell in row)) or (not is_aside and _pairs(row))
        bare = re.sub(r"\d[\d.,]*", "", " ".join(row))
        if is_told and line not in read and not _words(bare) <= every:
            yield Unread(" | ".join(row).replace("\n", "; ")[:_LIMIT_TEXT], line)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _promises(text: str, placed: Placed) -> bool:
    """Whether the text speaks of something measurable and bounds it; under headings on other things both must be said."""
    bare = strip_dates(text)
    if stands(bare) or surely_stands(bare):
        return False
    if _PLEDGES.search(bare) and placed.section is not Section.ASIDE:
        return True
    says_how_much = states_figure(bare) and bounds(bare)
    named = bool(candidates(bare))
    if placed.section is Section.ASIDE:
        return named and says_how_much
    is_listed = placed.block.kind == "item" and (placed.label is not None or placed.section in (Section.METRICS, Section.GOALS))
    how_many = (states_figure(bare) or bool(_ALL.search(bare))) and bool(_WORDS.search(bare)) and not key_of(placed)
    return says_how_much or (named and bool(_ALL.search(bare))) or (is_listed and how_many)


def _pairs(row: tuple[str, ...]) -> bool:
    """A row that names something measurable and has a figure beside it."""
    named = [index for index, cell in enumerate(row) if candidates(cell)]
    return bool(named) and sum(states_figure(strip_dates(cell)) for index, cell in enumerate(row) if index not in named) > 1
