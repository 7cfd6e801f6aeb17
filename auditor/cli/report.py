"""`auditor report`: one report of a tree, written to a file or sent to people and machines."""

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from auditor.cli.dispatch import SENDERS, put
from auditor.cli.recipe import Recipe
from auditor.model.errors import AuditorError

if TYPE_CHECKING:
    from auditor.report.api import Report
    from auditor.report.view import View

FAILED = 3


@click.command(short_help="Make one report and send it, on Fridays for example.")
@click.argument("name", metavar="REPORT")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
@click.option("--output", type=click.Path(path_type=Path), help="The file; - is standard output.")
@click.option("--send", "channels", multiple=True, type=click.Choice(list(SENDERS)), help="Where to; may repeat.")
@click.option("--to", multiple=True, metavar="ADDRESS", help="Who gets the mail, instead of AUDITOR_MAIL_TO; may repeat.")
@click.option("--again", is_flag=True, help="Send it even to those who have got it for this week or sprint.")
@click.option("--no-deps", is_flag=True, help="Leave the dependency audit out.")
@click.option("--rules", "extra", multiple=True, type=click.Path(exists=True, path_type=Path), help="Another folder of rules.")
@click.option("--roadmap", type=click.Path(exists=True, path_type=Path), help="The roadmap, where it is not PATH/roadmap.toml.")
@click.option("--settings", type=click.Path(exists=True, path_type=Path), help="Settings instead of the project's own.")
def command(
    name: str,
    path: Path,
    output: Path | None,
    channels: tuple[str, ...],
    to: tuple[str, ...],
    again: bool,
    no_deps: bool,
    extra: tuple[Path, ...],
    roadmap: Path | None,
    settings: Path | None,
) -> int:
    """Example: auditor report weekly . --send file

    Audits PATH and makes the report REPORT of it. With --send it goes out by mail, to Slack, to a push gateway or to a file
    whose name says the week; addresses and logins come from the environment alone (see docs/delivery.md). To each
    recipient it goes once a week, or once a sprint. Exit code 0 whatever the gate says, 3 where it could not be delivered.
    """
    from auditor.packs.reports import load_report

    report = load_report(name)
    ready(channels, to, report)
    view = seen(Recipe(path, settings, extra, roadmap, deps=not no_deps), output)
    if output is not None or not channels:
        put(report, view, output or Path("-"))
    told = [one for channel in channels for one in SENDERS[channel](report, view, to, again)]
    for one in told:
        click.echo(f"{one.key.shown}: {one.state}" + (f": {one.why}" if one.why else ""), err=True)
    return 0 if all(one.well for one in told) else FAILED


def ready(channels: tuple[str, ...], to: tuple[str, ...], report: "Report") -> None:
    """Looks at all settings of the channels before the audit begins. Raises AuditorError for what is missing."""
    from auditor.cli.channels import gateway, mail_server, recipients, wanted, webhook
    from auditor.deliver.message import address
    from auditor.deliver.slack import checked

    if "email" in channels:
        mail_server(os.environ)
        for one in (wanted(os.environ, "AUDITOR_MAIL_FROM"), *recipients(os.environ, to)):
            address(one)
    if "slack" in channels:
        checked(webhook(os.environ))
    if "push" in channels:
        gateway(os.environ)
        if report.suffix != ".prom":
            raise AuditorError(f"a push gateway takes figures, and the report {report.name} is for people", "send prometheus")


def seen(recipe: Recipe, output: Path | None) -> "View":
    """The audit as reports see it."""
    from auditor.report import excerpt, view

    outcome = recipe.audit(sys.stderr)
    excerpts = excerpt.read(outcome.root, outcome.snapshot.findings)
    said = shlex.join(["auditor", *sys.argv[1:]])
    made = view.build(outcome.snapshot, outcome.verdict, outcome.roadmap, excerpts, 0, said)
    return msgspec.structs.replace(made, ending=output.suffix if output is not None else "")
