"""Reads a Markdown roadmap: its blocks, its sprints, and every promise, bound to a measure and placed in its sprint."""

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from auditor.model.errors import AuditorError
from auditor.model.roadmap import MANUAL, Roadmap, Target, Unread
from auditor.roadmap.binding import candidates
from auditor.roadmap.calendar.dates import read_span
from auditor.roadmap.calendar.labels import labels_in
from auditor.roadmap.calendar.years import following
from auditor.roadmap.data.unfold import Unfolded, kept_data, unfold
from auditor.roadmap.gather.agreed import keep_agreed
from auditor.roadmap.gather.candidate import Candidate
from auditor.roadmap.gather.collect import collect
from auditor.roadmap.gather.keeping import keep, keep_beside, keep_loose, keep_sure, keep_work
from auditor.roadmap.gather.owners import owner_told
from auditor.roadmap.gather.pieces import read_candidate
from auditor.roadmap.gather.present import present_figures, with_baseline
from auditor.roadmap.gather.promising import Found
from auditor.roadmap.gather.reviews import read_reviews
from auditor.roadmap.gather.unread import unread_lines
from auditor.roadmap.page.abbreviations import written_out
from auditor.roadmap.page.blocks import Block, front_matter, read_blocks
from auditor.roadmap.page.outline import Placed, place
from auditor.roadmap.plan.due import due_day
from auditor.roadmap.plan.placing import place_targets
from auditor.roadmap.plan.sprints import Sprints, Time, read_sprints
from auditor.roadmap.plan.time import calendar_year, first_day_of, follows, sprint_weeks, stated_year, written_on
from auditor.roadmap.promise.reading import states_figure

_LIMIT_CANDIDATES = 1_500


class _When(msgspec.Struct, frozen=True):
    """The page's sprints, the year of days that state none, and the day that such days follow where the page says one."""

    sprints: Sprints
    year: int
    since: date | None


def read_markdown(text: str, source: str, today: date | None = None, starts: date | None = None) -> Roadmap:
    """The roadmap that a Markdown page states.

    `today` gives the year of dates that state none on a page that states none anywhere; `starts` is the first day of
    week 1 where the page does not say it. Blocks of data and front matter are read as promises only where the text around
    them states none. Raises AuditorError for what is no page of text that people wrote.
    """
    read = _read(text, unfold(text), source, today, starts)
    if read.targets:
        blocks = kept_data(text)
        kept = tuple(Unread("a block of data", line) for line, data in blocks if candidates(data) and states_figure(data))
        return msgspec.structs.replace(read, unread=(*read.unread, *kept))
    data = unfold(text, fences=True)
    return _read(text, data, source, today, starts) if data.changed else read


def _read(written: str, page_text: Unfolded, source: str, today: date | None, starts: date | None) -> Roadmap:
    blocks = tuple(_as_written(block, page_text) for block in read_blocks(written_out(page_text.text), source))
    page = tuple(place(blocks))
    matter = front_matter(written)
    stated = stated_year(page, matter)
    year = stated or (today or date.today()).year
    begins = starts or first_day_of(page, matter, year)
    since = follows(page, year) or (None if stated else today or date.today())
    sprints = read_sprints(page, matter, year, Time(begins, sprint_weeks(page, matter), calendar_year(page, stated), since))
    told = collect(page, written_on(page, year), owner_told(matter))
    targets = _targets(page, _When(sprints, year, since), source, told)
    title = next(
        (placed.block.text for placed in page if placed.block.kind == "heading" and placed.block.level < 6),
        matter.get("title", ""),
    )
    starts_on = begins.isoformat() if begins else ""
    return Roadmap(
        title,
        starts_on,
        sprints.sprints,
        targets,
        source,
        read_reviews(page, sprints),
        unread_lines(page, targets, sprints.sprints),
    )


def _as_written(block: Block, page: Unfolded) -> Block:
    """The block with the lines of the page as it was written."""
    if not page.changed:
        return block
    rows = tuple((page.line_of(line), row) for line, row in block.rows)
    return msgspec.structs.replace(block, line=page.line_of(block.line), rows=rows)


def _targets(page: Sequence[Placed], when: _When, source: str, told: tuple[Candidate, ...]) -> tuple[Target, ...]:
    sprints = when.sprints.sprints
    if len(told) > _LIMIT_CANDIDATES:
        raise AuditorError(
            f"{source} has {len(told):,} lines that may be promises: too many for a roadmap",
            f"give the page that lists the success metrics; at most {_LIMIT_CANDIDATES:,} are read",
        )
    read = tuple(found for candidate in told for found in read_candidate(candidate))
    sprint_of = {id(found): _named_sprint(found.candidate, when) for found in read}
    kept = keep(read)
    aside = [found for found in kept if found.candidate.whole and len(sprints) > 1]
    ours = [found for found in kept if found not in aside]
    placed = place_targets([_with_sprint(found, when) for found in ours], sprints)
    placed += tuple(_with_sprint(found, when) for found in aside)
    work = keep_work(read, kept, (target.sprint for target in placed if target.measure != MANUAL), sprint_of)
    work = (*work, *keep_sure(read, (*kept, *work))) if placed or work else keep_loose(read)
    agreed = keep_agreed(told, read, (*kept, *work))
    work = (*work, *agreed, *keep_beside(told, (*kept, *work, *agreed)))
    is_apart = any(frame.label for one in page for frame in one.frames)  # then what stands elsewhere is of no sprint's heading
    loose = [found for found in work if not (is_apart and found.candidate.agreed)]
    placed += place_targets([_with_sprint(found, when) for found in loose], sprints)
    every = (*placed, *(_with_sprint(found, when) for found in work if found not in loose))
    present = present_figures(page)
    return tuple(sorted((with_baseline(target, present) for target in every), key=lambda target: target.line))


def _with_sprint(found: Found, when: _When) -> Target:
    due = next((day for text in (found.target.text, *found.candidate.due) if (day := due_day(text, when.year, when.since))), None)
    sprint = _named_sprint(found.candidate, when)
    return msgspec.structs.replace(found.target, sprint=sprint, due=due.isoformat() if due else "")


def _named_sprint(candidate: Candidate, when: _When) -> str:
    """The sprint that the candidate's place or words name, by name or by date; empty if none."""
    for label in (candidate.label, *labels_in(candidate.when)):
        if label is not None and label.key not in when.sprints.containers and (name := when.sprints.name_of(label)):
            return name
    span = following(read_span(candidate.when, when.year, only_end=True), when.since)
    due = span.ends if re.search(r"\d", candidate.when) else None
    if due is None:
        return ""
    dated = sorted((sprint.ends, sprint.starts, sprint.name) for sprint in when.sprints.sprints if sprint.ends)
    return next((name for ends, _, name in dated if due.isoformat() <= ends), "")
