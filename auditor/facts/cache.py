"""What was worked out before, by the content it was worked out from: one small file an entry, in the user's cache folder."""

import contextlib
import hashlib
import os
import time
from pathlib import Path

FORMAT = "1"
KEEP_DAYS = 30


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

    Writes go beside and are renamed, so a killed run leaves whole entries or none.
    """

    def __init__(self, place: Path | None) -> None:
        self._place = os.path.join(place, "v" + FORMAT) if place is not None else None
        self._made: set[str] = set()

    def get(self, name: str) -> bytes | None:
        """The bytes put under `name`, or None."""
        if self._place is None:
            return None
        try:
            with open(os.path.join(self._place, name[:2], name), "rb") as stream:
                data = stream.read()
        except OSError:
            return None
        body = data[16:]
        return body if hashlib.blake2b(body, digest_size=16).digest() == data[:16] else None

    def put(self, name: str, body: bytes) -> None:
        """Keeps the bytes, if the folder lets us."""
        if self._place is None:
            return
        shelf = os.path.join(self._place, name[:2])
        try:
            if shelf not in self._made:
                os.makedirs(shelf, mode=0o700, exist_ok=True)
                self._made.add(shelf)
            beside = os.path.join(shelf, f"{name}.{os.getpid()}")
            with open(beside, "wb") as stream:
                stream.write(hashlib.blake2b(body, digest_size=16).digest() + body)
            os.replace(beside, os.path.join(shelf, name))
        except OSError:
            self._place = None

    def prune(self, now: float | None = None) -> int:
        """Removes entries that nobody wrote for 30 days; the number removed."""
        limit = (now or time.time()) - KEEP_DAYS * 86_400
        removed = 0
        for entry in Path(self._place or os.devnull).glob("*/*"):
            with contextlib.suppress(OSError):
                if entry.stat().st_mtime < limit:
                    entry.unlink()
                    removed += 1
        return removed
