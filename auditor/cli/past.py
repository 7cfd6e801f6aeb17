"""Snapshots and comparisons of a history as text for a terminal."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from auditor.cli.table import counted, table
from auditor.report.visible import visible

if TYPE_CHECKING:
    from auditor.model.history import Change, Comparison, Entry, Past, Point, Seen

MOST = 20
"""Findings of one kind that a comparison lists; `--format json` has all."""


def shown(past: "Past", entry: "Entry", limit: int) -> None:
    """One snapshot: grade, figures, findings with their age."""
    _heading(entry)
    lines = entry.grade.lines
    table(
        ["Grade line", "Counted", "Points"],
        [[one.name, f"{one.counted} over {one.per}" if one.per else one.counted, _points(one.points, one.of)] for one in lines],
    )
    for cap in entry.grade.caps:
        click.echo(visible(cap))
    figures = [(one, point) for one in past.series if (point := one.at(entry.at)) is not None]
    click.echo()
    table(["Figure", "Value", "Basis"], [[one.measure, _value(point, one.unit), point.basis.value] for one, point in figures])
    standing = sorted(
        (one for one in past.seen if one.counted(entry.at)), key=lambda one: (one.severity.rank, one.path, one.line)
    )
    click.echo(f"\n{counted(len(standing), 'finding')} that count" + (f", the first {limit}" if len(standing) > limit else ""))
    table(
        ["Severity", "Age", "Where", "Rule", "Says"],
        [[one.severity.value, _age(one, entry.at), _where(one), one.rule, one.message] for one in standing[:limit]],
    )


def told(comparison: "Comparison") -> None:
    """Two snapshots beside each other."""
    before, after = comparison.before, comparison.after
    _heading(before)
    _heading(after)
    if before.grade.formula != after.grade.formula:
        click.echo("The formula of the grade changed: the two grades do not compare")
    if comparison.differing:
        click.echo(f"Besides the code, these differ: {', '.join(comparison.differing)}")
    kinds = (
        ("new", comparison.new), ("returned", comparison.returned), ("no longer suppressed", comparison.resumed),
        ("fixed", comparison.fixed), ("newly suppressed", comparison.silenced),
    )  # fmt: skip
    said = [f"{len(found)} {name}" for name, found in kinds if found]
    click.echo(f"Findings: {', '.join((*said, f'{len(comparison.open)} open in both'))}")
    for name, found in kinds:
        _findings(name, found)
    if comparison.changes:
        click.echo()
        table(["Figure", "Before", "After"], [_change(one) for one in comparison.changes])


def _findings(name: str, found: "tuple[Seen, ...]") -> None:
    for one in found[:MOST]:
        click.echo(visible(f"  {name}: {_where(one)} {one.severity} {one.rule} {one.message}"))
    if len(found) > MOST:
        click.echo(f"  {name}: and {len(found) - MOST} more")


def _heading(entry: "Entry") -> None:
    counts = ", ".join(f"{number} {name}" for name, number in entry.severities.items() if number) or "no findings"
    score = "" if entry.grade.score is None else f" ({entry.grade.score:.1f} by formula {entry.grade.formula})"
    commit = entry.commit[:12] or "no commit"
    click.echo(visible(f"{entry.at[:16].replace('T', ' ')}  {commit}  {entry.grade.letter}{score}  {counts}"))


def _change(one: "Change") -> list[str]:
    name = f"{one.measure} ({one.subject})" if one.subject else one.measure
    return [name, _value(one.before, one.unit), _value(one.after, one.unit)]


def _value(point: "Point | None", unit: str) -> str:
    if point is None:
        return "-"
    if point.value is None:
        return "unknown"
    text = f"{round(point.value, 2):,.2f}".rstrip("0").rstrip(".")
    return text if unit in ("", "count") else f"{text} {unit}"


def _points(points: float | None, of: float) -> str:
    if points is None:
        return f"not measured, of {of:g}" if of else "not applicable"
    return f"{points:.1f} of {of:g}"


def _age(one: "Seen", at: str) -> str:
    days = (datetime.fromisoformat(at) - datetime.fromisoformat(one.first_seen)).days
    return counted(days, "day")


def _where(one: "Seen") -> str:
    return f"{one.path}:{one.line}"
