"""Whether a text is Python for a parser that knows newer Python than the one that runs; asked in a process of its own."""

import os
from contextlib import suppress

_SECONDS = 10
_MEMORY_BYTES = 1 << 30
"""A thousand nested conditionals take libcst three times that."""
_SMALL = 200
"""Brackets and branches of a text that is parsed where no process of its own can be had."""


def parses(text: bytes) -> bool:
    """Whether libcst reads the text. It is native code and goes as deep as the text nests: a hostile text would end the
    process that asks, so another one asks, and no answer is a no.
    """
    if not hasattr(os, "fork"):
        return sum(map(text.count, (b"(", b"[", b"{", b"elif"))) < _SMALL and _read(text)
    child = os.fork()
    if child == 0:
        answer = 1
        try:
            _bound()
            answer = 0 if _read(text) else 1
        finally:
            os._exit(answer)
    return os.waitpid(child, 0)[1] == 0


def _read(text: bytes) -> bool:
    import libcst as cst

    try:
        cst.parse_module(text)
    except (cst.ParserSyntaxError, RecursionError, UnicodeError):
        return False
    return True


def _bound() -> None:
    """Nothing is said and no core file left when it ends badly, and no text takes more than a person would give."""
    import faulthandler
    import resource

    faulthandler.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
