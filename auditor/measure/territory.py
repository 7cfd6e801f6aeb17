"""Which function or class a byte of a file belongs to, asked many thousand times a file."""

from bisect import bisect_right

from tree_sitter import Node

from auditor.facts.screen import Sheet

MODULE = -1
NOBODY = -2
"""The owner of decorators, default values, annotations and bases: no block's own code."""


class Territory:
    """A file cut into stretches, each owned by the definition whose body it is, innermost first.

    Owners are indices into `FileFacts.definitions`, MODULE or NOBODY.
    """

    def __init__(self, sheet: Sheet) -> None:
        decorated = _decorated(sheet.captures.get("decorated", []))
        self._starts, self._owners = [0], [MODULE]
        around: list[tuple[int, int]] = []
        for index, node in enumerate(sorted(sheet.captures.get("definition", ()), key=_start)):
            start = node.start_byte
            first = decorated.get(start, start)
            while around and around[-1][0] <= first:
                self._leave(around)
            body = node.child_by_field_name("body")
            end = node.end_byte
            self._begin(first, NOBODY)
            self._begin(body.start_byte if body else end, index)
            around.append((end, index))
        while around:
            self._leave(around)

    def owner(self, byte: int) -> int:
        """Whose the byte at this offset is."""
        return self._owners[bisect_right(self._starts, byte) - 1]

    def _leave(self, around: list[tuple[int, int]]) -> None:
        end, _ = around.pop()
        self._begin(end, around[-1][1] if around else MODULE)

    def _begin(self, byte: int, owner: int) -> None:
        if byte <= self._starts[-1]:
            self._owners[-1] = owner
        else:
            self._starts.append(byte)
            self._owners.append(owner)


def _start(node: Node) -> int:
    return node.start_byte


def _decorated(nodes: list[Node]) -> dict[int, int]:
    """By the start of a decorated definition: where its first decorator begins."""
    found = {}
    for node in nodes:
        definition = node.child_by_field_name("definition")
        if definition is not None:
            found[definition.start_byte] = node.start_byte
    return found
