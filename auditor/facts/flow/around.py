"""Which scope, guard and loop a place of a file stands in."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Stretch(NamedTuple):
    """A stretch of bytes within which one of the three surroundings has another value."""

    start: int
    end: int
    kind: int
    number: int


SCOPE, GUARD, LOOP = 0, 1, 2


class Around:
    """Which scope, guard and loop a byte stands in, by one sweep over all stretches."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self.starts: list[int] = [0]
        self.values: list[tuple[int, int, int]] = [(-1, -1, -1)]
        open_: list[tuple[int, tuple[int, int, int]]] = []
        for stretch in sorted(stretches, key=lambda s: (s.start, -s.end, s.kind)):
            self._close(open_, stretch.start)
            before = self.values[-1]
            now = list(before)
            now[stretch.kind] = stretch.number
            if stretch.kind == SCOPE:
                now[GUARD] = now[LOOP] = -1
            open_.append((stretch.end, before))
            self._add(stretch.start, (now[0], now[1], now[2]))
        self._close(open_, 1 << 62)

    def _close(self, open_: list[tuple[int, tuple[int, int, int]]], until: int) -> None:
        while open_ and open_[-1][0] <= until:
            end, value = open_.pop()
            self._add(end, value)

    def _add(self, start: int, value: tuple[int, int, int]) -> None:
        if self.starts[-1] == start:
            self.values[-1] = value
        else:
            self.starts.append(start)
            self.values.append(value)

    def at(self, byte: int) -> tuple[int, int, int]:
        """(scope, guard, loop) at a byte."""
        return self.values[bisect_right(self.starts, byte) - 1]

    def outer(self, byte: int, kind: int, own: int) -> int:
        """The surrounding of a statement that begins at a byte, which opens a stretch of the same kind itself."""
        value = self.at(byte)[kind]
        return -1 if value == own else value
