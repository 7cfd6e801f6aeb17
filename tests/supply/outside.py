"""A stand-in for everything outside: an HTTP server on the loopback, and one that poses as the index behind a proxy."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

from auditor.supply.network.index import address

Answer = Callable[[str], tuple[int, bytes]]
"""Status and body for a path."""


class Outside:
    """Where it listens, and the paths that it was asked for."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[str] = []


@contextmanager
def outside(answer: Answer) -> Iterator[Outside]:
    """A plain HTTP server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    place = Outside(f"http://127.0.0.1:{server.server_port}")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            place.asked.append(self.path)
            status, body = answer(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            """Tests are quiet."""

    server.RequestHandlerClass = Handler
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield place
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def posing_index(answer: Answer, folder: Path) -> Iterator[dict[str, str]]:
    """The environment in which the public index is a server of ours: a proxy that ends the encryption itself."""
    host = address().split("/")[2]
    authority = trustme.CA()
    bundle = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    listening = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_serve, args=(listening, context, answer), daemon=True).start()
    proxy = f"http://127.0.0.1:{listening.getsockname()[1]}"
    trust = dict.fromkeys(("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "PIP_CERT"), str(bundle))
    try:
        yield {**dict.fromkeys(("HTTPS_PROXY", "https_proxy"), proxy), **trust}
    finally:
        listening.close()


def _serve(listening: socket.socket, context: ssl.SSLContext, answer: Answer) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_connection, args=(connection, context, answer), daemon=True).start()


def _connection(connection: socket.socket, context: ssl.SSLContext, answer: Answer) -> None:
    try:
        _head(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with context.wrap_socket(connection, server_side=True) as inner:
            while head := _head(inner):
                status, body = answer(head.split()[1].decode())
                inner.sendall(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body)
    except OSError:
        return


def _head(stream: socket.socket) -> bytes:
    read = b""
    while not read.endswith(b"\r\n\r\n"):
        more = stream.recv(1)
        if not more:
            return b""
        read += more
    return read


def as_json(value: Any) -> bytes:
    """A body."""
    return json.dumps(value).encode()
