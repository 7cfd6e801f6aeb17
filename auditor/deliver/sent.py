"""The book of what was sent, so that nothing is sent twice: a claim before, a mark after, one row a report and recipient."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from auditor.model.errors import AuditorError

SENT, CLAIMED, UNSURE = "sent", "claimed", "unsure"
WAIT_S = 20.0


class Key(msgspec.Struct, frozen=True):
    """What is sent to whom: `period` is the week or the sprint that the report speaks of (`2026-W48`)."""

    report: str
    project: str
    period: str
    channel: str
    recipient: str
    """An address; for a channel whose address is a secret, a digest of it."""

    @property
    def shown(self) -> str:
        """The recipient in words for a person; a digest says nothing to anybody."""
        return self.recipient if "@" in self.recipient else self.channel

    @property
    def name(self) -> str:
        """Thirty-two hex digits that are the same for the same key."""
        return hashlib.sha256("\0".join(msgspec.structs.astuple(self)).encode()).hexdigest()[:32]


def digest(secret: str) -> str:
    """Stands for a secret address where it is written down: twelve hex digits that do not lead back to it."""
    return hashlib.sha256(b"auditor\0" + secret.encode()).hexdigest()[:12]


class Sent:
    """The book in one SQLite file. Two runs at once share it: a claim is taken by one of them."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def standing(self, key: Key) -> str:
        """`sent`, `claimed` (another run is at it, or died over it), `unsure`, or empty where nothing is known."""
        with self._open() as book:
            # auditor: ignore[database/n-plus-one]: one recipient at a time, so that no run sends twice
            row = book.execute("SELECT state FROM sent WHERE key = ?", (key.name,)).fetchone()
        return str(row[0]) if row else ""

    def claim(self, key: Key, again: bool = False) -> bool:
        """Takes the right to send; False where it was sent, is being sent, or may have arrived. `again` takes it anyway."""
        words = "INSERT OR REPLACE" if again else "INSERT OR IGNORE"
        values = (key.name, key.report, key.project, key.period, key.channel, key.recipient, CLAIMED, _now())
        with self._open() as book:
            # auditor: ignore[database/n-plus-one]: one recipient at a time, so that no run sends twice
            return book.execute(f"{words} INTO sent VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values).rowcount > 0

    def mark(self, key: Key, state: str) -> None:
        """Writes down how it ended: `sent` or `unsure`."""
        with self._open() as book:
            # auditor: ignore[database/n-plus-one]: one recipient at a time, so that no run sends twice
            book.execute("UPDATE sent SET state = ?, at = ? WHERE key = ?", (state, _now(), key.name))

    def release(self, key: Key) -> None:
        """Gives the right back: nothing was sent."""
        with self._open() as book:
            # auditor: ignore[database/n-plus-one]: one recipient at a time, so that no run sends twice
            book.execute("DELETE FROM sent WHERE key = ? AND state = ?", (key.name, CLAIMED))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            book = sqlite3.connect(self._place, timeout=WAIT_S, isolation_level=None)
            try:
                # auditor: ignore[database/n-plus-one]: a claim is one short transaction of its own, by design
                book.execute(
                    "CREATE TABLE IF NOT EXISTS sent (key TEXT PRIMARY KEY, report TEXT, project TEXT, period TEXT,"
                    " channel TEXT, recipient TEXT, state TEXT, at TEXT)"
                )
                yield book
            finally:
                book.close()
        except (OSError, sqlite3.Error) as error:
            hint = "it keeps reports from being sent twice: make its folder writable, or name another with AUDITOR_STATE"
            raise AuditorError(f"{self._place}: can not be used: {error}", hint) from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
