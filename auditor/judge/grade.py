"""A letter from A+ to F as a sum worked out line by line. What was not measured earns nothing and caps the letter."""

from auditor.judge.caps import caps
from auditor.judge.scale import FORMULA, LINES, Line, earned, letter, letters, plural
from auditor.judge.weigh import code_lines, weigh
from auditor.model.snapshot import Snapshot
from auditor.model.verdict import Grade, GradeLine


def grade(snapshot: Snapshot) -> Grade:
    """The grade of a snapshot; `-` where it holds no Python source to judge."""
    if not code_lines(snapshot):
        return Grade("-", None, FORMULA, caps=(_nothing(snapshot),))
    rows = tuple(_row(line, snapshot) for line in LINES)
    score = round(sum(row.points or 0.0 for row in rows), 1)
    found = caps(rows, snapshot)
    worst = max((letter(score), *(cap.letter for cap in found)), key=letters().index)
    return Grade(worst, score, FORMULA, rows, tuple(cap.sentence for cap in found))


def _row(line: Line, snapshot: Snapshot) -> GradeLine:
    weighed = weigh(line, snapshot)
    if weighed.figure is None:
        return GradeLine(line.name, "not measured", "", None, line.weight, weighed.counted)
    of_100 = earned(line.scale, weighed.figure) * weighed.share
    audited = f" times {weighed.share:.0%} audited" if weighed.share < 1 else ""
    note = f"{line.figure.partition(':')[0]}: {weighed.figure:.4g}{audited} earns {of_100:.0f} of 100"
    return GradeLine(line.name, weighed.counted, weighed.per, round(line.weight * of_100 / 100, 1), line.weight, note)


def _nothing(snapshot: Snapshot) -> str:
    kinds = {kind: number for kind, number in sorted(snapshot.scope.files.items()) if number}
    total = sum(kinds.values())
    if not total:
        return "nothing to judge: no Python file was found"
    if not kinds.get("source"):
        told = ", ".join(f"{number:,} {kind}" for kind, number in kinds.items())
        return f"nothing to judge: of {plural(total, 'Python file')} none is source ({told})"
    measure = snapshot.measure("size.code_lines")
    if measure is not None and measure.value == 0:
        return f"nothing to judge: {plural(kinds['source'], 'source file')} without a line of code"
    return "nothing to judge by: the lines of code were not counted"
