"""Stretches of a function that run only where one thing is in another, or for one method of a request: below such an `if`, or
after one that leaves.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from tree_sitter import Node

from auditor.facts.flow.around import SCOPE, Around
from auditor.facts.flow.events import Membership
from auditor.facts.screen import Sheet

ENDS = ("return_statement", "raise_statement", "continue_statement", "break_statement")
ENDING = (b"abort(", b"flask.abort(", b"sys.exit(")
"""Calls that leave a function as well."""
ASKS = re.compile(rb"\sin\s|\.method\b|\.(?:validate_on_submit|is_submitted\w*)\(")
ASKED_LIMIT = 160
MOST = 200
"""A function that asks more often than this was not written by a person: what it asks further down is not kept."""


def memberships(sheet: Sheet, around: Around) -> Iterator[Membership]:
    """The memberships of a file in the order of the source."""
    kept: Counter[int] = Counter()
    for node in sheet.captures.get("if_statement", ()):
        condition, body = node.child_by_field_name("condition"), node.child_by_field_name("consequence")
        if condition is None or body is None or not body.named_child_count or not ASKS.search(asked := sheet.text(condition)):
            continue
        scope = around.at(node.start_byte)[SCOPE]
        kept[scope] += 1
        if kept[scope] > MOST:
            continue
        text = asked[:ASKED_LIMIT].decode("utf-8", "replace")
        yield _between(sheet, scope, body.start_byte, body.end_byte, text, True)
        block = node.parent
        alone = not node.children_by_field_name("alternative")
        if alone and block is not None and block.type == "block" and _leaves(sheet, body.named_children[-1]):
            yield _between(sheet, scope, node.end_byte + 1, block.end_byte, text, False)


def _leaves(sheet: Sheet, last: Node) -> bool:
    return last.type in ENDS or (last.type == "expression_statement" and sheet.text(last).startswith(ENDING))


def _between(sheet: Sheet, scope: int, start: int, end: int, text: str, met: bool) -> Membership:
    first, last = bisect_right(sheet.starts, start), bisect_right(sheet.starts, max(start, end - 1))
    return Membership(scope, first, last, text, met)
