"""One process measured from outside: how long it takes, and how much memory it and its children hold at most."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY_S = 0.02


class Run(msgspec.Struct, frozen=True):
    """A finished process: wall seconds, exit code, and all that it printed on both streams."""

    seconds: float
    code: int
    output: str


class Peak(msgspec.Struct, frozen=True):
    """The largest memory of a process with all its descendants, in megabytes of 10^6 bytes.

    `resident_mb` counts a page once for each process that shares it; `proportional_mb` counts it once in all.
    """

    resident_mb: float
    proportional_mb: float


def timed(argv: Sequence[str], env: dict[str, str], cwd: Path) -> Run:
    """Runs a command to its end with nothing on standard input."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(argv, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        code = process.wait()
        took = time.perf_counter() - began
        output.seek(0)
        return Run(took, code, output.read().decode("utf-8", "replace"))


def peak(argv: Sequence[str], env: dict[str, str], cwd: Path) -> Peak:
    """Runs a command and samples the memory of its process tree from /proc every 20 ms (Linux only)."""
    process = subprocess.Popen(
        argv, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ended = threading.Event()
    seen: list[Peak] = []

    def watch() -> None:
        while not ended.wait(EVERY_S):
            tree = family(process.pid)
            seen.append(Peak(sum(map(_resident, tree)) / 1e6, sum(map(_proportional, tree)) / 1e6))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    ended.set()
    watcher.join()
    return Peak(max((p.resident_mb for p in seen), default=0), max((p.proportional_mb for p in seen), default=0))


def family(pid: int) -> list[int]:
    """A process and all its living descendants."""
    found = [pid]
    for member in found:
        for task in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
