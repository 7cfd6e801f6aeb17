"""What a running application is seen to do: lines, queries, calls to the outside, log records, raised errors."""

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import greenlet

from tests.projects.labels import Place

Lines = frozenset[tuple[str, int]]


class Seen:
    """One scenario's traces; every event carries the project's lines that stood on the stack."""

    def __init__(self, root: Path) -> None:
        self.root = str(root) + "/"
        self.lines: set[tuple[str, int]] = set()
        self.queries: list[tuple[str, Lines]] = []
        self.connections: list[tuple[str, Lines]] = []
        self.outbound: list[Outbound] = []
        self.published: list[tuple[str, Lines]] = []
        self.records: list[logging.LogRecord] = []
        self.errors: list[tuple[str, int, BaseException]] = []
        self.raised: BaseException | None = None
        self.status = 0
        self.answer: Any = None
        self.text = ""
        self.headers: dict[str, str] = {}

    def ran(self, place: Place) -> bool:
        """Whether the statement of a place was executed."""
        return any((place.path, line) in self.lines for line in range(place.first, place.last + 1))

    def stack(self) -> Lines:
        """The project's lines that are being executed now, through greenlets too."""
        found: set[tuple[str, int]] = set()
        frame: FrameType | None = sys._getframe(1)
        task = greenlet.getcurrent()
        while frame is not None or task is not None:
            while frame is not None:
                self._note(frame, found)
                frame = frame.f_back
            task = task.parent if task is not None else None
            frame = task.gr_frame if task is not None else None
        return frozenset(found)

    def _note(self, frame: FrameType, found: set[tuple[str, int]]) -> None:
        name = frame.f_code.co_filename
        if name.startswith(self.root):
            found.add((name[len(self.root) :], frame.f_lineno))

    def trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        """For `sys.settrace`: notes lines and errors of the project's frames alone."""
        name = frame.f_code.co_filename
        if not name.startswith(self.root):
            return None
        self.lines.add((name[len(self.root) :], frame.f_lineno))
        if event == "exception":
            self.errors.append((name[len(self.root) :], frame.f_lineno, argument[1]))
        return self.trace


class Outbound:
    """A call that would have left the machine."""

    def __init__(self, host: str, timeout: object, headers: dict[str, str], lines: Lines) -> None:
        self.host, self.timeout, self.headers, self.lines = host, timeout, headers, lines


def on(place: Place, lines: Lines) -> bool:
    """Whether a place's statement was on the stack."""
    return any((place.path, line) in lines for line in range(place.first, place.last + 1))


class _Records(logging.Handler):
    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.records.append(record)


@contextmanager
def watching(seen: Seen) -> Iterator[None]:
    """Traces this thread and those that it starts, and collects the log."""
    handler = _Records(seen)
    logging.getLogger().addHandler(handler)
    before = sys.gettrace()
    threading.settrace(seen.trace)
    sys.settrace(seen.trace)
    try:
        yield
    finally:
        sys.settrace(before)
        threading.settrace(before)
        logging.getLogger().removeHandler(handler)
