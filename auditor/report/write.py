"""Report files, written whole or not at all."""

import os
import tempfile
from pathlib import Path

from auditor.model.errors import AuditorError


def write(path: Path, data: str | bytes) -> None:
    """Writes `data` (text as UTF-8) beside `path` and renames it there, so that no reader ever sees half of it.

    Missing folders are made. A link is followed, what it points to is replaced and the link stays; a device or a pipe
    such as `/dev/stdout` is written to as it is. Raises AuditorError where the system refuses.
    """
    body = data if isinstance(data, bytes) else data.encode("utf-8")
    try:
        path = path.resolve()
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(body)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, body)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise AuditorError(f"{path}: can not be written: {reason}", "name another file with --output") from error


def _replace(path: Path, body: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    descriptor, beside = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(body)
        os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def _umask() -> int:
    """The process's mask for new files. It can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
