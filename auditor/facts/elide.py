"""An expression in short: its names, with what stands in brackets left out."""

import re

SIMPLE = re.compile(rb"[\w.]+\Z")
INNERMOST = (
    (re.compile(rb"\([^()\[\]{}]*\)"), b"\1"),
    (re.compile(rb"\[[^()\[\]{}]*\]"), b"\2"),
    (re.compile(rb"\{[^()\[\]{}]*\}"), b"\3"),
)
"""Brackets that hold no brackets, and a byte that stands for each kind once it is emptied."""
TEXT_LIMIT = 120


def elided(text: bytes) -> str:
    """An expression's text without white space and without what stands in its brackets: `a(b).c[0]` is `a().c[]`."""
    if SIMPLE.match(text):
        return text.decode("utf-8", "replace")
    text = text[:2000]
    while True:
        for brackets, stand_in in INNERMOST:
            text, times = brackets.subn(stand_in, text)
            if times:
                break
        else:
            break
    plain = b"".join(text.split()).replace(b"\1", b"()").replace(b"\2", b"[]").replace(b"\3", b"{}")
    return plain.decode("utf-8", "replace")[:TEXT_LIMIT]
