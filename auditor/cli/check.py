"""`auditor check`: the rules about single files alone, fast enough for a pre-commit hook."""

import time
from datetime import date
from pathlib import Path

import click

from auditor.cli import options
from auditor.cli.choice import Choice, parted
from auditor.cli.deliver import deliver, paired


@click.command(short_help="Check files or folders, as a hook does.")
@click.argument("files", nargs=-1, required=True, metavar="PATHS...", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "formats", multiple=True, metavar="NAME", help="terminal, json, sarif, markdown or html; may repeat.")
@click.option("--output", "outputs", multiple=True, metavar="FILE", help="Where the format of the same place goes.")
@options.select
@options.ignore
@options.rules
@options.settings
@click.option("--strict", is_flag=True, help="Fail on every finding, whatever the gate allows.")
def command(
    files: tuple[Path, ...],
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extra: tuple[Path, ...],
    settings: Path | None,
    strict: bool,
) -> int:
    """Example: auditor check src/shop/views.py

    Runs the rules that look at one file at a time on PATHS, files or folders. Rules about the whole project, measures and
    dependencies are for `auditor audit`. Exit codes as there.
    """
    from auditor.cli.hook import check

    began = time.monotonic()
    outcome = check(files, settings, extra, strict, date.today(), Choice(parted(select), parted(ignore)))
    took_ms = round((time.monotonic() - began) * 1000)
    deliver(outcome, paired(formats, outputs), took_ms, "auditor check")
    return outcome.verdict.exit_code
