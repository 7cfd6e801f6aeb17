"""A history's snapshots, figures and findings as rows of a table, written as CSV or Parquet."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.model.errors import AuditorError
from auditor.model.finding import Severity
from auditor.report.visible import visible

if TYPE_CHECKING:
    from auditor.model.history import Past

Cell = str | float | int | bool | None
Row = Mapping[str, Cell]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(past: "Past", what: str) -> list[Row]:
    """All rows of one kind, oldest first."""
    kinds: dict[str, Callable[[Past], Iterator[Row]]] = {"snapshots": _snapshots, "measures": _measures, "findings": _findings}
    return list(kinds[what](past))


def _snapshots(past: "Past") -> Iterator[Row]:
    for one in past.entries:
        yield {
            "at": one.at,
            "commit": one.commit,
            "made_at": one.made_at,
            "backfilled": one.backfilled,
            "grade": one.grade.letter,
            "score": one.grade.score,
            "formula": one.grade.formula,
            "passed": one.passed,
            **{severity.value: one.severities.get(severity, 0) for severity in Severity},
            "suppressed": one.suppressed,
            "unjudged": one.unjudged,
            "files": sum(one.scope.files.values()),
            "lines": sum(one.scope.lines.values()),
            "tool_version": past.conditions[one.conditions].tool_version,
            "conditions": one.conditions,
        }


def _measures(past: "Past") -> Iterator[Row]:
    for one in past.series:
        for point in one.points:
            yield {
                "at": point.at,
                "commit": point.commit,
                "measure": one.measure,
                "subject": one.subject,
                "value": point.value,
                "unit": one.unit,
                "basis": point.basis.value,
                "note": point.note,
            }


def _findings(past: "Past") -> Iterator[Row]:
    newest = past.newest.at if past.newest is not None else ""
    for one in sorted(past.seen, key=lambda one: (one.first_seen, one.fingerprint)):
        yield {
            "fingerprint": one.fingerprint,
            "rule": one.rule,
            "severity": one.severity.value,
            "confidence": one.confidence.value,
            "path": one.path,
            "line": one.line,
            "message": one.message,
            "first_seen": one.first_seen,
            "last_seen": one.last_seen,
            "standing": one.stood(newest),
            "counts": one.weights[-1].counts,
            "came_back": len(one.stretches) - 1,
        }


def write(table: Sequence[Row], form: str, output: Path) -> None:
    """The rows as a file, or as CSV on standard output."""
    if form == "csv":
        body = _csv(table)
        if output == Path("-"):
            click.echo(body, nl=False)
        else:
            _put(output, body.encode())
        return
    if output == Path("-"):
        raise click.UsageError("Parquet goes to a file: give --output")
    _put(output, _parquet(table))


def _put(output: Path, body: bytes) -> None:
    from auditor.report.write import write as write_file

    write_file(output, body)
    click.echo(f"{output}: written", err=True)


def _csv(table: Sequence[Row]) -> str:
    """CSV as spreadsheets read it: a text that one of them would take for a formula gets an apostrophe in front."""
    stream = io.StringIO(newline="")
    if table:
        writer = csv.DictWriter(stream, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _safe(cell) for name, cell in row.items()} for row in table)
    return stream.getvalue()


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return {True: "true", False: "false"}[cell] if isinstance(cell, bool) else cell
    text = visible(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _parquet(table: Sequence[Row]) -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        hint = "in auditor's checkout: pip install '.[parquet]'"
        raise AuditorError("Parquet needs pyarrow, which is not installed", hint) from error
    stream = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([dict(row) for row in table]), stream)
    body: bytes = stream.getvalue().to_pybytes()
    return body
