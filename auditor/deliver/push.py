"""Figures to a Prometheus push gateway: one group a project, replaced as a whole."""

import ssl
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit

import msgspec

from auditor.deliver.attempt import Passing, Refused
from auditor.deliver.secret import Secret, scrubbed
from auditor.model.errors import AuditorError

TIMEOUT_S = 15.0


class Gateway(msgspec.Struct, frozen=True):
    """A push gateway's address, and a login where it asks for one."""

    address: str
    user: str = ""
    password: Secret = Secret("")


def push(gateway: Gateway, project: str, body: bytes) -> None:
    """Replaces the figures of a project. Sending the same twice changes nothing, so every failure may be retried.

    Raises AuditorError for an address that is none, Passing or Refused where it did not work.
    """
    from prometheus_client.exposition import basic_auth_handler, default_handler

    headers = [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")]
    place = f"{_checked(gateway.address)}/metrics/job/auditor/project@base64/{_coded(project)}"
    if gateway.user:
        call = basic_auth_handler(place, "PUT", TIMEOUT_S, headers, body, gateway.user, gateway.password.reveal())
    else:
        call = default_handler(place, "PUT", TIMEOUT_S, headers, body)
    try:
        call()
    except HTTPError as error:
        kind = Passing if error.code == 429 or error.code >= 500 else Refused
        raise kind(_words(gateway, f"answered {error.code}: {error.reason}")) from None
    except ssl.SSLError as error:
        raise Refused(_words(gateway, str(error))) from None
    except (URLError, OSError) as error:
        raise Passing(_words(gateway, f"no answer: {getattr(error, 'reason', error)}")) from None


def _words(gateway: Gateway, what: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in what)[:300]
    return scrubbed(f"push gateway {urlsplit(gateway.address).hostname}: {printable}", (gateway.password,))


def _checked(address: str) -> str:
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good:
        hint = "write it like https://push.example.com; a login goes into AUDITOR_PUSH_USER and AUDITOR_PUSH_PASSWORD"
        raise AuditorError("AUDITOR_PUSH_GATEWAY is no address", hint)
    return address.rstrip("/")


def _coded(text: str) -> str:
    """A label's value in an address, as the gateway wants what may hold a slash: URL-safe base 64, `=` for nothing."""
    import base64

    return quote(base64.urlsafe_b64encode(text.encode()).decode().rstrip("=") or "=")
