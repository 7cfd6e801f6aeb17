"""Reads a Markdown roadmap: its blocks, its sprints, and every promise, bound to a measure and placed in its sprint."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from auditor.model.errors import AuditorError
from auditor.model.roadmap import MANUAL, Roadmap, Target
from auditor.roadmap.calendar.dates import read_span
from auditor.roadmap.calendar.labels import labels_in
from auditor.roadmap.data.unfold import Unfolded, unfold
from auditor.roadmap.gather.candidate import Candidate
from auditor.roadmap.gather.collect import collect
from auditor.roadmap.gather.keeping import keep, keep_loose, keep_sure, keep_work
from auditor.roadmap.gather.pieces import read_candidate
from auditor.roadmap.gather.present import present_figures, with_baseline
from auditor.roadmap.gather.promising import Found
from auditor.roadmap.gather.reviews import read_reviews
from auditor.roadmap.page.blocks import Block, front_matter, read_blocks
from auditor.roadmap.page.outline import Placed, place
from auditor.roadmap.plan.placing import place_targets
from auditor.roadmap.plan.sprints import Sprints, Time, read_sprints

_START_LEAD = re.compile(
    r"(?:roadmap |project |plan |planned )?(?:starts?|start date|starting|kick-?off|begins?|timeline|period|"
    r"time ?frame|quarter|schedule|"
    r"duration|dates|window|runs|zeitraum)(?: date| on| from)?",
    re.I,
)
_START_PROSE = re.compile(
    r"\b(?:\d+ weeks from|start(?:s|ing)?|begin(?:s|ning)?|kick(?:s|ing)?[- ]off|counted?)\b(?: date)?(?: on| from| is|"
    r":)*\s+(?=(?:\w+day,? )?(?:the )?[\dJFMASOND])",
    re.I,
)
_SPRINT_WEEKS = re.compile(
    r"\b(?P<a>\d|one|two|three|four|six)[-\u2010\u2011 ]weeks?(?:[- ]long)? (?:sprints?|iterations?|phases?|cycles?)\b|"
    r"\b(?:sprints?|iterations?|phases?|cycles?)"
    r"(?: \w+)? ?(?:of|×|x|last(?:s|ing)?|is|are|takes?|run(?:s|ning)?(?: for)?|\(|:)(?: about)? ?(?P<b>\d|one|two|"
    r"three|four|six)[- ]weeks?\b",
    re.I,
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_LIMIT_CANDIDATES = 1_500
_YEAR = re.compile(r"\b(20[2-4]\d)\b")


def read_markdown(text: str, source: str, today: date | None = None, starts: date | None = None) -> Roadmap:
    """The roadmap that a Markdown page states.

    `today` gives the year of dates that state none on a page that states none anywhere; `starts` is the first day of
    week 1 where the page does not say it. Blocks of data and front matter are read as promises only where the text around
    them states none. Raises AuditorError for what is no page of text that people wrote.
    """
    read = _read(text, unfold(text), source, today, starts)
    if read.targets:
        return read
    data = unfold(text, fences=True)
    return _read(text, data, source, today, starts) if data.changed else read


def _read(written: str, page_text: Unfolded, source: str, today: date | None, starts: date | None) -> Roadmap:
    blocks = tuple(_as_written(block, page_text) for block in read_blocks(page_text.text, source))
    page = tuple(place(blocks))
    matter = front_matter(written)
    stated = _stated_year(page, matter)
    year = stated or (today or date.today()).year
    begins = starts or _starts(page, matter, year)
    sprints = read_sprints(page, matter, year, Time(begins, _sprint_weeks(page, matter), _calendar_year(page, stated)))
    targets = _targets(page, sprints, year, source)
    title = next(
        (placed.block.text for placed in page if placed.block.kind == "heading" and placed.block.level < 6),
        matter.get("title", ""),
    )
    starts_on = begins.isoformat() if begins else ""
    return Roadmap(title, starts_on, sprints.sprints, targets, source, read_reviews(page, sprints))


def _as_written(block: Block, page: Unfolded) -> Block:
    """The block with the lines of the page as it was written."""
    if not page.changed:
        return block
    rows = tuple((page.line_of(line), row) for line, row in block.rows)
    return msgspec.structs.replace(block, line=page.line_of(block.line), rows=rows)


def _targets(page: Sequence[Placed], sprints: Sprints, year: int, source: str) -> tuple[Target, ...]:
    candidates = collect(page)
    if len(candidates) > _LIMIT_CANDIDATES:
        raise AuditorError(
            f"{source} has {len(candidates):,} lines that may be promises: too many for a roadmap",
            f"give the page that lists the success metrics; at most {_LIMIT_CANDIDATES:,} are read",
        )
    read = tuple(found for candidate in candidates for found in read_candidate(candidate))
    sprint_of = {id(found): _named_sprint(found.candidate, sprints, year) for found in read}
    kept = keep(read)
    aside = [found for found in kept if found.candidate.whole and len(sprints.sprints) > 1]
    ours = [found for found in kept if found not in aside]
    placed = place_targets([_with_sprint(found, sprints, year) for found in ours], sprints.sprints)
    placed += tuple(_with_sprint(found, sprints, year) for found in aside)
    work = keep_work(read, kept, (target.sprint for target in placed if target.measure != MANUAL), sprint_of)
    more = [_with_sprint(found, sprints, year) for found in work]
    if not placed and not more:
        more = [_with_sprint(found, sprints, year) for found in keep_loose(read)]
    else:
        more += [_with_sprint(found, sprints, year) for found in keep_sure(read, (*kept, *work))]
    every = (*placed, *place_targets(more, sprints.sprints))
    present = present_figures(page)
    return tuple(sorted((with_baseline(target, present) for target in every), key=lambda target: target.line))


def _with_sprint(found: Found, sprints: Sprints, year: int) -> Target:
    return msgspec.structs.replace(found.target, sprint=_named_sprint(found.candidate, sprints, year))


def _named_sprint(candidate: Candidate, sprints: Sprints, year: int) -> str:
    """The sprint that the candidate's place or words name, by name or by date; empty if none."""
    for label in (candidate.label, *labels_in(candidate.when)):
        if label is not None and label.key not in sprints.containers and (name := sprints.name_of(label)):
            return name
    due = read_span(candidate.when, year, only_end=True).ends if re.search(r"\d", candidate.when) else None
    if due is None:
        return ""
    dated = sorted((sprint.ends, sprint.starts, sprint.name) for sprint in sprints.sprints if sprint.ends)
    return next((name for ends, _, name in dated if due.isoformat() <= ends), "")


def _starts(page: Sequence[Placed], matter: dict[str, str], year: int) -> date | None:
    """The first day that the page states for the whole: front matter, a labelled line, a sentence, or the title."""
    for key in ("start", "starts", "start_date", "startdate", "begin", "kickoff", "period", "timeline", "quarter"):
        if matter.get(key) and (found := read_span(matter[key], year).starts):
            return found
    whole = [block for placed in page if placed.label is None for block in _lines(placed)]
    for block in whole:
        if block.lead and _START_LEAD.fullmatch(block.lead) and (found := read_span(block.rest, year).starts):
            return found
    for block in whole:
        sentence = _START_PROSE.search(block.text)
        if sentence and (found := read_span(block.text[sentence.end() :][:40], year).starts):
            return found
    titles = [block.text for block in whole if block.kind == "heading" and block.level <= 2][:1]
    return next((found for title in titles if (found := read_span(title, year).starts)), None)


def _lines(placed: Placed) -> tuple[Block, ...]:
    """The block; for a table of two columns its rows as `label: value`."""
    block = placed.block
    if block.kind != "table":
        return (block,)
    rows = (row for _, row in block.rows if len(row) == 2)
    return tuple(Block("line", f"{row[0]}: {row[1]}", block.line, lead=row[0], rest=row[1]) for row in rows)


def _sprint_weeks(page: Sequence[Placed], matter: dict[str, str]) -> int | None:
    for key in ("sprint_length", "sprint_weeks", "sprint_duration", "iteration_length", "cadence"):
        stated = re.match(r"(\d)(?: |-|\Z)?w?", matter.get(key, ""))
        if stated and not re.search(r"day|month", matter[key]):
            return int(stated[1])
    for block in (block for placed in page for block in _lines(placed)):
        found = _SPRINT_WEEKS.search(block.text)
        if found:
            said = (found["a"] or found["b"]).lower()
            return _WORDS.get(said) or int(said)
    return None


def _stated_year(page: Sequence[Placed], matter: dict[str, str]) -> int | None:
    """The year that undated days belong to: the one most often stated, dates of the document itself apart."""
    texts = [
        placed.block.text
        for placed in page
        if not re.search(r"\b(?:created|updated|reviewed|modified|written|author|revision|version)\b", placed.block.text, re.I)
    ]
    cells = [cell for placed in page for _, row in placed.block.rows for cell in row]
    stated = Counter(year for text in (*texts, *cells, *matter.values()) for year in _YEAR.findall(text))
    return int(max(stated.items(), key=lambda pair: (pair[1], pair[0]))[0]) if stated else None


def _calendar_year(page: Sequence[Placed], stated: int | None) -> int | None:
    """The year whose quarters `Q1` to `Q4` are, if the page states one and does not count in fiscal years."""
    is_fiscal = any(re.search(r"\bFY ?\d|\bfiscal\b", placed.block.text, re.I) for placed in page)
    return None if is_fiscal else stated
