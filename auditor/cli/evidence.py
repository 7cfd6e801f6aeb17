"""`auditor evidence`: bring in what other tools measured, and show what there is and how old."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.table import printable

if TYPE_CHECKING:
    from auditor.evidence.record import Evidence
    from auditor.model.measure import Measure

PROJECT = click.option(
    "--project", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(), help="The project's folder."
)


@click.group(short_help="Bring in figures that other tools measured, list them.")
def evidence() -> None:
    """Example: auditor evidence add coverage.xml

    Evidence is what other tools measured: coverage, load tests, monitoring, findings. It is kept in the project's folder
    `evidence/`, and every audit judges by it.
    """


@evidence.command(short_help="Keep the figures of a file for the audits to come.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@PROJECT
@click.option("--taken-at", default="", metavar="TIME", help="When it was measured, where the file does not say it.")
@click.option("--link", default="", metavar="URL", help="Where a reader can check it.")
@click.option("--measure", default="", metavar="NAME", help="What an answer of Prometheus measures: cache.hit_rate_pct.")
@click.option("--unit", default="", help="The unit of that measure, where its name does not end in it.")
def add(files: tuple[Path, ...], project: Path, taken_at: str, link: str, measure: str, unit: str) -> None:
    """Example: auditor evidence add coverage.xml k6.json bandit.sarif

    The kind is told from the content: coverage.py's XML and JSON, Cobertura, LCOV, k6's summary and stream, answers of
    Prometheus, Redis INFO, Sentry's issues, JUnit XML, and SARIF of any other tool.
    """
    from auditor.evidence.collect import piece_of
    from auditor.evidence.folder import save
    from auditor.evidence.place import rooted
    from auditor.settings import read

    place = read(project).evidence
    pieces = [rooted(piece_of(file, measure, unit, taken_at, link), project) for file in files]
    for piece in pieces:
        target = save(project, place.folder, piece)
        click.echo(f"{target}: {piece.tool}, {_when(piece)}")
        _show(piece)


@evidence.command("list", short_help="Show every figure that is kept, its source and its age.")
@PROJECT
def list_(project: Path) -> int:
    """Example: auditor evidence list

    Shows what the project keeps, and whether it is fresh, stale or unknown by the settings. Exit code 3 where a file in the
    folder can not be read as evidence.
    """
    from datetime import date

    from auditor.evidence.age import dated, judged
    from auditor.evidence.folder import load
    from auditor.settings import read

    place = read(project).evidence
    pieces, skipped = load(project, place.folder)
    if not pieces and not skipped:
        click.echo(f"no evidence in {project / place.folder}: add some with `auditor evidence add FILE`")
    for piece in pieces:
        click.echo(printable(f"{piece.file}: {piece.tool}, {_when(piece)}"))
        _show(piece, tuple(judged(one, place, date.today()) for one in dated(piece)))
    for skip in skipped:
        click.echo(printable(f"{skip.path}: {skip.reason}"), err=True)
    return 3 if skipped else 0


@evidence.command(short_help="Ask Prometheus and Sentry as the settings say, and keep the answers.")
@PROJECT
def fetch(project: Path) -> int:
    """Example: auditor evidence fetch

    Asks the sources in the settings' sections evidence.prometheus and evidence.sentry. Tokens come from
    AUDITOR_PROMETHEUS_TOKEN and AUDITOR_SENTRY_TOKEN, each for the host in AUDITOR_…_HOST alone. Exit code 3 where a source
    did not answer; what was kept of it before stays.
    """
    from auditor.evidence.collect import now
    from auditor.evidence.folder import save
    from auditor.evidence.sources import fetch as ask
    from auditor.settings import read

    place = read(project).evidence
    if not (place.prometheus.url or place.sentry.organisation):
        click.echo("nothing to ask: the settings name no source; add evidence.prometheus with url and queries")
        return 0
    failed = False
    for piece in ask(place, now()):
        failed = failed or bool(piece.notes)
        if piece.known:
            click.echo(f"{save(project, place.folder, piece)}: {piece.tool}")
            _show(piece)
        for note in piece.notes:
            click.echo(printable(f"{piece.tool}: {note}"), err=True)
    return 3 if failed else 0


def _when(piece: "Evidence") -> str:
    said = {"file": " (the file's own time)", "user": " (as given)"}.get(piece.dated_by, "")
    return f"measured {piece.taken_at[:16].replace('T', ' ')}{said}" if piece.taken_at else "nobody said when it was measured"


def _show(piece: "Evidence", measures: "tuple[Measure, ...] | None" = None) -> None:
    """The project's own figures, as they were judged where they were; those of routes and the findings as numbers."""
    from auditor.model.units import figure

    for one in piece.measures if measures is None else measures:
        if not one.subject:
            value = "unknown" if one.value is None else figure(one.value, one.unit)
            state = f"  {one.basis.value}" if one.basis.value not in ("measured", "unknown") else ""
            click.echo(printable(f"  {one.name}  {value}{state}" + (f"  ({one.note})" if one.note else "")))
    routes = len({one.subject for one in piece.measures if one.subject})
    for number, noun in ((routes, "route"), (len(piece.findings), "finding")):
        if number:
            click.echo(f"  {number:,} {noun}{'' if number == 1 else 's'}")
    for note in (*piece.notes, *piece.gaps):
        click.echo(printable(f"  {note}"))
