"""Answers about expressions and names, remembered. One that is asked for while it is worked out adds nothing."""

from collections.abc import Callable

from auditor.paths.loads.loading import NOTHING, UNKNOWN, Loads

DEPTH = 20
"""How many names and calls an object is followed back through."""

Asked = tuple[str, int, str, int]
"""A file, a scope, the text that is asked about, and the byte where it begins."""


class Answers:
    """The answers, by what was asked."""

    def __init__(self) -> None:
        self._known: dict[Asked, Loads] = {}
        self._open: set[Asked] = set()
        self._awaited: set[Asked] = set()

    def once(self, asked: Asked, work_out: Callable[[], Loads], depth: int) -> Loads:
        """An answer, remembered unless it rests on one that is still being worked out."""
        known = self._known.get(asked)
        if known is not None:
            return known
        if depth >= DEPTH:
            return UNKNOWN
        if asked in self._open:
            self._awaited.add(asked)
            return NOTHING
        self._open.add(asked)
        found = work_out()
        self._open.discard(asked)
        self._awaited.discard(asked)
        if not self._awaited:
            self._known[asked] = found
        return found
