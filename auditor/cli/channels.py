"""The ways out of the house as the environment describes them: addresses, logins and where the book of what was sent lies."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.model.errors import AuditorError

if TYPE_CHECKING:
    from auditor.deliver.mail import Server
    from auditor.deliver.push import Gateway
    from auditor.deliver.secret import Secret

VARIABLES = {
    "AUDITOR_SMTP_HOST": "the mail server, with its port where it is not 587: `smtp.example.com:465`",
    "AUDITOR_SMTP_USER": "the login there; without it, none",
    "AUDITOR_SMTP_PASSWORD": "its password",
    "AUDITOR_MAIL_FROM": "who sends: `Auditor <auditor@example.com>`",
    "AUDITOR_MAIL_TO": "who gets it, apart by commas; `--to` instead",
    "AUDITOR_SLACK_WEBHOOK": "the address of an incoming webhook, which is a secret",
    "AUDITOR_PUSH_GATEWAY": "the push gateway's address",
    "AUDITOR_PUSH_USER": "the login there; without it, none",
    "AUDITOR_PUSH_PASSWORD": "its password",
    "AUDITOR_STATE": "the folder of the book that keeps reports from being sent twice",
}
"""Every variable that a delivery reads, with what it is for."""


def mail_server(environ: Mapping[str, str]) -> "Server":
    """The mail server. Raises AuditorError where it is not set or is none."""
    from auditor.deliver.mail import Server
    from auditor.deliver.secret import Secret

    host, _, port = wanted(environ, "AUDITOR_SMTP_HOST").rpartition(":")
    if not host:
        host, port = port, "587"
    if not port.isdecimal() or not 0 < int(port) < 65536 or "/" in host or "@" in host:
        raise AuditorError("AUDITOR_SMTP_HOST is no server", "write it like smtp.example.com or smtp.example.com:465")
    user = environ.get("AUDITOR_SMTP_USER", "")
    return Server(host, int(port), user, Secret(environ.get("AUDITOR_SMTP_PASSWORD", "")))


def recipients(environ: Mapping[str, str], told: tuple[str, ...]) -> tuple[str, ...]:
    """Who gets the mail: those of the command line, else those of the environment; each once."""
    listed = told or tuple(environ.get("AUDITOR_MAIL_TO", "").split(","))
    found = tuple(dict.fromkeys(one.strip() for one in listed if one.strip()))
    if not found:
        raise AuditorError("nobody to send the mail to", "name them with --to or in AUDITOR_MAIL_TO")
    return found


def webhook(environ: Mapping[str, str]) -> "Secret":
    """The address of the chat, which is a secret. Raises AuditorError where it is not set."""
    from auditor.deliver.secret import Secret

    return Secret(wanted(environ, "AUDITOR_SLACK_WEBHOOK"))


def gateway(environ: Mapping[str, str]) -> "Gateway":
    """The push gateway. Raises AuditorError where it is not set."""
    from auditor.deliver.push import Gateway
    from auditor.deliver.secret import Secret

    user, password = environ.get("AUDITOR_PUSH_USER", ""), Secret(environ.get("AUDITOR_PUSH_PASSWORD", ""))
    return Gateway(wanted(environ, "AUDITOR_PUSH_GATEWAY"), user, password)


def book(environ: Mapping[str, str]) -> Path:
    """Where it is written down what was sent: in `AUDITOR_STATE`, else `auditor/` in the user's state folder."""
    base = environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    return Path(environ.get("AUDITOR_STATE") or os.path.join(base, "auditor")) / "sent.sqlite"


def wanted(environ: Mapping[str, str], name: str) -> str:
    """A variable that has to be there. Raises AuditorError with what it is for."""
    value = environ.get(name, "").strip()
    if not value:
        raise AuditorError(f"{name} is not set", f"it holds {VARIABLES[name]}")
    return value
