"""Mail by SMTP: TLS always, a login where one is set, and a plain word for every way in which it can fail."""

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage

import msgspec

from auditor.deliver.attempt import Passing, Refused, Unsure
from auditor.deliver.secret import Secret, scrubbed

TIMEOUT_S = 20.0
IMPLICIT_PORT = 465
"""Here TLS comes first; on every other port the server has to offer STARTTLS."""


class Server(msgspec.Struct, frozen=True):
    """A mail server, and how to log in there; without a user, no login."""

    host: str
    port: int = 587
    user: str = ""
    password: Secret = Secret("")


Trust = Callable[[], ssl.SSLContext]


def send(server: Server, mail: EmailMessage, trust: Trust = ssl.create_default_context) -> None:
    """Hands one mail over. Nothing is ever sent, and no password spoken, over a connection that is not encrypted.

    Raises Passing (no answer, or the server says later), Refused (it says no), or Unsure (it fell silent after the text).
    """
    try:
        client = _connected(server, trust)
        try:
            _hand_over(client, mail)
        finally:
            _leave(client)
    except smtplib.SMTPResponseException as error:
        what = "the login was refused" if isinstance(error, smtplib.SMTPAuthenticationError) else "the server refused"
        kind = Passing if 400 <= error.smtp_code < 500 else Refused
        raise kind(_words(server, what, error)) from None
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(_words(server, "the server offers no TLS or no login", error)) from None
    except ssl.SSLError as error:
        raise Refused(_words(server, "the certificate or the encryption was not accepted", error)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Passing(_words(server, "no answer", error)) from None


def _connected(server: Server, trust: Trust) -> smtplib.SMTP:
    """A connection that is encrypted and, where a user is set, logged in."""
    if server.port == IMPLICIT_PORT:
        client: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=trust())
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    try:
        if server.port != IMPLICIT_PORT:
            client.starttls(context=trust())
        client.ehlo_or_helo_if_needed()
        if server.user:
            client.login(server.user, server.password.reveal())
    except BaseException:
        client.close()
        raise
    return client


def _hand_over(client: smtplib.SMTP, mail: EmailMessage) -> None:
    """The three steps of a mail, so that it is known on which side of its text a connection broke."""
    sender = mail["From"].addresses[0].addr_spec
    recipient = mail["To"].addresses[0].addr_spec
    for code, answer in (client.mail(sender), client.rcpt(recipient)):
        if code >= 300:
            raise smtplib.SMTPResponseException(code, answer)
    try:
        code, answer = client.data(mail.as_bytes())
    except smtplib.SMTPDataError:
        raise
    except (OSError, smtplib.SMTPServerDisconnected):
        raise Unsure("the connection broke while the mail was handed over") from None
    if code >= 300:
        raise smtplib.SMTPResponseException(code, answer)


def _leave(client: smtplib.SMTP) -> None:
    """Says goodbye. What is answered to that changes nothing of what was handed over."""
    # auditor: ignore[errors/swallowed-exception]: the mail is handed over; a lost goodbye changes nothing
    with contextlib.suppress(OSError, smtplib.SMTPException):
        client.quit()
    client.close()


def _words(server: Server, what: str, error: Exception) -> str:
    """What a person reads: without the login, whatever the server sent back."""
    said = error.smtp_error if isinstance(error, smtplib.SMTPResponseException) else str(error)
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    printable = "".join(c if c.isprintable() else " " for c in text)[:300]
    code = f" ({error.smtp_code})" if isinstance(error, smtplib.SMTPResponseException) else ""
    return scrubbed(f"mail server {server.host}:{server.port}: {what}{code}: {printable}", (server.password,))
