"""`auditor history backfill`: audits of past commits, so that a history need not begin empty."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from auditor.cli import options
from auditor.cli.again import agreed, audited
from auditor.cli.locate import opened, project, where
from auditor.cli.recipe import Recipe
from auditor.cli.table import counted
from auditor.model.errors import AuditorError

if TYPE_CHECKING:
    from auditor.model.history import Entry
    from auditor.run.commits import Commit
    from auditor.store.place import Store

DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?\Z")


@click.command("backfill", short_help="Audit past commits, without touching the work tree.")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
@click.option("--every", type=click.Choice(["commit", "day", "week", "month"]), default="week", show_default=True,
              help="Audit the last commit of each.")  # fmt: skip
@click.option("--since", default="", metavar="DAY", help="From this day, month or year on, such as 2026-01.")
@click.option("--until", default="", metavar="DAY", help="Up to this day, month or year, its end included.")
@click.option("--deps", is_flag=True, help="Audit their dependencies too, against the advisories of today.")
@options.rules
@options.settings
@click.option("--jobs", type=click.IntRange(min=1), help="Processes; as many as there are cores unless told.")
@click.option("--history", "given", metavar="PLACE", help="A file, or a URL such as postgresql://user@server/name.")
def command(
    path: Path,
    every: str,
    since: str,
    until: str,
    deps: bool,
    extra: tuple[Path, ...],
    settings: Path | None,
    jobs: int | None,
    given: str | None,
) -> None:
    """Example: auditor history backfill --every week --since 2026-01

    Audits past commits of PATH with the rules and settings of today, and keeps each snapshot under the time of its commit.
    The files come from git's objects into a temporary folder: nothing of the work tree is touched, and no filter or hook
    runs. Commits that the history holds are passed over, so a run that was stopped goes on where it was.
    """
    from auditor.run.commits import Every, main_line, wanted

    recipe = Recipe(path, settings, extra, deps=deps, jobs=jobs)
    recipe = msgspec.structs.replace(recipe, given=agreed(recipe))
    assert recipe.given is not None
    chosen = wanted(main_line(path), Every(every), first_day(since), last_day(until))
    if not chosen:
        raise AuditorError("no commit was made in that time", "see `git log --first-parent`")
    with opened(where(path, recipe.given.history, given), create=True) as store:
        fill(store, recipe, chosen)


def fill(store: "Store", recipe: Recipe, commits: "Sequence[Commit]") -> None:
    """Audits and keeps those of the commits that the history does not hold yet, oldest first."""
    from auditor.run.checkout import Checkout
    from auditor.run.scratch import scratch
    from auditor.run.shadow import repository
    from auditor.store.read import commits as known
    from auditor.store.save import save

    assert recipe.given is not None
    name = project(recipe.root, recipe.given.history)
    held = known(store, name)
    there = [one for one in commits if one.name in held]
    missing = [one for one in commits if one.name not in held]
    found = repository(recipe.root)
    assert found is not None
    kept: list[Entry] = []
    with scratch() as folder, steps(len(missing)) as advance:
        checkout = Checkout(found, folder / (recipe.root.resolve().name or "project"))
        for commit in missing:
            if (taken := audited(checkout, recipe, commit.name, commit.at)) is not None:
                kept.append(save(store, name, taken))
            advance(commit)
    passed_over = len(missing) - len(kept)
    click.echo(f"{counted(len(kept), 'snapshot')} added, {len(there)} were there" + without(passed_over))


def without(number: int) -> str:
    """What is said of commits in which the project's folder does not exist."""
    return f", {counted(number, 'commit')} without this folder passed over" if number else ""


@contextmanager
def steps(total: int) -> "Iterator[Callable[[Commit], None]]":
    """A bar over the commits on a terminal, a line a commit elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        yield lambda commit: click.echo(f"{commit.at[:10]} {commit.name[:12]} audited", err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Auditing"), TextColumn("{task.fields[day]}"), BarColumn(), MofNCompleteColumn(), TextColumn("commits"))
    # without threads: the audit's workers are forked while the bar stands
    with Progress(*columns, TimeRemainingColumn(), console=Console(file=sys.stderr), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("commits", total=total, day="")

        def advance(commit: "Commit") -> None:
            bar.update(task, advance=1, day=commit.at[:10], refresh=True)

        bar.refresh()
        yield advance


def first_day(text: str) -> str:
    """The first day of a year, a month or a day. Raises click.UsageError for anything else."""
    year, month, day = _parts(text, "--since")
    return _checked(f"{year}-{month or '01'}-{day or '01'}", "--since") if year else ""


def last_day(text: str) -> str:
    """The last day of a year, a month or a day; a month is taken to have 31."""
    year, month, day = _parts(text, "--until")
    if day:
        return _checked(f"{year}-{month}-{day}", "--until")
    return f"{year}-{month or '12'}-31" if year else ""


def _parts(text: str, option: str) -> tuple[str, str, str]:
    found = DAY.match(text)
    if text and not found:
        raise click.UsageError(f"{option} {text}: write it like 2026-01-05, 2026-01 or 2026")
    return (found[1], found[2] or "", found[3] or "") if found else ("", "", "")


def _checked(text: str, option: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise click.UsageError(f"{option} {text}: there is no such day") from error
