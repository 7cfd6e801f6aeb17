"""`auditor audit`: the whole audit of a tree, judged and reported."""

import sys
import time
from pathlib import Path

import click

from auditor.cli import options
from auditor.cli.choice import Choice, parted
from auditor.cli.deliver import deliver, paired
from auditor.cli.recipe import Recipe
from auditor.cli.said import said


@click.command(short_help="Audit a tree: findings, measures, targets, verdict.")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=Path())
@click.option("--format", "formats", multiple=True, metavar="NAME", help="html, json, sarif, … (docs/reports.md); may repeat.")
@click.option(
    "--output", "outputs", multiple=True, metavar="FILE", help="Where the format of the same place goes; - is standard output."
)
@options.no_deps
@click.option("--offline", is_flag=True, help="Use no network; packages are then only audited with --advisories.")
@options.advisories
@options.select
@options.ignore
@options.rules
@options.roadmap
@options.settings
@click.option("--baseline", type=click.Path(exists=True, path_type=Path), help="Judge only what is not in this baseline.")
@options.evidence
@options.fetch
@options.base
@click.option("--jobs", type=click.IntRange(min=1), help="Processes; as many as there are cores unless told.")
@click.option("--no-cache", is_flag=True, help="Work everything out anew.")
@click.option("--save/--no-save", default=None, help="Keep the snapshot in the history, or do not, whatever the settings say.")
@options.history
def command(
    path: Path,
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    no_deps: bool,
    offline: bool,
    advisories: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extra: tuple[Path, ...],
    roadmap: Path | None,
    settings: Path | None,
    baseline: Path | None,
    files: tuple[Path, ...],
    fetch: bool,
    base: str,
    jobs: int | None,
    no_cache: bool,
    save: bool | None,
    history: str | None,
) -> int:
    """Example: auditor audit . --format html --output report.html

    Audits PATH (default: the current folder). Without --format the summary goes to the terminal; reports that go to files
    leave the summary there. Exit code 0 clean, 1 gate failed, 2 wrong usage or settings, 3 could not judge.
    """
    began = time.monotonic()
    wanted = paired(formats, outputs)
    if save and not path.is_dir():
        raise click.UsageError("--save keeps snapshots of whole projects: name a folder")
    choice = Choice(parted(select), parted(ignore))
    if save and choice:
        raise click.UsageError("--save keeps audits by every rule, so that a trend has no holes: leave --select and --ignore out")
    if fetch and offline:
        raise click.UsageError("--fetch asks over the network, which --offline forbids")
    recipe = Recipe(
        path, settings, extra, roadmap, baseline, not no_deps, jobs, not no_cache, offline, advisories, files, fetch,
        base=base, history=history, choice=choice,
    )  # fmt: skip
    outcome = recipe.audit(sys.stderr)
    took_ms = round((time.monotonic() - began) * 1000)
    deliver(outcome, wanted, took_ms, said(sys.argv[1:]), history, base)
    if path.is_dir() and not choice and (outcome.settings.history.record if save is None else save):
        from auditor.cli.keep import keep

        keep(outcome, history)
    return outcome.verdict.exit_code


def grade_of(path: Path) -> str:
    """The working of a tree's grade, line by line, and the single changes that would raise it most."""
    from auditor.cli.table import printable
    from auditor.judge.lever import levers
    from auditor.judge.working import work_out

    outcome = Recipe(path).audit(sys.stderr)
    best = levers(outcome.snapshot)
    found = [f"  {one.letter}, {one.score:.1f} of 100 ({one.gain:+.1f}): {printable(one.text)}" for one in best]
    told = ["", "What would raise it most, each by itself:", *found] if found else []
    return "\n".join([work_out(outcome.verdict.grade), *told])
