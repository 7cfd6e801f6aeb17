"""One report through one channel: the environment's addresses, the book of what was sent, and the sending itself."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditor.deliver.post import Delivery
    from auditor.report.api import Report
    from auditor.report.view import View

Sender = Callable[["Report", "View", tuple[str, ...], bool], "tuple[Delivery, ...]"]


def put(report: "Report", view: "View", output: Path) -> None:
    """Writes the report to a file, or to standard output for `-`."""
    from auditor.report.write import write

    if str(output) == "-":
        click.echo(report.render(view), nl=False)
    else:
        write(output, report.render(view))


def by_mail(report: "Report", view: "View", to: tuple[str, ...], again: bool) -> "tuple[Delivery, ...]":
    """A mail to each recipient."""
    from auditor.cli.channels import book, mail_server, recipients, wanted
    from auditor.deliver import mail
    from auditor.deliver.attempt import persistently
    from auditor.deliver.message import message
    from auditor.deliver.post import post
    from auditor.deliver.sent import Key, Sent

    letter, server, sender = report.letter(view), mail_server(os.environ), wanted(os.environ, "AUDITOR_MAIL_FROM")

    def send(key: Key) -> None:
        written = message(letter, sender, key.recipient, key.name, datetime.now(UTC))
        persistently(lambda: mail.send(server, written))

    span = report.span(view)
    keys = [Key(report.name, view.snapshot.project, span, "email", one) for one in recipients(os.environ, to)]
    return post(keys, send, Sent(book(os.environ)), again)


def to_slack(report: "Report", view: "View", to: tuple[str, ...], again: bool) -> "tuple[Delivery, ...]":
    """A message in the channel that the webhook belongs to."""
    from auditor.cli.channels import book, webhook
    from auditor.deliver import slack
    from auditor.deliver.attempt import persistently
    from auditor.deliver.post import post
    from auditor.deliver.sent import Key, Sent, digest

    letter, hook = report.letter(view), webhook(os.environ)
    key = Key(report.name, view.snapshot.project, report.span(view), "Slack", digest(hook.reveal()))
    return post([key], lambda _: persistently(lambda: slack.send(letter, hook)), Sent(book(os.environ)), again)


def to_gateway(report: "Report", view: "View", to: tuple[str, ...], again: bool) -> "tuple[Delivery, ...]":
    """Figures to the push gateway, which replace those from before: to send them again does no harm, so no book is kept."""
    from auditor.cli.channels import gateway
    from auditor.deliver.attempt import Refused, persistently
    from auditor.deliver.post import Delivery
    from auditor.deliver.push import push
    from auditor.deliver.sent import Key

    place, project, data = gateway(os.environ), view.snapshot.project, report.data(view)
    key = Key(report.name, project, view.snapshot.taken_at, "push gateway", "")
    try:
        persistently(lambda: push(place, project, data))
    except Refused as failure:
        return (Delivery(key, "failed", str(failure)),)
    return (Delivery(key, "sent"),)


def to_file(report: "Report", view: "View", to: tuple[str, ...], again: bool) -> "tuple[Delivery, ...]":
    """A file in the current folder whose name says of what and when it is; told on standard output."""
    name = "-".join((view.snapshot.project, report.name, report.span(view)))
    safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in name).strip(".-")
    place = Path(safe + report.ending(view))
    put(report, view, place)
    click.echo(str(place))
    return ()


SENDERS: dict[str, Sender] = {"email": by_mail, "slack": to_slack, "push": to_gateway, "file": to_file}
"""What `--send` takes."""
