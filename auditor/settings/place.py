"""On which line of a TOML text a key stands. Asked only once there is a mistake to tell; `tomllib` gives no lines."""

import tomllib
from collections import Counter
from collections.abc import Iterator

Path = tuple[str | int, ...]

BUDGET_CHARACTERS = 1 << 20
"""How much text may be parsed on the way: an array of thousands of lines is tried again at each closing bracket."""


class Places:
    """The lines of a text that is valid TOML: each statement is parsed by itself, so what `tomllib` reads is what counts."""

    def __init__(self, text: str) -> None:
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.spans: dict[Path, tuple[int, int]] = {(): (1, len(self.lines))}
        counts: Counter[Path] = Counter()
        table: Path = ()
        for first, last, content in _statements(self.lines):
            heading = self.lines[first - 1].lstrip()
            if heading.startswith("[["):
                keys = _inside(_keys(content), counts)
                table = (*keys, counts[keys])
                counts[keys] += 1
                self._write(table, first, last)
            elif heading.startswith("["):
                table = _inside(_keys(content), counts)
                self._write(table, first, last)
            else:
                self._content(table, content, first, last)

    def line(self, path: Path, word: str = "") -> int:
        """The line of the key, or of the nearest table above it that the text has; of `word` where its value spans lines."""
        while path not in self.spans:
            path = path[:-1]
        first, last = self.spans[path]
        if not word or not path:
            return first
        return next((n for n in range(first, last + 1) if word in self.lines[n - 1]), first)

    def _content(self, table: Path, content: object, first: int, last: int) -> None:
        waiting: list[tuple[Path, object]] = [(table, content)]
        while waiting:
            path, value = waiting.pop()
            if isinstance(value, dict):
                for key, inner in value.items():
                    self._write((*path, key), first, last)
                    waiting.append(((*path, key), inner))

    def _write(self, path: Path, first: int, last: int) -> None:
        """The first line that speaks of a key, or of something inside it, is where it stands."""
        for depth in range(1, len(path) + 1):
            self.spans.setdefault(path[:depth], (first, last))


def _statements(lines: list[str]) -> Iterator[tuple[int, int, dict[str, object]]]:
    """Each statement's first and last line, from 1, and what it says when it stands alone."""
    left = BUDGET_CHARACTERS
    first = 0
    while first < len(lines) and left > 0:
        chunk = ""
        for last in range(first, len(lines)):
            chunk += lines[last] + "\n"
            if last > first and not any(mark in lines[last] for mark in ("]", "}", '"""', "'''")):
                continue
            left -= len(chunk)
            try:
                content = tomllib.loads(chunk)
            except (ValueError, RecursionError):
                if left <= 0:
                    return
                continue
            if content:
                yield first + 1, last + 1, content
            first = last + 1
            break
        else:
            return


def _keys(content: object) -> tuple[str, ...]:
    """The keys of a heading that stands alone: one table in the other."""
    keys: tuple[str, ...] = ()
    while content:
        if isinstance(content, list):
            content = content[0]
        elif isinstance(content, dict):
            name, content = next(iter(content.items()))
            keys = (*keys, name)
        else:
            break
    return keys


def _inside(keys: tuple[str, ...], counts: Counter[Path]) -> Path:
    """The keys with the numbers of the array elements that they are inside of: the last ones so far."""
    path: Path = ()
    for depth, key in enumerate(keys, 1):
        path = (*path, key)
        if depth < len(keys) and counts[path]:
            path = (*path, counts[path] - 1)
    return path
