"""A temporary folder for work that takes long: what a run that was killed left of one, the next run takes away."""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "auditor-work-"
LOCK = "in-use"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of one's own, in which all other temporary folders lie meanwhile; gone afterwards.

    While the process lives it holds a lock in the folder, which the system lets go of however the process ends.
    """
    usual = tempfile.tempdir
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _abandoned(left):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX) as name, (Path(name) / LOCK).open("x") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("as long as a process holds the lock of this file\n")
        lock.flush()
        tempfile.tempdir = name
        try:
            yield Path(name)
        finally:
            tempfile.tempdir = usual


def _abandoned(folder: Path) -> bool:
    """Whether a folder is ours and no process holds its lock. Nothing is written in one that was not locked yet."""
    try:
        known = folder.lstat()
        if not stat.S_ISDIR(known.st_mode) or known.st_uid != os.geteuid():
            return False
        with (folder / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.fstat(lock.fileno()).st_size > 0
    except OSError:
        return False
