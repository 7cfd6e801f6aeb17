"""Where a store is filled with what it does not hold yet: what is asked for there is asked once a key."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from auditor.facts.screen import Sheet

LEAVES = ("continue_statement", "return_statement")
NEAR = 4
"""So many levels up the question stands whether the store holds it."""
LACKS = rb"\bnot\s+in\s+(?:self\.)?"
HOLDS = rb"(?<!not)\s+in\s+(?:self\.)?"
MISSES = re.compile(rb"\Aexcept\s+(?:\w+\s+as\s+)?\(?(?:KeyError|LookupError)\b")


def filled(sheet: Sheet) -> tuple[tuple[int, int], ...]:
    """The stretches, first and last byte, in the order of the source: the body of `if key not in known:` that sets
    `known[key]`, of the `except KeyError` that does, and what comes where `if key in known:` is left or does not hold.
    """
    found: set[tuple[int, int]] = set()
    for node in sheet.captures.get("assignment", ()):
        left = node.child_by_field_name("left")
        if left is not None and left.type == "subscript":
            found.update(_around(sheet, node, left))
    return tuple(sorted(found))


def _around(sheet: Sheet, node: Node, left: Node) -> Iterator[tuple[int, int]]:
    store = left.child_by_field_name("value")
    place: Node | None = node.parent
    for _ in range(NEAR if store is not None else 0):
        if place is None or place.type == "function_definition":
            return
        asked = place.child_by_field_name("condition") if place.type == "if_statement" else None
        if store is not None and asked is not None and _asks(LACKS, sheet.text(asked), sheet.text(store)):
            body = place.child_by_field_name("consequence") or place
            yield body.start_byte, body.end_byte
            return
        above = place.parent if place.type == "else_clause" else _left(place)
        asked = above.child_by_field_name("condition") if above is not None else None
        if store is not None and asked is not None and _asks(HOLDS, sheet.text(asked), sheet.text(store)):
            yield (above if above is not None and place.type != "else_clause" else place).start_byte, place.end_byte
            return
        if place.type == "except_clause" and MISSES.match(sheet.text(place)):
            yield place.start_byte, place.end_byte
            return
        place = place.parent


def _left(statement: Node) -> Node | None:
    """The `if` before a statement of the same block whose body ends with `continue` or `return`."""
    before = statement.prev_named_sibling if statement.parent is not None and statement.parent.type == "block" else None
    while before is not None:
        body = before.child_by_field_name("consequence") if before.type == "if_statement" else None
        if body is not None and body.named_child_count and body.named_children[-1].type in LEAVES:
            return before
        before = before.prev_named_sibling
    return None


def _asks(pattern: bytes, condition: bytes, store: bytes) -> bool:
    return re.search(pattern + re.escape(store.removeprefix(b"self.")) + rb"\b", condition) is not None
