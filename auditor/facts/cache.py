"""What was worked out before, by the content it was worked out from: one SQLite file in the user's cache folder."""

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

FILE = "audits-2.sqlite"
KEEP_DAYS = 30
MOST_BYTES = 1 << 30
"""A file that has grown beyond it is begun anew: that is quicker than to look for what may go."""
WAIT_S = 5.0
"""How long another run that writes is waited for."""
SET_UP = (
    "PRAGMA synchronous=OFF",  # a power cut may tear entries, and each of them carries its own sum
    "PRAGMA journal_mode=TRUNCATE",
    "CREATE TABLE IF NOT EXISTS entry (name TEXT PRIMARY KEY, day INTEGER NOT NULL, body BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS entry_day ON entry (day)",  # without it, to look for old entries reads all of them
)
DAY_S = 86_400


def folder() -> Path:
    """The user's cache folder for this tool: `AUDITOR_CACHE`, `XDG_CACHE_HOME/auditor` or `~/.cache/auditor`."""
    named = os.environ.get("AUDITOR_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "auditor"


def key(*parts: bytes | str) -> str:
    """Forty hex digits made of all parts."""
    state = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
        state.update(len(data).to_bytes(8, "little") + data)
    return state.hexdigest()


class Cache:
    """Bytes by key. A missing, damaged or unreadable entry is a miss; a folder that can not be written keeps nothing.

    What is put waits in memory until `flush`, which writes all of it or, where the run is killed, none. A process that is
    forked needs a Cache of its own.
    """

    def __init__(self, place: Path | None, most_bytes: int = MOST_BYTES) -> None:
        self._place = place
        self._most_bytes = most_bytes
        self._base: sqlite3.Connection | None = None
        self._waiting: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        """The bytes put under `name`, or None."""
        if name in self._waiting:
            return self._waiting[name]
        if self._base is None and (self._place is None or not (self._place / FILE).is_file()):
            return None
        # auditor: ignore[database/n-plus-one]: a file's key is known once the file is read
        row = self._try(lambda base: base.execute("SELECT body FROM entry WHERE name = ?", (name,)).fetchone())
        if row is None or not isinstance(row[0], bytes):
            return None
        body = row[0][16:]
        return body if row[0][:16] == _sum(body) else None

    def put(self, name: str, body: bytes) -> None:
        """Keeps the bytes once they are flushed, if the folder lets us."""
        if self._place is not None:
            self._waiting[name] = body

    def flush(self) -> None:
        """Writes what was put."""
        today = int(time.time()) // DAY_S
        rows = [(name, today, _sum(body) + body) for name, body in self._waiting.items()]
        self._waiting.clear()

        def write(base: "sqlite3.Connection") -> None:
            base.execute("BEGIN IMMEDIATE")
            base.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", rows)
            base.execute("COMMIT")

        if rows:
            self._try(write)

    def prune(self) -> None:
        """Removes entries that nobody wrote for 30 days."""
        oldest = int(time.time()) // DAY_S - KEEP_DAYS
        self._try(lambda base: base.execute("DELETE FROM entry WHERE day < ?", (oldest,)))

    def close(self) -> None:
        """Lets go of the file, until the next call."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def _try(self, work: "Callable[[sqlite3.Connection], T]") -> "T | None":
        """The answer of the work on the open file. Trouble ends the use of the cache, and a damaged file is taken away, so
        that the next run begins a new one.
        """
        if self._place is None:
            return None
        file = self._place / FILE
        try:
            import sqlite3
        except ImportError:  # some builds of Python leave it out
            return None
        try:
            return work(self._base or self._open(file))
        except (OSError, sqlite3.Error) as error:  # auditor: ignore[errors]: no cache is a miss, no failure
            # auditor: ignore[errors/swallowed-exception]: what can not be closed is thrown away
            with suppress(sqlite3.Error):
                self.close()
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                with suppress(OSError):
                    file.unlink()
            self._place = None
            return None

    def _open(self, file: Path) -> "sqlite3.Connection":
        import sqlite3

        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file.is_file() and file.stat().st_size > self._most_bytes:
            file.unlink()
        self._base = sqlite3.connect(file, timeout=WAIT_S, isolation_level=None)
        for statement in SET_UP:
            self._base.execute(statement)  # auditor: ignore[database/n-plus-one]: a few statements, once a process
        return self._base


def _sum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()
