"""From an audit's outcome to the reports that were asked for, on standard output or in files."""

import os
import shutil
import sys
from pathlib import Path

import click
import msgspec

from auditor.cli.recipe import Outcome


class Wanted(msgspec.Struct, frozen=True):
    """A report by name, and where it goes; `-` is standard output."""

    name: str
    output: str


def paired(formats: tuple[str, ...], outputs: tuple[str, ...]) -> tuple[Wanted, ...]:
    """Formats and outputs in pairs. Outputs alone say their format by their ending; nothing at all is the terminal.

    Raises click.UsageError for what can not be paired.
    """
    from auditor.packs.reports import load_report, names

    if not formats and outputs:
        by_suffix = {load_report(name).suffix: name for name in names()}
        formats = tuple(by_suffix.get(Path(output).suffix, "") for output in outputs)
        if "" in formats:
            raise click.UsageError(f"--output {outputs[formats.index('')]}: its ending names no format; give --format")
    unknown = [name for name in formats if name not in names()]
    if unknown:
        raise click.UsageError(f"no report {unknown[0]!r}; there are {', '.join(names())}")
    if len(outputs) > len(formats):
        raise click.UsageError(f"{len(outputs)} --output for {len(formats)} --format: they go in pairs")
    filled = (*outputs, *["-"] * (len(formats) - len(outputs)))
    if filled.count("-") > 1:
        raise click.UsageError("two reports can not both go to standard output; give each its --output")
    return tuple(Wanted(name, output) for name, output in zip(formats, filled, strict=True)) or (Wanted("terminal", "-"),)


def deliver(
    outcome: Outcome, wanted: tuple[Wanted, ...], took_ms: int, command: str, history: str | None = None, base: str = ""
) -> None:
    """Writes every report that was asked for; the summary goes to the terminal where standard output is free."""
    from auditor.packs.reports import load_report
    from auditor.report import excerpt, screen, view
    from auditor.report.write import write

    if all(one.output != "-" for one in wanted):
        wanted = (*wanted, Wanted("terminal", "-"))
    shown = screen.screen(sys.stdout, os.environ, shutil.get_terminal_size().columns)
    plain = all(one.name in ("terminal", "json") for one in wanted)
    excerpts = {} if plain else excerpt.read(outcome.root, outcome.snapshot.findings)
    seen = view.build(outcome.snapshot, outcome.verdict, outcome.roadmap, excerpts, took_ms, command, shown)
    if any(load_report(one.name).period != "day" for one in wanted):
        from auditor.cli.review import review

        seen = msgspec.structs.replace(seen, review=review(outcome, history, base))
    on_paper = msgspec.structs.replace(seen, screen=screen.PAPER)
    for one in wanted:
        paper = msgspec.structs.replace(on_paper, ending=Path(one.output).suffix)
        body = load_report(one.name).render(seen if one.output == "-" else paper)
        if one.output != "-":
            write(Path(one.output), body)
        else:
            click.echo(body, nl=False, color=True if shown.styled else None)
