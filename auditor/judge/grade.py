"""A letter from A+ to F as a sum worked out line by line. What was not measured earns nothing and caps the letter."""

from auditor.judge.caps import caps
from auditor.judge.lines import LINES, Line
from auditor.judge.scale import FORMULA, earned, letter, letters, plural
from auditor.judge.weigh import Weighed, code_lines, sorted_out, weigh
from auditor.model.snapshot import Snapshot
from auditor.model.verdict import Grade, GradeLine


def grade(snapshot: Snapshot) -> Grade:
    """The grade of a snapshot; `-` where it holds no Python source to judge."""
    if not code_lines(snapshot):
        return Grade("-", None, FORMULA, caps=(_nothing(snapshot),))
    found = sorted_out(snapshot.findings)
    weighed = [(line, weigh(line, snapshot, found.get(line.name, ()))) for line in LINES]
    whole = sum(line.weight for line, one in weighed if one.applies)
    rows = tuple(_row(line, one, 100 * line.weight / whole) for line, one in weighed)
    score = round(sum(row.points or 0.0 for row in rows), 1)
    bounds = caps(rows, snapshot)
    worst = max((letter(score), *(cap.letter for cap in bounds)), key=letters().index)
    return Grade(worst, score, FORMULA, rows, tuple(cap.sentence for cap in bounds))


def _row(line: Line, weighed: Weighed, of: float) -> GradeLine:
    """`of` is the line's weight, scaled so that all lines that apply sum to a hundred."""
    if not weighed.applies:
        return GradeLine(line.name, "not applicable", "", None, 0.0, weighed.counted)
    of = round(of, 2)
    if weighed.figure is None:
        return GradeLine(line.name, "not measured", "", None, of, weighed.counted)
    of_100 = earned(line.scale, weighed.figure) * weighed.share
    audited = f" times {weighed.share:.0%} audited" if weighed.share < 1 else ""
    what = line.figure.partition(":")[0]
    figure = f"{weighed.figure:.3g} {line.over.rate(bool(line.share))}" if line.over else f"{what}: {weighed.figure:.4g}"
    note = f"{figure}{audited} earns {of_100:.0f} of 100"
    return GradeLine(line.name, weighed.counted, weighed.per, round(of * of_100 / 100, 2), of, note)


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
