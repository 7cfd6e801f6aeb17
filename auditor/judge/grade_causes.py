"""Why the grade's score moved: each line's points by the causes of what the line counts."""

from collections import Counter
from collections.abc import Iterator

from auditor.judge.attribution import STILL, Both, attributions, both_of, cause_of, merged, moves, whole
from auditor.judge.scale import CONFIDENCE_WEIGHT, LEAST_LINES, LINES, SEVERITY_WEIGHT, Line, earned
from auditor.judge.weigh import CONTRACT, NAMED_PACKS
from auditor.model.change import Attribution, Cause, Part
from auditor.model.history import Comparison, Past, Seen

FIGURE = "grade.score"
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
    early = {row.name: row.points or 0.0 for row in before.lines}
    parts: list[Part] = []
    for row in after.lines:
        moved = (row.points or 0.0) - early.get(row.name, 0.0)
        line = next((one for one in LINES if one.name == row.name), None)
        if abs(moved) > STILL and line is not None:
            parts += _line(line, moved, past, compared, known, both)
    rest = after.score - before.score - sum(part.amount for part in parts)
    if abs(rest) > STILL:
        parts.append(Part(Cause.OPEN, rest, "rounding"))
    return Attribution(FIGURE, before.score, after.score, merged(parts))


def _line(
    line: Line, moved: float, past: Past, compared: Comparison, known: tuple[Attribution, ...], both: Both
) -> Iterator[Part]:
    """A line's points. One that weighs findings is worked out cause by cause, any other goes by its measures' causes."""
    mine = [one for one in known if one.figure in line.needs]
    if any(one.was is None or one.now is None for one in mine):
        cause = Cause.EVIDENCE if line.name == "coverage" else Cause.SCOPE
        yield Part(cause, moved, f"{line.name}: measured on one side only")
    elif line.packs and line.name != "duplication" and line.name != "dependencies":
        yield from _weighed(line, moved, past, compared, both)
    else:
        causes = {part.cause: part for one in mine for part in one.parts}
        if len(causes) == 1:
            (only,) = causes.values()
            yield Part(only.cause, moved, f"{line.name}: {only.note}" if only.note else line.name)
        elif causes:
            yield Part(Cause.OPEN, moved, f"{line.name}: {' and '.join(cause.value for cause in causes)} together")
        else:
            yield Part(whole(moved, both).cause, moved, line.name)


def _weighed(line: Line, moved: float, past: Past, compared: Comparison, both: Both) -> Iterator[Part]:
    """The scale is gone along from the old weight to the new, one cause after the other; lines of code come with the code."""
    lines = _lines(past, compared)
    weight = sum(_weight(one) for one in (*compared.open, *compared.fixed, *compared.silenced) if _counts(one, line))
    shifts: dict[Cause, float] = {}
    words: dict[Cause, Counter[str]] = {}
    for finding, sign, word in moves(compared):
        if _counts(finding, line):
            cause = cause_of(finding, word, both)
            shifts[cause] = shifts.get(cause, 0.0) + sign * _weight(finding)
            words.setdefault(cause, Counter())[word] += 1
    left = moved
    points = _points(line, weight, lines[0])
    for cause in APPLIED:
        if cause in shifts:
            weight += shifts[cause]
            then = _points(line, weight, lines[0])
            told = ", ".join(f"{count:,} {word}" for word, count in sorted(words[cause].items()))
            yield Part(cause, then - points, f"{line.name}: {told}")
            left -= then - points
            points = then
    if abs(left) > STILL:
        cause = whole(left, both).cause
        yield Part(cause, left, f"{line.name}: findings weigh otherwise, or stand in more or fewer lines of code")


def _lines(past: Past, compared: Comparison) -> tuple[float, float]:
    series = past.one("size.code_lines")
    points = [series.at(one.at) if series is not None else None for one in (compared.before, compared.after)]
    found = [max(point.value or 0.0, LEAST_LINES) if point is not None else float(LEAST_LINES) for point in points]
    return found[0], found[1]


def _points(line: Line, weight: float, lines: float) -> float:
    return line.weight * earned(line.scale, max(weight, 0.0) * 1000 / lines) / 100


def _counts(finding: Seen, line: Line) -> bool:
    if "tool" in finding.facts or finding.rule.startswith(CONTRACT):
        return False
    pack = finding.rule.partition("/")[0]
    return pack in line.packs or ("*" in line.packs and pack not in NAMED_PACKS)


def _weight(finding: Seen) -> float:
    return SEVERITY_WEIGHT[finding.severity.value] * CONFIDENCE_WEIGHT[finding.confidence.value]
