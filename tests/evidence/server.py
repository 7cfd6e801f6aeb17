"""A real HTTP server on the loopback that answers as a test says, and writes down what it was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec


class Reply(msgspec.Struct, frozen=True):
    """What the server says. `slow_s` waits before it, `drip_s` between its bytes."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    slow_s: float = 0.0
    drip_s: float = 0.0


class Asked(msgspec.Struct, frozen=True):
    """A request that came in."""

    path: str
    token: str


class Server(msgspec.Struct):
    """Where it listens, and what it heard."""

    url: str
    asked: list[Asked]


@contextmanager
def served(answer: Callable[[str], Reply]) -> Iterator[Server]:
    """Answers every GET by its path until the block ends."""
    asked: list[Asked] = []
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(Asked(self.path, self.headers.get("Authorization", "")))
            reply = answer(self.path)
            if ended.wait(reply.slow_s):
                return
            try:
                self.send_response(reply.status)
                for key, value in reply.headers:
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                for byte in reply.body if reply.drip_s else ():
                    if ended.wait(reply.drip_s):
                        return
                    self.wfile.write(bytes((byte,)))
                self.wfile.write(b"" if reply.drip_s else reply.body)
            except OSError:
                return  # who asked has gone

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_address[1]}", asked)
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
