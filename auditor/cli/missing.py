"""What would settle the promises of which nothing is known: which files bring their figures, and where a person's word goes."""

from collections.abc import Iterator, Sequence
from datetime import date

from auditor.model.roadmap import MANUAL, Progress, State, Target


def missing(stands: Sequence[Progress], today: date) -> Iterator[str]:
    """A paragraph's lines, for measures that only other tools take and for manual targets; none where every figure is known."""
    from auditor.roadmap.binding import find

    blank = [one.target for one in stands if one.state is State.UNKNOWN and one.by is None]
    sources: dict[str, list[str]] = {}
    for name in dict.fromkeys(target.measure for target in blank):
        bound = find(name)
        if bound is not None and bound.brought_by:
            sources.setdefault(bound.brought_by, []).append(name)
    manual = [target for target in blank if target.measure == MANUAL]
    if sources or manual:
        yield "What would settle the unknown:"
    for source, names in sources.items():
        yield f"    {', '.join(names)}: {source}; `auditor evidence add FILE` keeps it"
    if manual:
        yield from _word(manual, today)


def _word(manual: Sequence[Target], today: date) -> Iterator[str]:
    units = dict.fromkeys(target.unit for target in manual if target.unit and not target.relative)
    unit = (
        f", the value in {next(iter(units))}" if len(units) == 1 and "count" not in units else ", the value in the target's unit"
    )
    counted = "the manual target" if len(manual) == 1 else f"{len(manual)} manual targets"
    yield f"    {counted}: a figure that a person answers for, under the target in roadmap.toml{unit}:"
    yield f'        proof = {{ value = …, date = {today.isoformat()}, who = "…", link = "https://…" }}'
