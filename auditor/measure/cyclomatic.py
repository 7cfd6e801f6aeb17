"""Cyclomatic complexity as radon counts it: one, and one more for every place where the way can part."""

from bisect import bisect_right

from tree_sitter import Node

from auditor.facts.screen import Sheet
from auditor.measure.territory import MODULE, Territory

PATTERNS = """
[(if_statement) (elif_clause) (conditional_expression) (for_statement) (while_statement) (boolean_operator)
 (for_in_clause) (case_clause)] @decision
(for_statement alternative: (else_clause) @decision)
(while_statement alternative: (else_clause) @decision)
(try_statement (else_clause) @decision)
(if_clause) @decision
(case_clause guard: (if_clause) @guard)
(except_clause) @handler
(assert_statement) @assertion
(match_statement) @match
"""
LITERALS = {"None", "True", "False"}


def cyclomatic(sheet: Sheet, territory: Territory) -> tuple[tuple[tuple[int, int], ...], int]:
    """The complexity of every function by its index, and that of the whole file.

    As in radon: conditions inside an assertion, `except*`, decorators and default values do not count, a nested
    function counts for itself alone, and a class inside a function counts for nothing in the file's sum.
    """
    counts: dict[int, int] = {}
    for byte, weight in _decisions(sheet):
        owner = territory.owner(byte)
        counts[owner] = counts.get(owner, 0) + weight
    definitions = sheet.facts.definitions
    functions = tuple((index, 1 + counts.get(index, 0)) for index, one in enumerate(definitions) if one.kind != "class")
    total = 1 + counts.get(MODULE, 0)
    for index, one in enumerate(definitions):
        parent = definitions[one.parent] if one.parent >= 0 else None
        if parent is None:
            total += counts.get(index, 0)
        elif parent.kind == "class" and parent.parent < 0 and one.kind != "class":
            total += 1 + counts.get(index, 0)
    return functions, total


def _decisions(sheet: Sheet) -> list[tuple[int, int]]:
    """Offsets of what parts the way, each with its weight."""
    captures = sheet.captures
    found = [(node.start_byte, 1) for node in captures.get("decision", ())]
    found += [(node.start_byte, 1) for node in captures.get("handler", ()) if not _is_group(sheet, node)]
    found += [(node.start_byte, -1) for node in captures.get("guard", ())]
    found += [(node.start_byte, -1) for node in captures.get("match", ()) if _has_default(sheet, node)]
    assertions = sorted((node.start_byte, node.end_byte) for node in captures.get("assertion", ()))
    if assertions:
        starts = [start for start, _ in assertions]
        ends = [end for _, end in assertions]
        found = [(byte, weight) for byte, weight in found if not _inside(byte, starts, ends)]
        found += [(start, 1) for start in starts]
    return found


def _inside(byte: int, starts: list[int], ends: list[int]) -> bool:
    place = bisect_right(starts, byte) - 1
    return place >= 0 and byte < ends[place]


def _is_group(sheet: Sheet, handler: Node) -> bool:
    """Whether a handler is an `except*`."""
    start = handler.start_byte
    return sheet.source[start + 6 : start + 40].lstrip().startswith(b"*")


def _has_default(sheet: Sheet, match: Node) -> bool:
    """Whether one case is a bare name or `_`, which takes everything and so decides nothing."""
    body = match.child_by_field_name("body")
    for case in body.named_children if body else ():
        patterns = [child for child in case.named_children if child.type == "case_pattern"]
        if len(patterns) == 1 and patterns[0].end_byte - patterns[0].start_byte < 200:
            text = sheet.text(patterns[0]).decode("utf-8", "replace")
            if text.isidentifier() and text not in LITERALS:
                return True
    return False
