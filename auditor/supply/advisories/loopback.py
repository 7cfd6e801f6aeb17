"""A small server on the loopback that answers pip-audit with the advisories at hand, and lives as long as the call."""

import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from auditor.supply.advisories.document import ECOSYSTEM, Document

MAX_QUERY = 64 << 10


class Loopback:
    """Where the server listens, and which (name, version) it was asked about."""

    def __init__(self, url: str, asked: set[tuple[str, str]]) -> None:
        self.url = url
        self.asked = asked


@contextmanager
def serve(answers: Mapping[tuple[str, str], tuple[Document, ...]]) -> Iterator[Loopback]:
    """Serves answers by (canonical name, version) in the form of OSV's `query`; what is not among them is refused with 404,
    so that nothing comes out clean that nobody looked at. The path holds a secret: other users' processes get nothing.
    """
    path = f"/{secrets.token_urlsafe(16)}/v1/query"
    asked: set[tuple[str, str]] = set()

    class Handler(_Handler):
        def do_POST(self) -> None:
            if not secrets.compare_digest(self.path.encode(), path.encode()):
                self.tell(403, b"{}")
                return
            key = _key(self.body())
            if key is None or key not in answers:
                self.tell(404, b"{}")
                return
            asked.add(key)
            self.tell(200, reply(key[0], answers[key]))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Loopback(f"http://127.0.0.1:{server.server_port}{path}", asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 with lengths, so that one connection serves all queries."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True

    def body(self) -> bytes:
        """The request's body, as far as it has a sane length."""
        length = self.headers.get("Content-Length", "0")
        return self.rfile.read(min(int(length), MAX_QUERY)) if length.isdecimal() else b""

    def tell(self, status: int, body: bytes) -> None:
        """Answers with JSON."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The terminal is not the server's."""


def _key(body: bytes) -> tuple[str, str] | None:
    try:
        query = json.loads(body)
        return str(query["package"]["name"]), str(query["version"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def reply(name: str, documents: tuple[Document, ...]) -> bytes:
    """What OSV would answer, cut down to what pip-audit reads, and free of what it stumbles over: versions that are none,
    names in another spelling.
    """
    vulns = [
        {
            "id": document.id,
            "aliases": document.aliases,
            "summary": (document.summary or document.details)[:500],
            "affected": [
                {
                    "package": {"name": name, "ecosystem": ECOSYSTEM},
                    "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": version} for version in document.fixed(name)]}],
                }
            ],
        }
        for document in documents
    ]
    return json.dumps({"vulns": vulns} if vulns else {}).encode()
