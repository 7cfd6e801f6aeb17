"""Asking an HTTP source: one deadline for all of it, no redirects, bounded answers, and errors that name no secret."""

import http.client
import json
import socket
import ssl
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from auditor.evidence.record import Refused

MOST_BYTES = 32 << 20
CHUNK = 1 << 16


class Answer(msgspec.Struct, frozen=True):
    """A successful answer: its JSON, and where the next page lies (empty: nowhere)."""

    page: object
    next_url: str = ""


def ask(url: str, token: str = "", limit_s: float = 10.0, deadline: float | None = None) -> Answer:
    """The JSON at `url`. Raises Refused with a sentence for the user: no answer in time, an error, no JSON.

    `token` is sent as a bearer; it is never part of a message. `deadline` (monotonic seconds) bounds several askings.
    """
    ends = min(time.monotonic() + limit_s, deadline if deadline is not None else float("inf"))
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host:
        raise Refused(f"{named(url)} is no address of the web")
    if parts.username or parts.password:
        raise Refused(f"{named(url)} holds a password: give it as a token in the environment")
    try:
        status, headers, body = _get(url, token, ends)
    except TimeoutError:
        raise Refused(f"{named(url)} did not answer within {limit_s:g} s") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Refused(f"{named(url)} can not be asked: {_why(error)}") from None
    if status != 200:
        raise Refused(f"{named(url)} answered with {status}{_said(body, token)}{HINTS.get(status, '')}")
    try:
        return Answer(msgspec.json.decode(body), _next(headers, url))
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise Refused(f"{named(url)} answered with something that is no JSON") from None


HINTS = {401: ": the token is missing or not accepted", 403: ": the token may not do this", 404: ": check the address"}


def named(url: str) -> str:
    """The address as messages show it: without user, password, query or fragment, which may hold secrets."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "the address"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def _get(url: str, token: str, ends: float) -> tuple[int, Mapping[str, str], bytes]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(host, parts.port, timeout=_left(ends), context=ssl.create_default_context())
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=_left(ends))
    headers = {"Accept": "application/json", "User-Agent": "auditor"} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        connection.request("GET", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", headers=headers)
        _wait(connection, ends)
        response = connection.getresponse()
        body = b""
        while chunk := response.read1(CHUNK):
            body += chunk
            if len(body) > MOST_BYTES:
                raise ValueError(f"the answer is larger than {MOST_BYTES >> 20} MiB")
            _wait(connection, ends)
        return response.status, {key.lower(): value for key, value in response.getheaders()}, body
    finally:
        connection.close()


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _wait(connection: http.client.HTTPConnection, ends: float) -> None:
    """A drop of the answer every second must not stretch the whole: each wait is as long as what is left."""
    left = _left(ends)
    if connection.sock is not None:
        connection.sock.settimeout(left)


def _next(headers: Mapping[str, str], url: str) -> str:
    """The next page by the `Link` header as Sentry writes it, if it lies on the same host."""
    for part in headers.get("link", "").split(", <"):
        if 'rel="next"' in part and 'results="true"' in part:
            address = part.lstrip("<").partition(">")[0]
            one, other = urlsplit(address), urlsplit(url)
            return address if (one.scheme, one.netloc) == (other.scheme, other.netloc) else ""
    return ""


def _said(body: bytes, token: str) -> str:
    try:
        page = json.loads(body[:10_000])
    except (ValueError, RecursionError):
        return ""
    text = page.get("error") or page.get("detail") if isinstance(page, dict) else ""
    if not isinstance(text, str) or (token and token in text):
        return ""
    return f" ({' '.join(text[:200].split())})" if text else ""


def _why(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "its host is not known"
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or type(error).__name__
