"""Where a key stands in a TOML file, for messages: the parser gives values without their lines."""

import re

_HEADER = re.compile(r"\s*\[\[\s*([\w.]+)\s*\]\]")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
_TRIPLE = re.compile(r'"""|\'\'\'')


class Lines:
    """The line of each key of each `[[table]]`, counted from 1; inside text of several lines nothing is looked for."""

    def __init__(self, text: str) -> None:
        self._places: dict[tuple[str, int, str], int] = {}
        kind, numbers, inside = "", {"": 0}, ""
        for number, line in enumerate(text.splitlines(), 1):
            if not inside and (header := _HEADER.match(line)):
                kind = header[1]
                numbers[kind] = numbers.get(kind, -1) + 1
                self._places.setdefault((kind, numbers[kind], ""), number)
            elif not inside and (key := _KEY.match(line)):
                self._places.setdefault((kind, numbers[kind], key[1]), number)
            for quote in _TRIPLE.findall(line):
                inside = "" if inside == quote else inside or quote

    def of(self, kind: str, number: int, key: str) -> int:
        """The line of the key, else of its table, else 1."""
        return self._places.get((kind, number, key)) or self._places.get((kind, number, ""), 1)
