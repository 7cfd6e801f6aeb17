"""The grade's working as text, and its formula as Markdown for the documentation: both made of the one table."""

from auditor.judge.caps import TABLE
from auditor.judge.lines import LINES
from auditor.judge.scale import (
    CONFIDENCE_WEIGHT,
    FORMULA,
    LEAST_COUNT,
    LEAST_LINES,
    LETTERS,
    SEVERITY_WEIGHT,
    SHARE_WEIGHT,
    letter,
)
from auditor.model.verdict import Grade, GradeLine


def work_out(grade: Grade) -> str:
    """The grade's working, a line a line, with denominators, as `auditor explain grade` prints it."""
    caps = [f"  {_plain(sentence)}" for sentence in grade.caps]
    if grade.score is None:
        return "\n".join((f"Grade {grade.letter}", *caps))
    wide = max(len(row.name) for row in grade.lines)
    rows = [f"Formula {grade.formula}: each line earns 0 to 100 by its scale, times its weight; the score is their sum."]
    out = [row for row in grade.lines if not row.applies]
    if out:
        rows.append(f"{len(out)} of {len(grade.lines)} lines do not apply here; the weights of the others are scaled up to 100.")
    rows.append("")
    for row in grade.lines:
        rows += _row(row, wide)
    lost = sum(row.of for row in grade.lines if row.applies and row.points is None)
    gap = f", {lost:.4g} of them not measured" if lost else ""
    rows += ["", f"  {'score':<{wide}}  {grade.score:>5.1f} of 100{gap}  {letter(grade.score)}, on the scale {_letters()}"]
    return "\n".join((*rows, *caps, f"Grade {grade.letter}"))


def _plain(text: str) -> str:
    """Notes may quote what the audited tree says: on a terminal nothing of it may act."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _row(row: GradeLine, wide: int) -> list[str]:
    name = f"  {row.name:<{wide}}"
    indent = " " * (wide + 20)
    because = f": {_plain(row.note)}" if row.note else ""
    if not row.applies:
        return [f"{name}  {'':>5}              not applicable{because}"]
    if row.points is None:
        return [f"{name}   none of {row.of:>5.4g}  not measured{because}"]
    over = f" over {row.per}" if row.per else ""
    return [f"{name}  {row.points:>5.2f} of {row.of:>5.4g}  {row.counted}{over}", f"{indent}{row.note}"]


def _letters() -> str:
    return " ".join(f"{name} {least:g}" for name, least in LETTERS)


def table() -> str:
    """The whole formula as Markdown."""
    return "\n\n".join((f"Formula {FORMULA}.", _lines(), _weights(), _scores(), _caps()))


def _lines() -> str:
    rows = [
        "| line | weight | what is counted | scale: figure → points of 100 | cap if not measured |",
        "| --- | --- | --- | --- | --- |",
    ]
    for line in LINES:
        scale = ", ".join(f"{figure:g} → {points:g}" for figure, points in line.scale)
        rows.append(f"| **{line.name}** | {line.weight:g} | {line.figure} | {scale} | {line.cap} |")
    return "\n".join([*rows, "", "Why these:", "", *(f"- **{line.name}**: {line.why}." for line in LINES)])


def _weights() -> str:
    grave = ", ".join(f"{name} {weight:g}" for name, weight in SEVERITY_WEIGHT.items())
    sure = ", ".join(f"{name} {weight:g}" for name, weight in CONFIDENCE_WEIGHT.items())
    part = SHARE_WEIGHT["low"]
    return (
        f"A finding weighs by its severity ({grave}) times its confidence ({sure}). Where a share of things is told, a thing"
        f" counts once, and {part:g} of one where all that was found about it is of low confidence. Fewer than"
        f" {LEAST_LINES:,} lines, {LEAST_COUNT} things or 20 packages are taken for so many."
    )


def _scores() -> str:
    return "Letters by the least score: " + ", ".join(f"{name} {least:g}" for name, least in LETTERS) + "."


def _caps() -> str:
    rows = ["| also capped | where |", "| --- | --- |", *(f"| {cap.letter} | {cap.why} |" for cap in TABLE)]
    return "\n".join(rows)
