"""Halstead's volume as radon counts it: how much there is to read in a file's operators and operands."""

import math

from tree_sitter import Node

from auditor.facts.screen import Sheet
from auditor.measure.territory import NOBODY, Territory

PATTERNS = """
[(binary_operator) (comparison_operator) (augmented_assignment) (unary_operator) (not_operator)] @operation
(boolean_operator) @junction
"""
"""Single nodes only: a pattern that waits for a node's last child makes a sum of 100,000 terms take minutes."""
LONGEST = 200
"""Bytes of the longest operand whose text is looked at: longer ones are different from all others."""
LITERALS = {"integer", "float", "true", "false", "none", "ellipsis"}


def volume(sheet: Sheet, territory: Territory) -> float:
    """Length times the logarithm of the vocabulary; 0 for a file without operators.

    As in radon: an operand is the same only in functions of the same name, an attribute is its last name, and whatever
    is no name, attribute or constant is an operand of its own.
    """
    operators, operands = _operations(sheet)
    junctions, joined = _junctions(sheet)
    names = [name for byte, name in [*operators, *junctions] if territory.owner(byte) != NOBODY]
    contexts = _contexts(sheet)
    count, alone = 0, 0
    seen = set()
    for node in [*operands, *joined]:
        owner = territory.owner(node.start_byte)
        if owner != NOBODY:
            count += 1
            text = _text(sheet, node)
            if text is None:
                alone += 1
            else:
                seen.add((contexts[owner], text))
    vocabulary = len(set(names)) + len(seen) + alone
    return (len(names) + count) * math.log2(vocabulary) if vocabulary else 0.0


def _operations(sheet: Sheet) -> tuple[list[tuple[int, str]], list[Node]]:
    """Offsets and names of operators, and all operands. `x -= y` and `x - y` have the same operator, `-x` another."""
    names: list[tuple[int, str]] = []
    operands: list[Node] = []
    for node in sheet.captures.get("operation", ()):
        start, kind = node.start_byte, node.type
        for child in node.children:
            if child.is_named:
                operands.append(child)
            elif kind == "augmented_assignment":
                names.append((start, child.type[:-1]))
            else:
                names.append((start, "unary " + child.type if kind == "unary_operator" else child.type))
    return names, operands


def _junctions(sheet: Sheet) -> tuple[list[tuple[int, str]], list[Node]]:
    """The `and`s and `or`s, one for a whole chain, and what they join."""
    found: list[tuple[int, str]] = []
    joined: list[Node] = []
    for node in sheet.captures.get("junction", ()):
        left, operator, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
        if left is None or operator is None or right is None:
            continue
        joined.append(right)
        first = left.child_by_field_name("operator") if left.type == "boolean_operator" else None
        if first is None or first.type != operator.type:
            joined.append(left)
            found.append((node.start_byte, operator.type))
    return found, joined


def _contexts(sheet: Sheet) -> list[str]:
    """By the index of a definition: the innermost function's name, as seen from its body. The last is the module's."""
    names: list[str] = []
    for one in sheet.facts.definitions:
        outer = names[one.parent] if one.parent >= 0 else ""
        names.append(outer if one.kind == "class" else one.name)
    return [*names, ""]


def _text(sheet: Sheet, node: Node) -> bytes | None:
    """What makes two operands the same, or None for one that is like no other."""
    start, end = node.start_byte, node.end_byte
    if end - start > LONGEST:
        return None
    kind, text = node.type, sheet.source[start:end]
    if kind == "identifier":
        return text
    if kind == "attribute":
        return text.rpartition(b".")[2].strip()
    if kind == "string":
        quoted = text.lstrip(b"rRuUbB")
        return quoted.strip(quoted[:1]) if quoted[:1] in (b"'", b'"') else None
    return b"literal " + text if kind in LITERALS else None
