"""A file's bytes, and the same as UTF-8 with plain line ends. What can not be read is said as a sentence, never raised."""

import codecs
import os
import re
import stat
from pathlib import Path

CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


class Unreadable(Exception):
    """A file that can not be read as Python's text; the message is the reason for the report."""


def read(path: Path, max_bytes: int) -> bytes:
    """The bytes of a regular file of at most `max_bytes`.

    Raises Unreadable for anything else: a FIFO, a device, a file that grew, or one that the system refuses.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        raise Unreadable(f"can not be opened: {error.strerror}") from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("not a regular file")
        if status.st_size > max_bytes:
            raise Unreadable(f"larger than {max_bytes // 1024} KiB (setting discover.max_file_kib)")
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            return stream.read(max_bytes + 1)
    except OSError as error:
        raise Unreadable(f"can not be read: {error.strerror}") from error
    finally:
        os.close(descriptor)


def normalise(raw: bytes) -> bytes:
    """The file as UTF-8 without a byte-order mark and with `\\n` as the only line end, as Python itself reads it.

    Encodings as in PEP 263. Raises Unreadable for null bytes, an unknown encoding and bytes that do not decode.
    """
    if raw.startswith(codecs.BOM_UTF8):
        raw = raw[3:]
        name = _declared(raw) or "utf-8"
    else:
        name = _declared(raw) or "utf-8"
    text = _recode(raw, name)
    if b"\0" in text:
        raise Unreadable("holds null bytes, so it is not Python source")
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text


def _declared(raw: bytes) -> str:
    """The encoding that a comment in the first two lines names, or an empty string."""
    if b"coding" not in raw[:400]:
        return ""
    for line in raw.split(b"\n", 2)[:2]:
        match = CODING.match(line)
        if match:
            return match.group(1).decode("ascii", "replace").lower()
        if line.strip() and not line.lstrip().startswith(b"#"):
            break
    return ""


def _recode(raw: bytes, name: str) -> bytes:
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError) as error:
        raise Unreadable(f"names an unknown encoding: {name}") from error
    if not getattr(codec, "_is_text_encoding", True):
        raise Unreadable(f"names an encoding that is not one of text: {name}")
    try:
        text = raw.decode(name)
    except (UnicodeError, ValueError) as error:
        raise Unreadable(f"is not valid {codec.name}") from error
    return raw if codec.name in ("utf-8", "ascii") else text.encode("utf-8", "replace")
