"""Halstead's volume as radon counts it: how much there is to read in a file's operators and operands."""

import math

from tree_sitter import Node

from auditor.facts.screen import Sheet
from auditor.measure.territory import NOBODY, Territory

PATTERNS = """
(binary_operator left: (_) @operand operator: _ @operator right: (_) @operand)
(comparison_operator (_) @operand)
(comparison_operator operators: _ @operator)
(augmented_assignment left: (_) @operand operator: _ @assigner right: (_) @operand)
(unary_operator operator: _ @sign argument: (_) @operand)
(not_operator argument: (_) @operand) @negation
(boolean_operator) @junction
"""
LONGEST = 200
"""Bytes of the longest operand whose text is looked at: longer ones are different from all others."""
LITERALS = {"integer", "float", "true", "false", "none", "ellipsis"}


def volume(sheet: Sheet, territory: Territory) -> float:
    """Length times the logarithm of the vocabulary; 0 for a file without operators.

    As in radon: an operand is the same only in functions of the same name, an attribute is its last name, and whatever
    is no name, attribute or constant is an operand of its own.
    """
    operators = [name for byte, name in _operators(sheet) if territory.owner(byte) != NOBODY]
    junctions, operands = _junctions(sheet)
    operators += [name for byte, name in junctions if territory.owner(byte) != NOBODY]
    contexts = _contexts(sheet)
    count, alone = 0, 0
    seen = set()
    for node in [*sheet.captures.get("operand", ()), *operands]:
        owner = territory.owner(node.start_byte)
        if owner != NOBODY:
            count += 1
            text = _text(sheet, node)
            if text is None:
                alone += 1
            else:
                seen.add((contexts[owner], text))
    vocabulary = len(set(operators)) + len(seen) + alone
    return (len(operators) + count) * math.log2(vocabulary) if vocabulary else 0.0


def _operators(sheet: Sheet) -> list[tuple[int, bytes]]:
    """Offsets and names of operators; `x -= y` and `x - y` have the same one, `-x` another."""
    captures, text = sheet.captures, sheet.text
    found = [(node.start_byte, text(node)) for node in captures.get("operator", ())]
    found += [(node.start_byte, text(node)[:-1]) for node in captures.get("assigner", ())]
    found += [(node.start_byte, b"unary " + text(node)) for node in captures.get("sign", ())]
    return found + [(node.start_byte, b"not") for node in captures.get("negation", ())]


def _junctions(sheet: Sheet) -> tuple[list[tuple[int, bytes]], list[Node]]:
    """The `and`s and `or`s, one for a whole chain, and what they join."""
    found: list[tuple[int, bytes]] = []
    joined: list[Node] = []
    for node in sheet.captures.get("junction", ()):
        left, operator, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
        if left is None or operator is None or right is None:
            continue
        joined.append(right)
        first = left.child_by_field_name("operator") if left.type == "boolean_operator" else None
        if first is None or first.type != operator.type:
            joined.append(left)
            found.append((node.start_byte, operator.type.encode()))
    return found, joined


def _contexts(sheet: Sheet) -> list[str]:
    """By the index of a definition: the name of the innermost function, as seen from its body. The last is the module's."""
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
