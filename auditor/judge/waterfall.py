"""From one grade to the next, line by line: which part of the formula earned more, and which less."""

from auditor.model.review import Step
from auditor.model.verdict import Grade, GradeLine

STILL = 0.05
"""Points below which nothing is said to have moved: a twentieth is what rounding leaves."""


WEIGHTS = "other weights"


def waterfall(before: Grade, after: Grade) -> tuple[tuple[Step, ...], str]:
    """The lines whose points differ, those that moved most first, and why there are none where there can be none.

    The changes sum to the difference of the scores; a line's is told at its present weight, and what came of other weights is a
    step of its own. A line that was not measured earns nothing: that it came or went is
    told in its note.
    """
    if before.score is None or after.score is None:
        return (), "one of the two audits found nothing to grade"
    if before.formula != after.formula:
        return (), f"the formula of the grade changed from {before.formula} to {after.formula}: the two do not compare"
    early = {line.name: line for line in before.lines}
    steps, scaled = [], 0.0
    for line in after.lines:
        old = early.get(line.name)
        was, now = (old.points if old else None), line.points
        base = (was or 0.0) * (line.of / old.of if old and old.applies and line.applies else 1.0)
        scaled += base - (was or 0.0)
        steps.append(Step(line.name, was, now, round((now or 0.0) - base, 2), _note(old, line)))
    note = "other parts apply than before, so each of the rest weighs otherwise"
    steps.append(Step(WEIGHTS, None, None, round(scaled, 2), note))
    moved = [step for step in steps if abs(step.change) >= STILL]
    return tuple(sorted(moved, key=lambda step: (-abs(step.change), step.name))), ""


def _note(old: GradeLine | None, line: GradeLine) -> str:
    before, after = old.counted if old else "", line.counted
    if line.points is not None and (old is None or old.points is None):
        return f"{'applies' if old is not None and not old.applies else 'measured'} for the first time: {after}"
    if line.points is None and old is not None and old.points is not None:
        return f"not measured any more: {after}" if line.applies else f"does not apply any more: {line.note}"
    return f"{before}, now {after}" if before != after else after
