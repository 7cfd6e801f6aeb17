"""`auditor report`: one report of a tree, written to a file or sent to people and machines."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from auditor.cli import options
from auditor.cli.dispatch import SENDERS, put
from auditor.cli.recipe import Outcome, Recipe
from auditor.cli.said import said
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
@options.no_deps
@click.option("--offline", is_flag=True, help="Use no network for the audit; packages then need --advisories.")
@options.advisories
@options.rules
@options.roadmap
@options.settings
@options.evidence
@options.fetch
@options.base
@click.option("--save/--no-save", default=None, help="Keep the snapshot in the history, or do not, whatever the settings say.")
@options.history
def command(
    name: str,
    path: Path,
    output: Path | None,
    channels: tuple[str, ...],
    to: tuple[str, ...],
    again: bool,
    no_deps: bool,
    offline: bool,
    advisories: Path | None,
    extra: tuple[Path, ...],
    roadmap: Path | None,
    settings: Path | None,
    files: tuple[Path, ...],
    fetch: bool,
    base: str,
    save: bool | None,
    history: str | None,
) -> int:
    """Example: auditor report weekly . --send file

    Audits PATH and makes the report REPORT of it. With --send it goes out by mail, to Slack, to a push gateway or to a file
    whose name says the week; addresses and logins come from the environment alone (see docs/delivery.md). To each
    recipient it goes once a week, or once a sprint. Exit code 0 whatever the gate says, 3 where it could not be delivered.
    """
    from auditor.packs.reports import load_report

    report = load_report(name)
    ready(channels, to, report)
    recipe = Recipe(
        path, settings, extra, roadmap, deps=not no_deps, offline=offline, advisories=advisories, evidence=files,
        fetch=fetch and not offline, base=base, history=history,
    )  # fmt: skip
    outcome = recipe.audit(sys.stderr)
    view = seen(outcome, report, output, history, base)
    if output is not None or not channels:
        put(report, view, output or Path("-"))
    told = [one for channel in channels for one in SENDERS[channel](report, view, to, again)]
    for one in told:
        click.echo(f"{one.key.shown}: {one.state}" + (f": {one.why}" if one.why else ""), err=True)
    if outcome.settings.history.record if save is None else save:
        from auditor.cli.keep import keep

        keep(outcome, history)
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


def seen(outcome: Outcome, report: "Report", output: Path | None, history: str | None, base: str) -> "View":
    """The audit as the report sees it, with its history where it is one on time."""
    from auditor.model.review import Review
    from auditor.report import excerpt, view

    known = Review()
    if report.period != "day":
        from auditor.cli.review import review

        known = review(outcome, history, base)
    excerpts = excerpt.read(outcome.root, outcome.snapshot.findings)
    made = view.build(outcome.snapshot, outcome.verdict, outcome.roadmap, excerpts, 0, said(sys.argv[1:]), review=known)
    return msgspec.structs.replace(made, ending=output.suffix if output is not None else "")
