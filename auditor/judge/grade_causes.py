"""Why the grade's score moved: each line's points by the causes of what the line counts."""

from collections import Counter
from collections.abc import Iterator

from auditor.judge.attribution import STILL, Both, attributions, both_of, cause_of, merged, moves, whole
from auditor.judge.lines import LINES, Line, Over, line_of
from auditor.judge.scale import earned
from auditor.judge.weigh import CONTRACT, amount, density
from auditor.model.change import Attribution, Cause, Part
from auditor.model.history import Comparison, Past, Seen

FIGURE = "grade.score"
ROUNDED = 0.02
"""Points that two lines differ by when each is rounded."""
APPLIED = (Cause.RULES, Cause.ADVISORIES, Cause.SCOPE, Cause.OPEN, Cause.CODE)
"""In which order causes are taken into a line's figure: its scale is bent, so the order matters; the code comes last."""


def explained(past: Past, compared: Comparison) -> tuple[Attribution, ...]:
    """The score's attribution, then those of all measures that differ, by name."""
    known = attributions(past, compared)
    return (score(past, compared, known), *known)


def score(past: Past, compared: Comparison, known: tuple[Attribution, ...]) -> Attribution:
    """The move of the score from one snapshot to the other; `known` are the measures' attributions."""
    before, after = compared.before.grade, compared.after.grade
    if before.score is None or after.score is None:
        return Attribution(FIGURE, before.score, after.score, (), "one of the two has no grade")
    if before.formula != after.formula:
        note = f"the formula changed from {before.formula} to {after.formula}: the two do not compare"
        return Attribution(FIGURE, before.score, after.score, (), note)
    both = both_of(past, compared)
    early = {row.name: row for row in before.lines}
    parts: list[Part] = []
    scaled = 0.0
    for row in after.lines:
        old = early[row.name]
        base = (old.points or 0.0) * (row.of / old.of if row.applies and old.applies else 1.0)
        moved = (row.points or 0.0) - base
        scaled += base - (old.points or 0.0)
        line = next((one for one in LINES if one.name == row.name), None)
        if abs(moved) <= STILL or line is None:
            continue
        if row.applies != old.applies:
            told = "now there is something that it is about" if row.applies else "there is nothing left that it is about"
            parts.append(Part(whole(moved, both).cause, moved, f"{line.name}: {told}"))
        else:
            parts += _line(line, row.of, moved, past, compared, known, both)
    if abs(scaled) > STILL:
        parts.append(Part(whole(scaled, both).cause, scaled, "other lines apply, so each of the rest weighs otherwise"))
    rest = after.score - before.score - sum(part.amount for part in parts)
    if abs(rest) > STILL:
        parts.append(Part(Cause.OPEN, rest, "rounding"))
    return Attribution(FIGURE, before.score, after.score, merged(parts))


def _line(
    line: Line, of: float, moved: float, past: Past, compared: Comparison, known: tuple[Attribution, ...], both: Both
) -> Iterator[Part]:
    """A line's points. One that weighs findings is worked out cause by cause, any other goes by its measures' causes."""
    mine = [one for one in known if one.figure in line.needs]
    if any(one.was is None or one.now is None for one in mine):
        cause = Cause.EVIDENCE if line.name == "coverage" else Cause.SCOPE
        yield Part(cause, moved, f"{line.name}: measured on one side only")
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
