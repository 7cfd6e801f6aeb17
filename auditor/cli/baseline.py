"""`auditor baseline`: what is there today, so that only what comes new counts."""

import sys
from pathlib import Path

import click

from auditor.cli import options


@click.command(short_help="Write down today's findings, so that only new ones count.")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
@click.option("--output", type=click.Path(path_type=Path), help="Where to; PATH/auditor-baseline.json unless told.")
@options.no_deps
def command(path: Path, output: Path | None, no_deps: bool) -> None:
    """Example: auditor baseline .

    Audits PATH and writes the fingerprints of all findings. With `new_only = true` in [tool.auditor.gate], or with
    `auditor audit --baseline FILE`, the gate counts only findings that are not among them.
    """
    from auditor.cli.recipe import Recipe
    from auditor.judge.baseline import make
    from auditor.judge.scale import plural
    from auditor.report.write import write

    outcome = Recipe(path, deps=not no_deps).audit(sys.stderr)
    target = output or path / "auditor-baseline.json"
    write(target, make(outcome.snapshot.findings, outcome.snapshot.routes))
    kept = sum(finding.suppressed is None for finding in outcome.snapshot.findings)
    click.echo(f"{target}: {plural(kept, 'finding')} written down")
