"""`auditor history`: look at what was kept, compare two snapshots, take it out, thin it, and fill it from git."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from auditor.cli.backfill import command as backfill
from auditor.cli.locate import opened, project, where
from auditor.cli.table import counted, table
from auditor.settings import read

if TYPE_CHECKING:
    from auditor.model.history import Comparison, Entry, Past
    from auditor.store.place import Store

F = TypeVar("F", bound=Callable[..., object])


@click.group(short_help="Look at kept snapshots, compare two, fill in the past from git.")
def history() -> None:
    """Example: auditor history backfill --every month

    A history holds a project's snapshots. `auditor audit --save` adds one. It lies in .auditor/history.sqlite3 unless
    the settings, AUDITOR_HISTORY or --history name another place. A snapshot is named by its commit (or the beginning of
    it), by a day (2026-01-05: the last one up to its end), or by `latest`, `latest~1`, and so on.
    """


history.add_command(backfill)


def of_project(command: F) -> F:
    """The options that say whose history it is."""
    path = click.Path(exists=True, file_okay=False, path_type=Path)
    command = click.option("--history", "given", metavar="PLACE", help="A file, or a URL such as postgresql://user@server/name.")(
        command
    )
    return click.option("--project", "root", type=path, default=Path(), help="The project's folder; here unless told.")(command)


@history.command("list", short_help="The snapshots that were kept.")
@click.option("--limit", type=click.IntRange(min=1), default=30, show_default=True, help="How many, the newest.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json is for programs.")
@of_project
def list_(limit: int, form: str, root: Path, given: str | None) -> None:
    """Example: auditor history list --limit 10

    Lists snapshots, the newest last. A star at the grade says that rules, tool, settings or dependencies differ from the
    snapshot before. Grades of two formulas do not compare.
    """
    from auditor.store.read import entries

    with chosen(root, given) as (store, name):
        found = entries(store, name)
    if form == "json":
        as_json(found[-limit:])
        return
    before = [None, *found][-len(found[-limit:]) - 1 :] if found else []
    table(
        ["When", "Commit", "Grade", "Score", "Formula", "Critical", "High", "Medium", "Low", "Suppressed", "Unjudged", "How"],
        [row(one, earlier) for one, earlier in zip(found[-limit:], before, strict=False)],
    )
    click.echo(counted(len(found), "snapshot"))


def row(one: "Entry", before: "Entry | None") -> list[str]:
    """A snapshot as a line of the list."""
    counts = [str(one.severities.get(name, 0)) for name in ("critical", "high", "medium", "low")]  # type: ignore[call-overload]
    star = "*" if before is not None and before.conditions != one.conditions else ""
    score = "-" if one.grade.score is None else f"{one.grade.score:.1f}"
    how = "backfilled" if one.backfilled else "changed tree" if one.dirty else "audit"
    when = one.at[:16].replace("T", " ")
    grade = [one.grade.letter + star, score, one.grade.formula or "-"]
    return [when, one.commit[:12] or "-", *grade, *counts, str(one.suppressed), str(one.unjudged), how]


@history.command(short_help="One snapshot: grade, figures, and its findings with their age.")
@click.argument("snapshot", default="latest")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="How many findings, the gravest.")
@of_project
def show(snapshot: str, limit: int, root: Path, given: str | None) -> None:
    """Example: auditor history show latest

    Shows what a snapshot holds: its grade line by line, its figures, and the findings that stood then, each with its age.
    """
    from auditor.cli.past import shown
    from auditor.store.read import past

    with chosen(root, given) as (store, name):
        entry = one_of(store, name, snapshot)
        shown(past(store, name, moments=[entry.at]), entry, limit)


@history.command(short_help="What differs between two snapshots.")
@click.argument("before", default="latest~1")
@click.argument("after", default="latest")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json is for programs.")
@of_project
def diff(before: str, after: str, form: str, root: Path, given: str | None) -> None:
    """Example: auditor history diff latest~1 latest

    Compares snapshot BEFORE with snapshot AFTER: findings that are new, fixed, returned or newly suppressed, figures that
    moved, and whether anything but the code differs.
    """
    from auditor.cli.past import told

    comparison = compared(root, given, before, after)
    if form == "json":
        as_json(comparison)
    else:
        told(comparison)


def compared(root: Path, given: str | None, before: str, after: str) -> "Comparison":
    """Two snapshots of a history beside each other, the earlier first whatever the order they were named in."""
    from auditor.judge.compare import compare
    from auditor.store.read import past

    with chosen(root, given) as (store, name):
        early, late = sorted((one_of(store, name, before), one_of(store, name, after)), key=lambda one: one.at)
        then: Past = past(store, name, moments=[early.at, late.at])
    return compare(then, early, late)


@history.command(short_help="Write snapshots, figures or findings to a file.")
@click.argument("what", type=click.Choice(["snapshots", "measures", "findings"]), default="snapshots")
@click.option("--format", "form", type=click.Choice(["csv", "parquet"]), default="csv", show_default=True, help="The form.")
@click.option("--output", type=click.Path(path_type=Path), default=Path("-"), help="The file; - is standard output.")
@of_project
def export(what: str, form: str, output: Path, root: Path, given: str | None) -> None:
    """Example: auditor history export findings --output findings.csv

    Writes a row for each snapshot, for each figure of each snapshot, or for each finding with when it was first and last
    seen. Parquet needs auditor[parquet] and an --output.
    """
    from auditor.cli.export import rows, write
    from auditor.store.read import whole

    with chosen(root, given) as (store, name):
        everything = whole(store, name)
    write(rows(everything, what), form, output)


@history.command(short_help="Take old snapshots away.")
@click.option("--older-than", "days", type=click.IntRange(min=1), required=True, metavar="DAYS", help="How old they must be.")
@click.option("--keep", default="week", type=click.Choice(["none", "day", "week", "month"]), show_default=True,
              help="Of the old ones, keep the last of each.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask.")
@of_project
def prune(days: int, keep: str, yes: bool, root: Path, given: str | None) -> None:
    """Example: auditor history prune --older-than 365 --keep month --yes

    Takes away snapshots that are older than so many days, but for the last of each week (or day, or month). The newest
    always stays. When a finding was first and last seen is then known from the snapshots that are left.
    """
    from auditor.store.prune import Keep, doomed
    from auditor.store.prune import prune as take_away

    before = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    with chosen(root, given) as (store, name):
        gone = doomed(store, name, before, Keep(keep))
        if gone and not yes:
            question = f"Take {counted(len(gone), 'snapshot')} from {gone[0][:10]} to {gone[-1][:10]} away?"
            click.confirm(question, abort=True, err=True)
        take_away(store, name, gone)
    click.echo(f"{counted(len(gone), 'snapshot')} taken away")


@contextmanager
def chosen(root: Path, given: str | None) -> "Iterator[tuple[Store, str]]":
    """The history of a project, and the project's name in it."""
    settings = read(root).history
    with opened(where(root, settings, given)) as store:
        yield store, project(root, settings)


def one_of(store: "Store", name: str, reference: str) -> "Entry":
    """The snapshot that is meant. Raises AuditorError where none or more than one is."""
    from auditor.cli.pick import pick
    from auditor.store.read import entries

    return pick(entries(store, name), reference)


def as_json(value: object) -> None:
    """A value for programs, on standard output."""
    import msgspec

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
    sys.stdout.buffer.flush()
