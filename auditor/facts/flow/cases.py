"""Stretches of a loop that run only in some of its turns: what stands below an `if`, an `elif` or an `else`."""

from bisect import bisect_right
from collections.abc import Iterator

from tree_sitter import Node

from auditor.facts.flow.around import LOOP, SCOPE, Around
from auditor.facts.flow.events import Case
from auditor.facts.screen import Sheet

LEAVES = ("return_statement", "break_statement", "raise_statement")
ASKED_LIMIT = 160


def cases(sheet: Sheet, around: Around) -> Iterator[Case]:
    """The cases of a file in the order of the source; those of nested statements follow those around them."""
    for node in sheet.captures.get("if_statement", ()):
        value = around.at(node.start_byte)
        if value[LOOP] >= 0:
            for clause in (node, *node.children_by_field_name("alternative")):
                body = clause.child_by_field_name("consequence") or clause.child_by_field_name("body")
                if body is not None and body.named_child_count:
                    yield _case(sheet, clause, body, value[SCOPE], value[LOOP])


def _case(sheet: Sheet, clause: Node, body: Node, scope: int, loop: int) -> Case:
    condition = clause.child_by_field_name("condition")
    asked = sheet.text(condition)[:ASKED_LIMIT].decode("utf-8", "replace") if condition is not None else ""
    first, last = (bisect_right(sheet.starts, byte) for byte in (body.start_byte, body.end_byte - 1))
    return Case(scope, loop, first, last, asked, body.named_children[-1].type in LEAVES)
