"""Stretches of a function that run only where its caller gives, or leaves out, a parameter that may be left out or None, or
where the row whose method it is has been stored, or has not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from tree_sitter import Node

from auditor.facts.flow.around import SCOPE, Around
from auditor.facts.flow.events import Branch
from auditor.facts.screen import Sheet

TEST = re.compile(rb"(?P<no>not\s+)?(?P<name>[A-Za-z_]\w*(?:\.\w+)*)(?P<none>\s+is\s+(?P<some>not\s+)?None)?")
NOTHING = re.compile(rb"\bOptional\[|\|\s*None\b|\bNone\s*\|")
"""An annotation by which a parameter without a default may be None."""
STORED = frozenset((b"self.pk", b"self.id", b"self._state.adding"))
"""What a row's own method asks to see whether it is stored."""
INNER = re.compile(rb"\([^()]*\)")
AND = re.compile(rb"\s+and\s+")
OR = re.compile(rb"\s+or\s+")
ENDS = ("return_statement", "raise_statement", "continue_statement", "break_statement")


def branches(sheet: Sheet, definitions: list[Node], around: Around) -> Iterator[Branch]:
    """The branches of a file in the order of the source."""
    defaults: dict[int, frozenset[bytes]] = {}
    for node in sheet.captures.get("if_statement", ()):
        scope = around.at(node.start_byte)[SCOPE]
        if scope < 0:
            continue
        if scope not in defaults:
            defaults[scope] = STORED.union(_defaulted(sheet, definitions[scope]))
        yield from _of_if(sheet, node, scope, defaults[scope])


def _defaulted(sheet: Sheet, definition: Node) -> Iterator[bytes]:
    parameters = definition.child_by_field_name("parameters")
    for parameter in parameters.named_children if parameters is not None else ():
        if parameter.type in ("default_parameter", "typed_default_parameter"):
            name = parameter.child_by_field_name("name")
            if name is not None:
                yield sheet.text(name)
        elif parameter.type == "typed_parameter":
            name, kind = parameter.named_children[0], parameter.child_by_field_name("type")
            if kind is not None and name.type == "identifier" and NOTHING.search(sheet.text(kind)):
                yield sheet.text(name)


def _of_if(sheet: Sheet, node: Node, scope: int, names: frozenset[bytes]) -> Iterator[Branch]:
    condition, body = node.child_by_field_name("condition"), node.child_by_field_name("consequence")
    if condition is None or body is None:
        return
    asked, otherwise = _asks(sheet.text(condition), names)
    if asked:
        yield _branch(sheet, scope, asked, body.start_byte, body.end_byte)
    others = node.children_by_field_name("alternative")
    left = otherwise
    for other in others:
        condition = other.child_by_field_name("condition")
        asked, opposite = _asks(sheet.text(condition), names) if condition is not None else ((), ())
        if left or asked:
            yield _branch(sheet, scope, (*left, *asked), other.start_byte, other.end_byte)
        left = (*left, *opposite)
    last = body.named_children[-1] if body.named_child_count else None
    if (
        otherwise
        and not others
        and last is not None
        and last.type in ENDS
        and node.parent is not None
        and node.parent.type == "block"
    ):
        yield _branch(sheet, scope, otherwise, node.end_byte + 1, node.parent.end_byte)


def _branch(sheet: Sheet, scope: int, asks: tuple[str, ...], start: int, end: int) -> Branch:
    return Branch(scope, bisect_right(sheet.starts, start), bisect_right(sheet.starts, max(start, end - 1)), asks)


def _asks(condition: bytes, names: frozenset[bytes]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a condition asks of parameters, and what holds of them where it is not met."""
    if not any(name in condition for name in names):
        return (), ()
    plain = condition
    while INNER.search(plain):
        plain = INNER.sub(b"[]", plain)
    either, both = OR.split(plain), AND.split(plain)
    if len(either) == 1:
        found = [one for part in both if (one := _test(part, names))]
        return tuple(found), (_opposite(found[0]),) if found and len(both) == 1 else ()
    found = [one for part in either if (one := _test(part, names))]
    return (), tuple(_opposite(one) for one in found)


def _test(text: bytes, names: frozenset[bytes]) -> str:
    """`name`, `!name`, `name?` or `!name?`: given as true, as false, as something, as None. Empty for any other test."""
    match = TEST.fullmatch(text.strip())
    if match is None or match["name"] not in names or (match["no"] and match["none"]):
        return ""
    name = match["name"].decode()
    if match["none"]:
        return f"{name}?" if match["some"] else f"!{name}?"
    return f"!{name}" if match["no"] else name


def _opposite(test: str) -> str:
    return test[1:] if test.startswith("!") else f"!{test}"
