"""What git knows of the audited tree: its commit, and who wrote a line when."""

import os
import re
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from auditor.facts import source
from auditor.facts.marks import marks
from auditor.facts.values import FileFacts
from auditor.model.finding import Finding
from auditor.run.shadow import ASK_LIMIT_S, repository, run, shadow

LIMIT_S = 20.0
"""Seconds for all blames of an audit together; what is not known by then stays unknown."""
FILE_LIMIT_S = 8.0
MAX_BYTES = 2 << 20
MAX_RANGES = 400


class Blame(msgspec.Struct, frozen=True):
    """Who last wrote a line, and on which day (ISO). For a line not committed yet the day is today."""

    author: str
    when: str


def commit(root: Path) -> str:
    """The full name of the commit that is checked out, or an empty string where there is none or no git."""
    found = repository(root)
    return found.commit if found else ""


def is_dirty(root: Path) -> bool | None:
    """Whether a tracked file differs from the commit; None where git does not know. Submodules are not looked into."""
    found = repository(root)
    if found is None or not found.commit:
        return None
    with shadow(found, worktree=found.top) as environment:
        options = ("--quiet", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
        answer = run(("diff", *options, "HEAD", "--"), environment, ASK_LIMIT_S)
    return {0: False, 1: True}.get(answer[0])


def blame(root: Path, places: Mapping[str, Sequence[int]]) -> dict[tuple[str, int], Blame]:
    """Who wrote which lines, by (path, line), as the files stand in the tree now.

    `places` holds lines from 1 by path relative to `root`. What git can not tell (no repository, a file it does not
    know, no time left) is missing from the answer.
    """
    found = repository(root) if places else None
    if found is None or not found.commit:
        return {}
    from concurrent.futures import ThreadPoolExecutor

    answer: dict[tuple[str, int], Blame] = {}
    with shadow(found) as environment:
        blamer = _Blamer(root, found.prefix, environment)
        pool = ThreadPoolExecutor(max_workers=min(8, 2 * (os.cpu_count() or 1)))
        try:
            for path, lines in zip(places, pool.map(blamer.file, places, places.values()), strict=True):
                answer |= {(path, line): one for line, one in lines.items()}
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            blamer.stop()
    return answer


def aged(
    root: Path, findings: Iterable[Finding], files: Mapping[str, FileFacts], today: date
) -> tuple[tuple[Finding, ...], dict[tuple[str, int], int]]:
    """Findings about marks with their `age_days` and `author`, in the order given, and the age in days of every mark
    that git knows, by (path, line).
    """
    judged = ((path, file) for path, file in sorted(files.items()) if file.kind in ("source", "test"))
    known = blame(root, {path: lines for path, file in judged if (lines := [mark.line for mark in marks(file)])})
    ages = {place: max((today - date.fromisoformat(one.when)).days, 0) for place, one in known.items()}
    told = []
    for finding in findings:
        place = (finding.location.path, finding.location.line)
        if "mark" in finding.facts and place in known:
            facts = finding.facts | {"age_days": str(ages[place]), "author": known[place].author}
            finding = msgspec.structs.replace(finding, facts=facts)
        told.append(finding)
    return tuple(told), ages


class _Blamer:
    """Asks git about one file after another, from several threads, until time is up or somebody stops it."""

    def __init__(self, root: Path, prefix: str, environment: Mapping[str, str]) -> None:
        self.root = root
        self.prefix = prefix
        self.environment = environment
        self._deadline = time.monotonic() + LIMIT_S
        self._live: set[subprocess.Popen[bytes]] = set()

    def file(self, path: str, lines: Sequence[int]) -> dict[int, Blame]:
        """The wanted lines of one file. Its text is handed over, so that git reads no file of the tree."""
        limit_s = min(FILE_LIMIT_S, self._deadline - time.monotonic())
        try:
            raw = source.read(self.root / path, MAX_BYTES) if limit_s > 0 else b""
        except source.Unreadable:
            return {}
        if not raw:
            return {}
        text = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        wanted = sorted(set(lines))
        ranges = [f"-L{line},{line}" for line in wanted] if len(wanted) <= MAX_RANGES else []
        arguments = ("blame", "--porcelain", "-w", "--no-textconv", "--contents", "-", *ranges)
        code, out = run((*arguments, "--", self.prefix + path), self.environment, limit_s, text, self._live)
        known = dict(_read_porcelain(out)) if code == 0 else {}
        return {line: known[line] for line in wanted if line in known}

    def stop(self) -> None:
        """Ends whatever still runs."""
        self._deadline = 0.0
        for process in tuple(self._live):
            process.kill()


def _read_porcelain(out: bytes) -> Iterator[tuple[int, Blame]]:
    """Lines and their authors from `git blame --porcelain`, which tells a commit's author once."""
    authors: dict[bytes, list[bytes]] = {}
    name, line = b"", 0
    for text in out.split(b"\n"):
        if text.startswith(b"\t"):
            author, seconds = authors.get(name, [b"", b""])
            if when := _day(seconds):
                yield line, Blame(author.decode("utf-8", "replace"), when)
        elif text.startswith(b"author "):
            authors[name] = [text[7:], b""]
        elif text.startswith(b"author-time "):
            authors[name][1] = text[12:]
        elif match := re.match(rb"([0-9a-f]{40,64}) \d+ (\d+)", text):
            name, line = match[1], int(match[2])


def _day(seconds: bytes) -> str:
    """The ISO day of a time stamp, or an empty string for one that no calendar has."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
