"""Why the grade's score moved: each line's points by the causes of what the line counts."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from auditor.judge.attribution import STILL, Both, attributions, both_of, cause_of, merged, moves, whole
from auditor.judge.halfway import Halfway, parted
from auditor.judge.lines import LINES, Line, Over, line_of
from auditor.judge.scale import earned
from auditor.judge.weigh import CONTRACT, amount, density
from auditor.model.change import Attribution, Cause, Part
from auditor.model.history import Comparison, Past, Seen
from auditor.model.verdict import Grade, GradeLine

FIGURE = "grade.score"
ROUNDED = 0.02
"""Points that two lines differ by when each is rounded."""
APPLIED = (Cause.RULES, Cause.ADVISORIES, Cause.SCOPE, Cause.OPEN, Cause.CODE)
"""In which order causes are taken into a line's figure: its scale is bent, so the order matters; the code comes last."""


class Step(msgspec.Struct, frozen=True):
    """One way from a snapshot to another, with the attributions of its measures."""

    past: Past
    compared: Comparison
    known: tuple[Attribution, ...]
    both: Both


def explained(past: Past, compared: Comparison, way: Halfway | None = None) -> tuple[Attribution, ...]:
    """The score's attribution, then those of all measures that differ, by name. `way` parts what is not separable else."""
    known = attributions(past, compared)
    return (score(past, compared, known, way), *(parted(known, way) if way is not None else known))


def score(past: Past, compared: Comparison, known: tuple[Attribution, ...], way: Halfway | None = None) -> Attribution:
    """The move of the score from one snapshot to the other; `known` are the measures' attributions."""
    before, after = compared.before.grade, compared.after.grade
    if before.score is None or after.score is None:
        return Attribution(FIGURE, before.score, after.score, (), "one of the two has no grade")
    if before.formula != after.formula:
        note = f"the formula changed from {before.formula} to {after.formula}: the two do not compare"
        return Attribution(FIGURE, before.score, after.score, (), note)
    step = Step(past, compared, known, both_of(past, compared))
    early = _rows(before)
    parts = [part for row in after.lines for part in _parts(early[row.name], row, step, way)]
    scaled = sum((early[row.name].points or 0.0) * (_scale(early[row.name], row) - 1) for row in after.lines)
    if abs(scaled) > STILL:
        parts.append(Part(whole(scaled, step.both).cause, scaled, "other lines apply, so each of the rest weighs otherwise"))
    rest = after.score - before.score - sum(part.amount for part in parts)
    if abs(rest) > STILL:
        parts.append(Part(Cause.OPEN, rest, "rounding"))
    return Attribution(FIGURE, before.score, after.score, merged(parts))


def _parts(old: GradeLine, row: GradeLine, step: Step, way: Halfway | None) -> tuple[Part, ...]:
    """A line's parts. They are worked out in two steps where it was graded halfway and one step does not tell: of what stood
    still, both may have moved against each other.
    """
    direct = tuple(_row(old, row, step))
    middle = _rows(way.second.before.grade).get(row.name) if way is not None else None
    if way is None or middle is None or middle.points is None or not middle.applies == old.applies == row.applies:
        return direct
    if direct and all(part.cause is not Cause.OPEN for part in direct):
        return direct
    first, second = (Step(way.past, one, attributions(way.past, one), both_of(way.past, one)) for one in (way.first, way.second))
    scale = _scale(middle, row)
    earlier = (msgspec.structs.replace(part, amount=part.amount * scale) for part in _row(old, middle, first))
    return (*earlier, *_row(middle, row, second))


def _rows(grade: Grade) -> dict[str, GradeLine]:
    return {row.name: row for row in grade.lines}


def _scale(old: GradeLine, row: GradeLine) -> float:
    """What points of an earlier line are to be taken times, where other lines apply now and each weighs otherwise."""
    return row.of / old.of if row.applies and old.applies else 1.0


def _row(old: GradeLine, row: GradeLine, step: Step) -> Iterator[Part]:
    """A line's move from `old` to `row`, in the points of `row`."""
    moved = (row.points or 0.0) - (old.points or 0.0) * _scale(old, row)
    line = next((one for one in LINES if one.name == row.name), None)
    if abs(moved) <= STILL or line is None:
        return
    if row.applies != old.applies:
        told = "now there is something that it is about" if row.applies else "there is nothing left that it is about"
        yield Part(whole(moved, step.both).cause, moved, f"{line.name}: {told}")
    else:
        yield from _line(line, row.of, moved, step.past, step.compared, step.known, step.both)


def _line(
    line: Line, of: float, moved: float, past: Past, compared: Comparison, known: tuple[Attribution, ...], both: Both
) -> Iterator[Part]:
    """A line's points. One that weighs findings is worked out cause by cause, any other goes by its measures' causes."""
    mine = [one for one in known if one.figure in line.needs]
    if any(one.was is None or one.now is None for one in mine):
        cause = Cause.EVIDENCE if line.name == "coverage" else Cause.SCOPE
        said = "measured for the first time" if any(one.was is None for one in mine) else "measured no longer"
        yield Part(cause, moved, f"{line.name}: {said}")
    elif line.over is not None:
        yield from _weighed(line, line.over, of, moved, past, compared, both)
    else:
        causes = {part.cause: part for one in mine for part in one.parts}
        if len(causes) == 1:
            (only,) = causes.values()
            yield Part(only.cause, moved, f"{line.name}: {only.note}" if only.note else line.name)
        elif causes:
            yield Part(Cause.OPEN, moved, f"{line.name}: {' and '.join(cause.value for cause in causes)} together")
        else:
            yield Part(whole(moved, both).cause, moved, line.name)


def _weighed(line: Line, over: Over, of: float, moved: float, past: Past, compared: Comparison, both: Both) -> Iterator[Part]:
    """The scale is gone along from the old findings to the new, one cause after the other; what they are held against comes
    with the code.
    """
    standing = [one for one in (*compared.open, *compared.fixed, *compared.silenced) if _counts(one, line)]
    changes: dict[Cause, list[tuple[Seen, int, str]]] = {}
    for finding, sign, word in moves(compared):
        if _counts(finding, line):
            changes.setdefault(cause_of(finding, word, both), []).append((finding, sign, word))
    number = _number(over, past, compared)
    left = moved
    points = _points(line, over, of, standing, number)
    for cause in APPLIED:
        if cause in changes:
            gone = {id(finding) for finding, sign, _ in changes[cause] if sign < 0}
            standing = [one for one in standing if id(one) not in gone]
            standing += [finding for finding, sign, _ in changes[cause] if sign > 0]
            then = _points(line, over, of, standing, number)
            words = Counter(word for _, _, word in changes[cause])
            told = ", ".join(f"{count:,} {word}" for word, count in sorted(words.items()))
            yield Part(cause, then - points, f"{line.name}: {told}")
            left -= then - points
            points = then
    if abs(left) > ROUNDED:
        yield Part(whole(left, both).cause, left, f"{line.name}: findings weigh otherwise, or of more or fewer {over.many}")


def _number(over: Over, past: Past, compared: Comparison) -> float:
    """What findings were held against before."""
    series = past.one(over.measure)
    point = series.at(compared.before.at) if series is not None else None
    return point.value or 0.0 if point is not None else 0.0


def _points(line: Line, over: Over, of: float, standing: list[Seen], number: float) -> float:
    weight, things = amount(line, standing)
    return of * earned(line.scale, density(over, weight, max(number, things) if line.share else number)) / 100


def _counts(finding: Seen, line: Line) -> bool:
    return "tool" not in finding.facts and not finding.rule.startswith(CONTRACT) and line_of(finding.rule) is line
