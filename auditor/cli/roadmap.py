"""`auditor roadmap`: turn a Markdown plan into roadmap.toml, and show where each promise stands."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.promises import NAME, baseline, find_roadmap, goal, read_text
from auditor.cli.status import status
from auditor.cli.table import printable, table
from auditor.model.errors import AuditorError

if TYPE_CHECKING:
    from auditor.model.roadmap import Roadmap, Target


@click.group(short_help="Import a roadmap, show where its promises stand.")
def roadmap() -> None:
    """Example: auditor roadmap import PLAN.md

    A roadmap is what a team promised: sprints, and targets that are measured.
    """


roadmap.add_command(status)


@roadmap.command("import", short_help="Turn a Markdown roadmap into roadmap.toml.")
@click.argument("file", metavar="FILE.md", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="Where to write; default: roadmap.toml beside FILE.md.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["toml", "json"]),
    default="toml",
    show_default=True,
    help="json goes to standard output alone.",
)
@click.option(
    "--starts",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="First day of week 1, where the page does not say it.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def import_(file: Path, output: Path | None, form: str, starts: datetime | None, force: bool) -> None:
    """Example: auditor roadmap import PLAN.md --starts 2026-01-05

    Reads the sprints and success metrics of FILE.md, binds each promise to a measure where one fits, and writes
    roadmap.toml beside it.
    """
    from auditor.roadmap import to_json, write_toml
    from auditor.roadmap.markdown import read_markdown

    read = read_markdown(read_text(file), file.name, date.today(), starts.date() if starts else None)
    if form == "json" and output is None:
        click.echo(to_json(read), nl=False)
        return
    target = output or file.with_name(NAME)
    if target.exists() and not force:
        raise AuditorError(f"{target} is there already", "give --force to write over it, or --output for another place")
    if target.is_file() and form == "toml":
        read = _proven(read, target)
    _write(target, to_json(read) if form == "json" else write_toml(read).encode())
    click.echo(f"{target}: {_count(len(read.sprints), 'sprint')}, {_count(len(read.targets), 'target')}\n")
    table(["Target", "Goal", "Baseline", "Sprint", "Measure"], [_import_row(one) for one in read.targets])
    _advise(read)


def _proven(read: "Roadmap", target: Path) -> "Roadmap":
    """The new reading with the proofs of the file that it is about to replace; one that can not be read has none."""
    from auditor.roadmap.proven import proven

    try:
        return proven(read, find_roadmap(target))
    except AuditorError:
        return read


def _write(target: Path, data: bytes) -> None:
    """Beside first, then renamed: nobody sees half a file."""
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise AuditorError(f"{target} can not be written: {error.strerror}", "check the folder and its permissions") from None


def _import_row(target: "Target") -> list[str]:
    return [
        f"{'[x]' if target.claimed else '[ ]'} {target.text}",
        goal(target),
        baseline(target),
        target.sprint or "-",
        target.measure,
    ]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _advise(read: "Roadmap") -> None:
    """What a person should look at before relying on the file."""
    for one in read.unread:
        click.echo(printable(f"not read: {read.source}:{one.line}: {one.text}"))
    if read.unread:
        click.echo("    make a [[target]] of each that is a promise; until then it is unknown\n")
    manual = [target for target in read.targets if target.measure == "manual"]
    if not read.targets:
        click.echo(
            "No success metrics were found: write them under a heading such as `## Success metrics`, "
            "or in a table with a Target column."
        )
    for target in manual:
        click.echo(f"manual: {target.text}\n    needs {target.evidence}")
    unplaced = sum(not target.sprint for target in read.targets)
    if read.sprints and unplaced:
        click.echo(f"{_count(unplaced, 'target')} in no sprint: the text does not say which; set `sprint` in the file")
    if any(sprint.weeks and not sprint.starts for sprint in read.sprints):
        click.echo("The sprints have weeks but no dates: give --starts with the first day of week 1")
