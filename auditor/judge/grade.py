"""A letter from A+ to F: the share earned of all lines that were measured, capped by each line that was not."""

from auditor.judge.scale import (
    CONFIDENCE_WEIGHT,
    FORMULA,
    LETTERS,
    LINES,
    SEVERITY_WEIGHT,
    Line,
    earned,
    letter,
    worse,
)
from auditor.model.snapshot import Snapshot
from auditor.model.verdict import Grade, GradeLine

CRASH_CAP = "C"
UNREAD_CAP = "A-"
MUCH_UNREAD_CAP = "C"
MUCH_UNREAD_PCT = 5.0


def grade(snapshot: Snapshot) -> Grade:
    """The grade of a snapshot; `-` where it holds no Python source to judge."""
    judged = snapshot.measure("size.code_lines")
    lines = judged.value if judged is not None else None
    if not lines:
        return Grade("-", None, FORMULA, caps=("nothing to judge: no Python source was found",))
    rows = tuple(_row(line, snapshot, lines) for line in LINES)
    measured = sum(row.of for row in rows if row.points is not None)
    score = round(100 * sum(row.points or 0.0 for row in rows) / measured, 1) if measured else 0.0
    caps = [*_missing(rows), *_unjudged(snapshot)]
    best = letter(score)
    for cap, _ in caps:
        best = worse(best, cap)
    sentences = tuple(f"capped at {cap}: {why}" for cap, why in caps)
    return Grade(best, score, FORMULA, rows, sentences)


def _row(line: Line, snapshot: Snapshot, code_lines: float) -> GradeLine:
    figure, counted, per = _figure(line.name, snapshot, code_lines)
    if figure is None:
        return GradeLine(line.name, line.figure, per, None, line.weight, counted)
    points = round(line.weight * earned(line.scale, figure), 1)
    return GradeLine(line.name, counted, per, points, line.weight, f"{line.figure}: {figure:.4g}")


def _figure(name: str, snapshot: Snapshot, code_lines: float) -> tuple[float | None, str, str]:
    """A line's figure, what was counted, and over what; None with the reason where it was not measured."""
    per = f"{code_lines:,.0f} lines of code"
    if name == "findings":
        weight = sum(
            SEVERITY_WEIGHT[f.severity.value] * CONFIDENCE_WEIGHT[f.confidence.value]
            for f in snapshot.findings
            if f.suppressed is None and not f.rule.startswith(("dependencies/", "duplication/"))
        )
        return (weight * 1000 / code_lines, f"weight {weight:,.1f}", per) if snapshot.rules else (None, "no rule ran", per)
    if name == "security marks":
        value, note = _value(snapshot, "todo.security")
        return (None, note, per) if value is None else (value * 10_000 / code_lines, f"{value:,.0f} marks", per)
    if name == "complexity":
        return _complexity(snapshot)
    if name == "dependencies":
        return _dependencies(snapshot)
    measure = {"duplication": "duplication.density_pct", "maintainability": "maintainability.average",
               "coverage": "coverage.line_pct"}[name]  # fmt: skip
    value, note = _value(snapshot, measure)
    return value, note if value is None else f"{value:,.1f}", per if name == "duplication" else "all files"


def _complexity(snapshot: Snapshot) -> tuple[float | None, str, str]:
    over, note = _value(snapshot, "complexity.functions_over_10")
    functions, _ = _value(snapshot, "size.functions")
    if over is None or functions is None:
        return None, note or "not measured", "functions"
    share = 100 * over / functions if functions else 0.0
    return share, f"{over:,.0f} functions", f"{functions:,.0f} functions"


def _dependencies(snapshot: Snapshot) -> tuple[float | None, str, str]:
    """Vulnerable packages; not measured as long as one package was not audited and none is known to be vulnerable."""
    counts = {name: _value(snapshot, f"dependencies.{name}")[0] for name in ("critical", "high", "medium", "low", "unknown")}
    if any(counts[name] is None for name in ("critical", "high")):
        return None, _value(snapshot, "dependencies.critical")[1] or "not audited", "packages"
    waiting = [package for package in snapshot.packages if package.state == "not audited"]
    weight = 4 * (counts["critical"] or 0) + 2 * (counts["high"] or 0)
    weight += sum(counts[name] or 0 for name in ("medium", "low", "unknown"))
    per = f"{len(snapshot.packages)} packages"
    if waiting and not weight:
        return None, f"{len(waiting)} of {len(snapshot.packages)} packages were not audited", per
    return weight, f"weight {weight:,.0f}", per


def _value(snapshot: Snapshot, name: str) -> tuple[float | None, str]:
    measure = snapshot.measure(name)
    if measure is None:
        return None, "not measured"
    return measure.value, measure.note


def _missing(rows: tuple[GradeLine, ...]) -> list[tuple[str, str]]:
    caps = {line.name: line.cap for line in LINES}
    return [
        (caps[row.name], f"{row.name} not measured" + (f" ({row.note})" if row.note not in ("", "not measured") else ""))
        for row in rows
        if row.points is None
    ]


def _unjudged(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Caps for rules that crashed and for files that could not be read."""
    caps = []
    if snapshot.crashed:
        names = ", ".join(sorted({crash.rule for crash in snapshot.crashed}))
        caps.append((CRASH_CAP, f"{len(snapshot.crashed)} crashes of {names}"))
    unread = {skip.path for skip in snapshot.skipped if skip.kind == "unread"}
    files = sum(snapshot.scope.files.values())
    if unread:
        share = 100 * len(unread) / max(files, len(unread))
        cap = MUCH_UNREAD_CAP if share > MUCH_UNREAD_PCT else UNREAD_CAP
        caps.append((cap, f"{len(unread)} of {max(files, len(unread))} files could not be judged"))
    return caps


def work_out(grade: Grade) -> str:
    """The grade's working, a line a line, as `auditor explain grade` prints it."""
    rows = [f"Formula {grade.formula}"]
    for line in grade.lines:
        points = "  not measured" if line.points is None else f"{line.points:>5.1f} of {line.of:>4.0f}"
        rows.append(f"  {line.name:<16}{points:<16}{line.counted} over {line.per}" + (f"; {line.note}" if line.note else ""))
    if grade.score is not None:
        earned_, possible = (sum(v) for v in zip(*((r.points, r.of) for r in grade.lines if r.points is not None), strict=True))
        rows.append(f"  {'measured':<16}{earned_:>5.1f} of {possible:>4.0f}   points of all measured lines")
        rows.append(f"  {'score':<16}{grade.score:>5.1f} of  100   {letter(grade.score)} by the scale {_scale()}")
    rows += [f"  {sentence}" for sentence in grade.caps]
    rows.append(f"Grade {grade.letter}")
    return "\n".join(rows)


def _scale() -> str:
    return " ".join(f"{name} {least:.0f}" for name, least in LETTERS)


def table() -> str:
    """The formula as Markdown, for the documentation."""
    rows = ["| line | what is counted | weight | figure: share of the weight | best grade without it | why |", "| --- | --- | --- | --- | --- | --- |"]
    for line in LINES:
        points = ", ".join(f"{figure:g}: {share:.0%}" for figure, share in line.scale)
        rows.append(f"| {line.name} | {line.figure} | {line.weight:g} | {points} | {line.cap} | {line.why} |")
    return "\n".join(rows)
