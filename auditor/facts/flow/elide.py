"""An expression in short: its names, with what stands in brackets left out."""

import re
from functools import lru_cache

SIMPLE = re.compile(rb"[\w.]+\Z")
AWAIT = re.compile(rb"\bawait\s+")
EITHER = re.compile(rb"\s+or\s+(?=(?:\{\s*\}|\[\s*\]|\(\s*\)|''|\"\"|None|dict\(\)|list\(\))\s*\))")
"""Between a chain and the nothing that stands in for it, `(request.get_json() or {}).get`: the chain is what is meant."""
MADE = re.compile(rb"(?<![\w)\]}])\((?:await\s+)?[\w.]+\s+or\s+(?=(?:\w+\.)*[A-Z]\w*\()")
"""What was handed over before an object that is made in its place, `(client or Client()).call`: they are of one class."""
INNERMOST = re.compile(
    rb"(?<![\w\1\2\3\6)\]}])\((?P<group>[\w.\1\2\3\5\6]+)(?:\x07[\w\1\2\4'\"]*)?\)"
    rb"|\((?P<round>[^()\[\]{}]*)\)|\[(?P<square>[^()\[\]{}]*)\]|\{[^()\[\]{}]*\}"
)
"""Brackets that hold no brackets; those around a chain that nothing calls only group."""
CLASS_FIRST = re.compile(
    rb"(?P<first>(?:[\w.\5]*\b)?[A-Z][\w.\1\2\3\5\6]*|(?:self|cls)\._?(?:\w+_)?(?:model|entity|table)(?:_\w+)?_?|cls)(?:,|\Z)"
)
"""A first argument that names a class, or a chain that begins with one, or the class itself or an attribute that subclasses give
one.
"""
KEPT = re.compile(
    rb"(?<![\w.)\]\"'])(?:[A-Za-z_]\w*\.)*?(?:app|config_dict|(?P<task>ctx)|(?P<request>request))\[(?:(?P<quote>['\"])(?P<word>[A-Za-z_]\w*)(?P=quote)|(?:\w+\.)*(?P<name>[A-Z][A-Z0-9_]*))\]"
)
"""What an application, the context of tasks or a request keeps under a key: `request.app["client"]`, `ctx["client"]`.

A project's server, its worker and its requests each keep their own `client`.
"""
HANDED = re.compile(rb"(?<![\w.)\]\"'])context(?:_data)?\[(['\"])(?P<word>[A-Za-z_]\w*)\1\]")
"""What a class-based view hands to its template under a key, `context["orders"]`: an attribute of the view, in short."""
CONTEXT = b"context__"
KEEPER = b"app_state"
"""Stands for all that keep so: `app_state.client`, and `app_state.task_client` in the context of tasks."""
DIVIDED = re.compile(rb"(?P<root>[A-Za-z_][\w.\1\2\3\5\6]*)(?:/[^,/]+)+\Z")
AFTER = re.compile(rb"[\w)\]}\1\2\3\4\6\"']")
"""What brackets stand behind where they call or index."""
ROUND, SQUARE, SLICE, CURLY, OPEN, CLOSE, OR = b"\1", b"\2", b"\3", b"\4", b"\5", b"\6", b"\7"
SHOWN = {ROUND: b"()", SQUARE: b"[]", SLICE: b"[:]", CURLY: b"{}", OPEN: b"<", CLOSE: b">"}
GROUPED = re.compile(rb"(?:\(\s*|await\b\s*)*")
NAME = re.compile(rb"[A-Za-z_]")
TEXT_LIMIT = 160
LONGEST = 2000


def elided(text: bytes) -> str:
    """An expression's text without white space and without what stands in its brackets: `a(b).c[0]` is `a().c[]`.

    A class that is the first argument of a call stays, since it says what comes back: `select(Order, 1)` is
    `select<Order>()`. A slice is `[:]`, and `await` is left out.
    """
    if SIMPLE.match(text):
        return text.decode("utf-8", "replace")
    return _short(text[:LONGEST])


@lru_cache(maxsize=256)
def _short(text: bytes) -> str:
    """Cached, since all the calls of an endless chain begin alike."""
    text = text.translate(None, b"\1\2\3\4\5\6\7")
    if b" or " in text:
        text = MADE.sub(b"(", EITHER.sub(OR, text))
    if b"await" in text:
        text = AWAIT.sub(b"", text)
    text = b"".join(text.split())
    if b"[" in text:
        text = KEPT.sub(_kept, text)
        text = HANDED.sub(_handed, text) if b"context" in text else text
    times = 1
    while times:
        text, times = INNERMOST.subn(_stand_in, text)
    text = text.replace(OR, b"or")
    for stand_in, brackets in SHOWN.items():
        text = text.replace(stand_in, brackets)
    return text.decode("utf-8", "replace")[:TEXT_LIMIT]


def _kept(match: re.Match[bytes]) -> bytes:
    whose = b"task_" if match["task"] else b"request_" if match["request"] else b""
    return KEEPER + b"." + whose + (match["word"] or match["name"])


def begin(source: bytes, byte: int) -> int:
    """Where an expression's first name stands, past `(await` and brackets that only group: all calls of a chain share it."""
    if source.startswith((b"(", b"await"), byte):
        match = GROUPED.match(source, byte)
        named = match is not None and (b"await" in match[0] or NAME.match(source, match.end()) is not None)
        return match.end() if match is not None and named else byte
    return byte


def _handed(match: re.Match[bytes]) -> bytes:
    return b"self." + CONTEXT + match["word"]


def _joined(match: re.Match[bytes], inside: bytes) -> bytes:
    """`(FOLDER / name).read_text` is `FOLDER.joinpath().read_text`, where the brackets belong to no call."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    path = DIVIDED.match(inside) if after == b"." and not AFTER.match(before) else None
    return path["root"] + b".joinpath" + ROUND if path is not None else b""


def _stand_in(match: re.Match[bytes]) -> bytes:
    if (inside := match["group"]) is not None:
        return inside
    if (inside := match["round"]) is not None:
        if b"/" in inside and (path := _joined(match, inside)):
            return path
        kept = CLASS_FIRST.match(inside) if inside else None
        return OPEN + kept["first"] + CLOSE + ROUND if kept else ROUND
    if (inside := match["square"]) is not None:
        return SLICE if b":" in inside else SQUARE
    return CURLY
