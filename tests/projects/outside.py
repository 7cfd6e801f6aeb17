"""The world outside of an application: hosts that answer or fail, a mail server, a broker, each call noted."""

import email.message
import io
import json
import smtplib
import socket
import urllib.error
import urllib.request
import urllib.response
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import httpx
import kombu.exceptions
import requests

from tests.projects.labels import Fault
from tests.projects.watch import Outbound, Seen

Answer = Callable[[str, str], Any]
"""What a host and path answer, as JSON."""


@contextmanager
def outside(seen: Seen, fault: Fault, answer: Answer) -> Iterator[None]:
    """Stands in for all that leaves the machine; nothing is sent."""
    send, request, arequest = _requests(seen, fault, answer), _httpx(seen, fault, answer), _async_httpx(seen, fault, answer)
    with (
        mock.patch("requests.adapters.HTTPAdapter.send", send),
        mock.patch("httpx.HTTPTransport.handle_request", request),
        mock.patch("httpx.AsyncHTTPTransport.handle_async_request", arequest),
        mock.patch.multiple(
            "smtplib.SMTP", connect=_smtp(seen, fault), docmd=_polite, starttls=_polite, login=_polite, send_message=_polite
        ),
        mock.patch("urllib.request.AbstractHTTPHandler.do_open", _urllib(seen, fault, answer)),
        mock.patch("kombu.messaging.Producer.publish", _publish(seen, fault)),
    ):
        yield


def _polite(*_: Any, **__: Any) -> tuple[int, bytes]:
    return 221, b"fine"


def _requests(seen: Seen, fault: Fault, answer: Answer) -> Callable[..., requests.Response]:
    def send(self: Any, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        url = urlsplit(str(request.url))
        host = url.hostname or ""
        seen.outbound.append(Outbound(host, options.get("timeout"), dict(request.headers), seen.stack()))
        if fault.host == host and fault.raises:
            raise getattr(requests.exceptions, fault.raises)("made to fail")
        response = requests.Response()
        response.status_code = fault.status if fault.host == host and fault.status else 200
        told = fault.answers if fault.host == host and fault.answers is not None else answer(host, url.path)
        response._content = json.dumps(told).encode()
        response.url = str(request.url)
        response.request = request
        return response

    return send


def _reply(seen: Seen, fault: Fault, answer: Answer, request: httpx.Request) -> httpx.Response:
    timeout = request.extensions.get("timeout", {}).get("read")
    seen.outbound.append(Outbound(request.url.host, timeout, dict(request.headers), seen.stack()))
    if fault.host == request.url.host and fault.raises:
        raise getattr(httpx, fault.raises)("made to fail", request=request)
    host, failing = request.url.host, fault.host == request.url.host
    told = fault.answers if failing and fault.answers is not None else answer(host, request.url.path)
    return httpx.Response(fault.status if failing and fault.status else 200, json=told, request=request)


def _httpx(seen: Seen, fault: Fault, answer: Answer) -> Callable[..., httpx.Response]:
    return lambda self, request: _reply(seen, fault, answer, request)


def _async_httpx(seen: Seen, fault: Fault, answer: Answer) -> Callable[..., Any]:
    async def handle(self: Any, request: httpx.Request) -> httpx.Response:
        return _reply(seen, fault, answer, request)

    return handle


def _urllib(seen: Seen, fault: Fault, answer: Answer) -> Callable[..., Any]:
    def open_(self: Any, kind: Any, request: urllib.request.Request, **_: Any) -> Any:
        default = getattr(socket, "_GLOBAL_DEFAULT_TIMEOUT")  # noqa: B009
        host, path = request.host, urlsplit(request.full_url).path
        waits = None if request.timeout is default else request.timeout
        seen.outbound.append(Outbound(host, waits, dict(request.header_items()), seen.stack()))
        if fault.host == host and fault.raises:
            raise urllib.error.URLError("made to fail")
        told = io.BytesIO(json.dumps(answer(host, path)).encode())
        status = fault.status if fault.host == host and fault.status else 200
        response = urllib.response.addinfourl(told, email.message.Message(), request.full_url, status)
        response.msg = "made up"  # type: ignore[assignment]
        return response

    return open_


def _smtp(seen: Seen, fault: Fault) -> Callable[..., tuple[int, bytes]]:
    def connect(self: smtplib.SMTP, host: str = "localhost", port: int = 0, **_: Any) -> tuple[int, bytes]:
        default = getattr(socket, "_GLOBAL_DEFAULT_TIMEOUT")  # noqa: B009
        waits = getattr(self, "timeout", None)
        seen.outbound.append(Outbound(host, None if waits is default else waits, {}, seen.stack()))
        if fault.down == "mail":
            raise ConnectionRefusedError("made to fail")
        return 220, b"ready"

    return connect


def _publish(seen: Seen, fault: Fault) -> Callable[..., None]:
    def publish(self: Any, body: Any, **options: Any) -> None:
        seen.published.append((f"{body!r} {options.get('headers')!r}", seen.stack()))
        if fault.down == "broker":
            raise kombu.exceptions.OperationalError("made to fail")

    return publish
