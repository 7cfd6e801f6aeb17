"""Real servers on the loopback: mail with TLS and a login, and a web server that answers as it is told."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from auditor.report.letter import Attachment, Letter, Picture

USER, PASSWORD = "reporter", "correct-horse+battery/staple"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Post:
    """A mail server's memory, and how it behaves: `answers` are given to mails one after the other, then all are taken."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        self.logins: list[str] = []
        self.answers: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd calls it so
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer == "take it and fall silent":
            self.mails.append(envelope)
            server.transport.close()
            return "250 never heard"
        if answer.startswith("250"):
            self.mails.append(envelope)
        return answer

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = data.login == USER.encode() and data.password == PASSWORD.encode()
        self.logins.append("good" if good else "bad")
        if good:
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False, message=f"535 5.7.8 no such login: {data.password.decode()}")


class Mailhouse(msgspec.Struct, frozen=True):
    """A running mail server."""

    post: Any
    host: str
    port: int


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who signs the servers' certificates."""
    return trustme.CA()


@pytest.fixture
def trust(authority: trustme.CA) -> Callable[[], ssl.SSLContext]:
    """A client's trust in that authority alone."""

    def context() -> ssl.SSLContext:
        made = ssl.create_default_context()
        authority.configure_trust(made)
        return made

    return context


@pytest.fixture
def mailhouse(authority: trustme.CA) -> Iterator[Mailhouse]:
    """A mail server that wants STARTTLS and a login before it takes anything."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    post = Post()
    controller = Controller(
        post, "127.0.0.1", free_port(), tls_context=context, require_starttls=True, auth_required=True, auth_require_tls=True,
        authenticator=post.authenticate,
    )  # fmt: skip
    controller.start()
    yield Mailhouse(post, "localhost", controller.port)
    controller.stop()


class Web(ThreadingHTTPServer):
    """A web server that keeps what it was sent, and answers from a list, then 200."""

    daemon_threads = True
    seen: list[tuple[str, str, dict[str, str], bytes]]
    answers: list[tuple[int, str, dict[str, str]]]


class _Handler(BaseHTTPRequestHandler):
    server: Web

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path, dict(self.headers), body))
        code, text, headers = self.server.answers.pop(0) if self.server.answers else (200, "ok", {})
        if code == 0:
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    do_PUT = do_POST  # noqa: N815  the name that the server calls

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server on the loopback."""
    server = Web(("127.0.0.1", 0), _Handler)
    server.seen, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def letter() -> Letter:
    """A letter with everything in it, and text that wants to break out."""
    page = (
        "<!doctype html><html lang='en'><head><style>p{color:#123456}</style></head>"
        "<body><p>On track &amp; well</p><img src='cid:trend' alt='the trend'></body></html>"
    )
    return Letter(
        "shop: week 48 <!channel>\r\nBcc: evil@example.com",
        ("Grade B, up from C.", "<!channel> *bold* <http://e.example|click>"),
        "Grade B, up from C.\n",
        page,
        (Picture("trend", "the trend", DOT),),
        (Attachment("weekly.html", b"<!doctype html>"),),
    )
