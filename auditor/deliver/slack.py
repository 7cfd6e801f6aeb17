"""A letter in a Slack channel, by an incoming webhook: headline and sentences as blocks of plain text."""

import logging
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

from auditor.deliver.attempt import Passing, Refused, Unsure
from auditor.deliver.secret import Secret, scrubbed
from auditor.model.errors import AuditorError
from auditor.report.letter import Letter
from auditor.report.visible import cut

TIMEOUT_S = 15
LOOPBACK = ("localhost", "127.0.0.1", "::1")
LONGEST_HEADER, LONGEST_SECTION, MOST_SECTIONS = 150, 2900, 20
"""Slack takes 150 characters in a header, 3,000 in a section and 50 blocks in a message."""


def blocks(letter: Letter) -> list[dict[str, Any]]:
    """The letter in Slack's Block Kit. Texts are `plain_text`, in which neither mark-up nor a mention means anything."""
    from slack_sdk.models.blocks import Block, DividerBlock, HeaderBlock, PlainTextObject, SectionBlock

    def text(words: str, most: int) -> PlainTextObject:
        return PlainTextObject(text=cut(words, most) or " ", emoji=False)

    made: list[Block] = [HeaderBlock(text=text(letter.subject, LONGEST_HEADER)), DividerBlock()]
    made += [SectionBlock(text=text(line, LONGEST_SECTION)) for line in letter.lines[:MOST_SECTIONS]]
    if len(letter.lines) > MOST_SECTIONS:
        made.append(SectionBlock(text=text(f"and {len(letter.lines) - MOST_SECTIONS} more", LONGEST_SECTION)))
    return [block.to_dict() for block in made]


def send(letter: Letter, webhook: Secret) -> None:
    """Posts it. Raises Passing (no connection, told to wait, the service is unwell), Refused (it says no), or Unsure."""
    from slack_sdk.webhook import WebhookClient

    client = WebhookClient(checked(webhook), timeout=TIMEOUT_S, retry_handlers=[], logger=_silent())
    try:
        answer = client.send(text=escaped(letter.subject), blocks=blocks(letter))
    except TimeoutError:
        raise Unsure("Slack: the connection broke before an answer came") from None
    except ConnectionRefusedError:
        raise Passing("Slack: no connection") from None
    except URLError as error:
        raise Passing(scrubbed(f"Slack: no connection: {error.reason}", (webhook,))) from None
    except OSError:
        raise Unsure("Slack: the connection broke before an answer came") from None
    if answer.status_code == 200:
        return
    said = scrubbed("".join(c if c.isprintable() else " " for c in answer.body or "")[:200], (webhook,))
    words = f"Slack: answered {answer.status_code}: {said}"
    if answer.status_code == 429 or answer.status_code >= 500:
        raise Passing(words, _after(answer.headers))
    raise Refused(words)


def checked(webhook: Secret) -> str:
    """The address, where it is one that may be used: encrypted, or on this machine. The error does not show it."""
    try:
        parts = urlsplit(webhook.reveal())
        good = (parts.scheme == "https" and bool(parts.hostname)) or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    except ValueError:
        good = False
    if not good:
        raise AuditorError("AUDITOR_SLACK_WEBHOOK is no https address", "copy it from the app's page on incoming webhooks")
    return webhook.reveal()


def escaped(text: str) -> str:
    """Text for the notification, where Slack reads `&`, `<` and `>` as its own marks."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _after(headers: Any) -> float:
    told = str({str(key).lower(): value for key, value in dict(headers or {}).items()}.get("retry-after", ""))
    return float(told) if told.isascii() and told.isdigit() else 0.0


def _silent() -> logging.Logger:
    """A logger that tells nobody: the client's own would write the address down."""
    logger = logging.Logger("auditor.deliver.slack", logging.CRITICAL)
    logger.addHandler(logging.NullHandler())
    return logger
