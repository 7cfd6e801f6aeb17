"""From one grade to the next, line by line: which part of the formula earned more, and which less."""

from auditor.model.review import Step
from auditor.model.verdict import Grade, GradeLine

STILL = 0.05
"""Points below which nothing is said to have moved: a twentieth is what rounding leaves."""


def waterfall(before: Grade, after: Grade) -> tuple[tuple[Step, ...], str]:
    """The lines whose points differ, those that moved most first, and why there are none where there can be none.

    The changes sum to the difference of the scores. A line that was not measured earns nothing: that it came or went is
    told in its note.
    """
    if before.score is None or after.score is None:
        return (), "one of the two audits found nothing to grade"
    if before.formula != after.formula:
        return (), f"the formula of the grade changed from {before.formula} to {after.formula}: the two do not compare"
    early = {line.name: line for line in before.lines}
    steps = []
    for line in after.lines:
        old = early.get(line.name)
        was, now = (old.points if old else None), line.points
        change = round((now or 0.0) - (was or 0.0), 2)
        steps.append(Step(line.name, was, now, change, _note(old, line)))
    moved = [step for step in steps if abs(step.change) >= STILL]
    return tuple(sorted(moved, key=lambda step: (-abs(step.change), step.name))), ""


def _note(old: GradeLine | None, line: GradeLine) -> str:
    before, after = old.counted if old else "", line.counted
    if line.points is not None and (old is None or old.points is None):
        return f"{'applies' if old is not None and not old.applies else 'measured'} for the first time: {after}"
    if line.points is None and old is not None and old.points is not None:
        return f"not measured any more: {after}" if line.applies else f"does not apply any more: {line.note}"
    if before == after and old is not None and abs(line.of - old.of) > STILL:
        return f"{after}; weighs {line.of:.3g} instead of {old.of:.3g}, as other lines apply"
    return f"{before}, now {after}" if before != after else after
