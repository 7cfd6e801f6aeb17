"""Worker processes for many files: one that dies or hangs costs the one file it had in hand, and no other."""

import gc
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import connection, get_all_start_methods, get_context
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from auditor.facts.discover import shown
from auditor.model.errors import AuditorError
from auditor.model.snapshot import Skipped
from auditor.run.desk import Desk, Order
from auditor.run.record import ENCODER, Record

if TYPE_CHECKING:
    from auditor.clones.copies import Copies

CHUNK = 24
WORK, SEARCH = "work", "search"
REFUSED = b"\0refused:"
"""What a worker answers with where the rules can not be loaded; no Record begins so."""
FILE_LIMIT_S = 60.0


class Crew:
    """Some worker processes, each with one chunk of paths in hand."""

    def __init__(self, order: Order, size: int) -> None:
        self.order = order
        self.context = get_context("fork" if "fork" in get_all_start_methods() else "spawn")
        self.workers: dict[connection.Connection, _Worker] = {}
        for _ in range(size):
            self._hire()

    def run(self, paths: Sequence[str]) -> Iterator[bytes]:
        """Hands out the paths and yields what comes back; what killed or held up a worker comes back as skipped."""
        waiting = deque(paths[i : i + CHUNK] for i in range(0, len(paths), CHUNK))
        for worker in self.workers.values():
            worker.take(waiting)
        while any(worker.left for worker in self.workers.values()):
            for pipe in connection.wait(list(self.workers), timeout=1.0):
                worker = self.workers[pipe]  # type: ignore[index]
                try:
                    body = worker.pipe.recv_bytes()
                except (EOFError, OSError):
                    yield self._bury(worker, "the reader died on it", waiting)
                    continue
                if body.startswith(REFUSED):
                    raise AuditorError(body.removeprefix(REFUSED).decode())
                worker.done()
                if not worker.left:
                    worker.take(waiting)
                yield body
            for worker in [w for w in self.workers.values() if w.left and w.idle_s() > FILE_LIMIT_S]:
                yield self._bury(worker, f"took longer than {FILE_LIMIT_S:.0f} s", waiting)

    def search(self, bodies: Sequence[bytes]) -> "Callable[[], Copies | None]":
        """Has a worker search the records for copies, and lets the others go; the answer is waited for when it is called
        for, and None where the worker died of it.
        """
        worker, *idle = self.workers.values()
        for other in idle:
            other.end()
        self.workers = {worker.pipe: worker}
        with suppress(OSError):
            worker.pipe.send((SEARCH, list(bodies)))
        return partial(_found, worker)

    def _bury(self, worker: "_Worker", reason: str, waiting: "deque[Sequence[str]]") -> bytes:
        """Ends a worker; its file in hand is skipped, the rest of its chunk goes to a new one."""
        worker.end()
        del self.workers[worker.pipe]
        lost, rest = worker.left[0], list(worker.left)[1:]
        if rest:
            waiting.appendleft(rest)
        self._hire().take(waiting)
        return ENCODER.encode(Record(shown(lost), None, skipped=(Skipped(shown(lost), reason),)))

    def _hire(self) -> "_Worker":
        here, there = self.context.Pipe()
        ours = (here, *self.workers)
        process = self.context.Process(target=_labour, args=(there, self.order, ours), daemon=True)  # type: ignore[attr-defined]
        with uninterrupted():
            process.start()
        there.close()
        worker = _Worker(here, process)
        self.workers[here] = worker
        return worker

    def dismiss(self) -> None:
        """Ends all workers at once, whatever they have in hand."""
        for worker in self.workers.values():
            worker.end()
        self.workers.clear()


class _Worker:
    def __init__(self, pipe: connection.Connection, process: BaseProcess) -> None:
        self.pipe = pipe
        self.process = process
        self.left: deque[str] = deque()
        self._since = time.monotonic()

    def take(self, waiting: "deque[Sequence[str]]") -> None:
        if waiting:
            chunk = waiting.popleft()
            self.left = deque(chunk)
            self._since = time.monotonic()
            self.pipe.send((WORK, list(chunk)))

    def done(self) -> None:
        self.left.popleft()
        self._since = time.monotonic()

    def idle_s(self) -> float:
        return time.monotonic() - self._since

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _found(worker: "_Worker") -> "Copies | None":
    from auditor.run.beside import read

    try:
        return read(worker.pipe.recv_bytes())
    except (EOFError, OSError):
        return None
    finally:
        worker.end()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Puts Ctrl-C off until a process is started: what Python does after a fork swallows it, or the child prints it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _labour(pipe: connection.Connection, order: Order, ours: Iterable[connection.Connection]) -> None:
    """A worker's life: chunks of paths in, a Record out for each, at the end perhaps a search, until the pipe closes.

    `ours` are the master's ends that came along: while a worker holds one, nobody would see the master die.
    """
    for end in ours:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    gc.disable()
    desk = Desk(order)
    try:
        while True:
            asked, things = pipe.recv()
            if asked == SEARCH:
                from auditor.run.beside import searched

                pipe.send_bytes(searched(things))
                continue
            *most, last = things
            for path in most:
                pipe.send_bytes(desk.record(path))
            body = desk.record(last)
            desk.cache.flush()  # before the last answer, after which the master may end this process
            pipe.send_bytes(body)
    except AuditorError as error:
        pipe.send_bytes(REFUSED + str(error).encode())
    except (EOFError, OSError):
        return
