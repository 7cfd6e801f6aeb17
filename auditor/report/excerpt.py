"""A few lines of code around each finding, read from a tree that is not trusted."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import msgspec

from auditor.facts.source import Unreadable, normalise
from auditor.model.finding import Finding
from auditor.report.visible import cut, visible

BEFORE = 2
AFTER = 3
MOST_LINES = 14
WIDTH = 160
MOST_BYTES = 4 << 20
"""How far into a file an excerpt is looked for."""


class Excerpt(msgspec.Struct, frozen=True):
    """Lines of a file from line `first` on, without the indentation they share. Control characters are shown as
    escapes, tabs as four spaces, and a line of more than 160 characters is cut."""

    first: int
    lines: tuple[str, ...]


def read(root: Path, findings: Iterable[Finding]) -> dict[tuple[str, int], Excerpt]:
    """The excerpts by path and line. A place that can not be read (a link out of the tree, a FIFO, a file that is gone,
    a line beyond the first 4 MiB) has none. Each file is opened once, and read no further than needed.
    """
    wanted: dict[str, dict[int, int]] = {}
    for finding in findings:
        place = finding.location
        if place.path and place.line > 0:
            ends = wanted.setdefault(place.path, {})
            ends[place.line] = max(ends.get(place.line, 0), place.end_line)
    excerpts = {}
    for path, ends in sorted(wanted.items()):
        lines = _lines(root, path, max(ends) + MOST_LINES)
        for line, end in ends.items():
            if line <= len(lines):
                excerpts[path, line] = _excerpt(lines, line, end)
    return excerpts


def _excerpt(lines: list[str], line: int, end: int) -> Excerpt:
    first = max(1, line - BEFORE)
    last = min(max(line, end) + AFTER, first + MOST_LINES - 1, len(lines))
    shown = [visible(cut(text.expandtabs(4).rstrip(), WIDTH * 2)) for text in lines[first - 1 : last]]
    indent = min((len(text) - len(text.lstrip(" ")) for text in shown if text.strip()), default=0)
    return Excerpt(first, tuple(cut(text[indent:], WIDTH) for text in shown))


def _lines(root: Path, path: str, last: int) -> list[str]:
    """The file's lines up to about `last`; none where it can not be read."""
    file = root / path
    try:
        if not file.parent.resolve().is_relative_to(root.resolve()):
            return []
        text = normalise(_head(file, last)).decode("utf-8", "replace")
        return text.removesuffix("\n").split("\n") if text else []
    except (OSError, ValueError, RuntimeError, Unreadable):
        return []


def _head(file: Path, last: int) -> bytes:
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return b""
        head = b""
        while len(head) < MOST_BYTES and head.count(b"\n") < last and (chunk := stream.read(1 << 18)):
            head += chunk
        more = bool(stream.read(1))
    return head[: head.rfind(b"\n") + 1] if more else head
