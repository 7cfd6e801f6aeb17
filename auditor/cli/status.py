"""`auditor roadmap status`: where each promise stands, where it is heading, and what reviews can be told."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.missing import missing
from auditor.cli.promises import NAME, baseline, find_roadmap, goal, read_bytes, shown
from auditor.cli.table import printable, table
from auditor.model.errors import AuditorError

if TYPE_CHECKING:
    from auditor.model.history import Past
    from auditor.model.measure import Measure
    from auditor.model.outlook import ReviewState, Standpoint
    from auditor.model.roadmap import Progress, Roadmap
    from auditor.model.verdict import Grade


@click.command(short_help="Show baseline, now and goal of every target.")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=Path())
@click.option(
    "--from",
    "saved",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take the figures from a saved JSON report instead of an audit.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="json is for programs."
)
def status(path: Path, saved: Path | None, form: str) -> None:
    """Example: auditor roadmap status

    Reads PATH/roadmap.toml (or PATH/docs/roadmap.toml), audits PATH, and says of every target: met, on the way, worse,
    unknown, stale, or claimed but not met; with a history also when it will be met at the present pace.
    """
    from auditor.judge.progress import progress
    from auditor.judge.reviews import answered
    from auditor.judge.sprint import standpoints

    promised = find_roadmap(path)
    if promised is None:
        raise AuditorError(f"no {NAME} in {path} or {path / 'docs'}", "make one: auditor roadmap import PLAN.md")
    promised, measures, grade = _figures(path, promised, saved)
    stands, reviews = progress(promised, measures), answered(promised, measures, grade)
    heading = standpoints(stands, promised.sprints, _past(path, promised), date.today())
    if form == "json":
        click.echo(_json(heading, reviews), nl=False)
        return
    table(["Target", "Baseline", "Now", "Goal", "State", "Sprint"], [_row(one) for one in stands])
    click.echo()
    for one in heading:
        click.echo(f"{one.progress.state.value}: {printable(one.progress.target.text)}\n    {printable(one.progress.reason)}")
        for line in _outlook(one):
            click.echo(f"    {line}")
    for review in reviews:
        click.echo(f"\n{printable(review.name)}")
        for answer in review.answers:
            click.echo(printable(f"  {answer.state}: {answer.text}" + (f" ({answer.note})" if answer.note else "")))
    for number, line in enumerate(missing(stands, date.today())):
        click.echo(printable(line) if number else f"\n{printable(line)}")
    click.echo(f"\n{_summary(stands)}")
    if promised.unread:
        lines = ", ".join(str(one.line) for one in promised.unread)
        click.echo(f"unknown: what {promised.source or 'the page'} says in line {lines} was not read as a promise ([[unread]])")


def _figures(path: Path, promised: "Roadmap", saved: Path | None) -> "tuple[Roadmap, tuple[Measure, ...], Grade]":
    """The promises with the baselines of the history, the figures to judge by, and the grade: of a saved report, else of an
    audit made now.
    """
    if saved is None:
        from auditor.cli.recipe import Recipe

        root = path if path.is_dir() else path.parent
        outcome = Recipe(root, roadmap=path if path.is_file() else None).audit(sys.stderr)
        return outcome.roadmap or promised, outcome.snapshot.measures, outcome.verdict.grade
    import msgspec

    from auditor.model.measure import Measure
    from auditor.model.verdict import Grade

    class Report(msgspec.Struct):
        measures: tuple[Measure, ...]
        grade: Grade = Grade("-", None, "")

    try:
        report = msgspec.json.decode(read_bytes(saved), type=Report)
    except msgspec.MsgspecError as error:
        raise AuditorError(
            f"{saved} is no JSON report of an audit: {error}",
            "make one: auditor audit . --format json --output audit.json",
        ) from None
    return promised, report.measures, report.grade


def _past(path: Path, promised: "Roadmap") -> "Past":
    """What the history holds of the promises' measures; none where it can not be read: the status is about today."""
    from auditor.cli.origin import figures
    from auditor.model.history import Past
    from auditor.settings import read

    root = path if path.is_dir() else path.parent
    try:
        return figures(root, read(root), sorted({one.measure for one in promised.targets}))
    except AuditorError as error:
        click.echo(f"no forecast: {printable(error.message)}", err=True)
        return Past()


def _outlook(one: "Standpoint") -> list[str]:
    """The line and the forecast of a target that is not met, in words."""
    from auditor.model.roadmap import State

    if one.progress.state in (State.MET, State.UNKNOWN, State.STALE):
        return []
    lines = [one.trajectory.note] if one.trajectory is not None else []
    if one.forecast is not None and not one.forecast.silent:
        expected = f"expected {one.forecast.likely}, " if one.forecast.likely else ""
        pace = "" if "at the present pace" in one.forecast.note else "at the present pace: "
        lines.append(f"{pace}{expected}{one.forecast.note}; in time: {one.forecast.in_time.value}")
    return lines


def _row(one: "Progress") -> list[str]:
    unit = "" if one.target.relative else one.target.unit
    return [
        one.target.text,
        baseline(one.target),
        shown(one.now, unit),
        goal(one.target),
        one.state.value,
        one.target.sprint or "-",
    ]


def _summary(stands: "tuple[Progress, ...]") -> str:
    from auditor.model.roadmap import State

    counts = [(sum(one.state is state for one in stands), state.value) for state in State]
    return f"{len(stands)} targets: " + ", ".join(f"{number} {name}" for number, name in counts if number)


def _json(heading: "tuple[Standpoint, ...]", reviews: "tuple[ReviewState, ...]") -> bytes:
    """The targets as `Progress` with `trajectory` and `forecast` beside each, and the reviews."""
    import msgspec

    rows = [{**msgspec.to_builtins(one.progress), "trajectory": one.trajectory, "forecast": one.forecast} for one in heading]
    return msgspec.json.format(msgspec.json.encode({"targets": rows, "reviews": reviews}), indent=2) + b"\n"
