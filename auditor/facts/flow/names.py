"""What names are given: assignments, the results of calls, the targets of `with`, and what functions hand back."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from auditor.facts.flow.around import SCOPE, Around
from auditor.facts.flow.elide import begin, elided
from auditor.facts.flow.events import Assign, Return
from auditor.facts.screen import Sheet

SHORT = 120
TEXT_LIMIT = 600
SIDES = 20
"""More sides of a choice, or links of `a = b = c`, are not followed."""
RETURN_LIMIT = 240
TABLE_LIMIT = 1 << 16
"""Lists and dictionaries of a module are kept whole, and lists of tuples everywhere: they may be route tables or settings."""
TOLD = frozenset(("call", "identifier", "attribute", "subscript"))
PLAIN = frozenset(("none", "true", "false", "string", "integer", "float", "ellipsis"))
"""Values that hold nothing."""
EXITS = (b"__exit__", b"__aexit__")
TARGETS = frozenset(("identifier", "attribute", "pattern_list", "tuple_pattern", "subscript"))
PATTERNS = frozenset(("pattern_list", "tuple_pattern"))
TUPLES = frozenset(("expression_list", "tuple"))
STARS = frozenset(("list_splat", "list_splat_pattern"))
SETTING = re.compile(
    rb"\A[A-Z_]{3,}\[|\A[\w.]*(?:engine|pool|conn|cache)\w*\[|\[['\"][A-Z_]{3,}['\"]\]\Z"
    rb"|\A(?:ctx|context|kwargs)\[['\"]\w+['\"]\]\Z|\A(?:\w+\.)*app\[(?:['\"]\w+['\"]|(?:\w+\.)*[A-Z][A-Z0-9_]*)\]\Z"
    rb"|\A[\w.]*headers\[|\[['\"](?:\w+_)?timeout['\"]\]\Z|\[['\"](?i:(?:x[-_])?(?:request|correlation|trace)[-_]?id|traceparent)['\"]\]\Z"
    rb"|\A\w*handlers?\[[\w.]+\]\Z"
)
"""Of what is set by key only settings, stores, what goes to a template, headers, bounds of waits, ids of requests, handlers of
errors and what an application keeps are kept: `DATABASES["default"]`, `app.config["DATABASE_URI"]`, `pools[url]`,
`context["orders"]`, `options["timeout"]`, `handlers[SoldOut]`, `app["client"]`; and names that a loop sets one by one:
`by_key[order.id] = order`."""
AROUND = ("await", "parenthesized_expression")
TABLES = frozenset(("list", "tuple", "dictionary", "binary_operator"))


class Sides(NamedTuple):
    """An assignment: what is given a value, the value, and what kind of expression that is."""

    node: Node
    left: Node
    right: Node | None
    kind: str


def given_names(sheet: Sheet) -> list[Sides]:
    """What stands left and right in the assignments of a file, `orders := find()` among them, in the order of the source."""
    named = sides(sheet, "named_expression", ("name", "value"))
    return (
        sorted((*sides(sheet, "assignment"), *named), key=lambda one: one.node.start_byte)
        if named
        else sides(sheet, "assignment")
    )


def sides(sheet: Sheet, kind: str, fields: tuple[str, str] = ("left", "right")) -> list[Sides]:
    """The same for one kind of assignment."""
    nodes = sheet.captures.get(kind, ())
    found = ((node, node.child_by_field_name(fields[0]), node.child_by_field_name(fields[1])) for node in nodes)
    return [Sides(node, left, right, right.type if right is not None else "") for node, left, right in found if left is not None]


def bound(sheet: Sheet, given: list[Sides]) -> dict[tuple[int, int], str]:
    """By the span of a call: the name that its result, awaited or not, is assigned to."""
    found = {}
    for _, left, whole, kind in given:
        right = whole if kind == "call" else _awaited(whole) if kind in AROUND else None
        if right is not None and right.type == "call":
            found[right.start_byte, right.end_byte] = _cut(sheet, left, SHORT)
    return found


def assigns(sheet: Sheet, around: Around, given: list[Sides]) -> Iterator[Assign]:
    """All that a file assigns, by `with` first; `given` are its plain assignments."""
    for node in sheet.captures.get("as_pattern", ()):
        yield from _context(sheet, around, node)
    for one in (*given, *sides(sheet, "augmented_assignment")):
        yield from _assignment(sheet, around, one)


def _assignment(sheet: Sheet, around: Around, given: Sides) -> Iterator[Assign]:
    node, left, right, given_kind = given
    kind = left.type
    if kind in PATTERNS and right is not None and right.type in TUPLES:
        pairs = _pairs(left, right)
        if pairs:
            for name, value in pairs:
                yield from _assignment(sheet, around, Sides(node, name, value, value.type))
            return
    scope, _, loop = around.at(node.start_byte)
    gathers = given_kind == "identifier" and loop >= 0
    if kind not in TARGETS or (kind == "subscript" and not (gathers or SETTING.search(sheet.text(left)))):
        return
    note = node.child_by_field_name("type")
    line = bisect_right(sheet.starts, node.start_byte)
    target = _cut(sheet, left, SHORT)
    annotation = _cut(sheet, note, TEXT_LIMIT) if note is not None else ""
    values = list(_values(right)) if right is not None else []
    for value in values:
        told = (value.type == "subscript" and (scope < 0 or _is_slice(value))) or _is_filled(value)
        text = _cut(sheet, value, TEXT_LIMIT) if told else ""
        yield Assign(scope, line, target, elided(sheet.text(value)), annotation, begin(sheet.source, value.start_byte), text)
    if not values and (right is not None or annotation):
        whole = right is not None and right.type in TABLES and (scope < 0 or _holds_rows(right))
        limit = TABLE_LIMIT if whole else TEXT_LIMIT
        text = _cut(sheet, right, limit) if right is not None else ""
        yield Assign(scope, line, target, "", annotation, right.start_byte if right is not None else -1, text)


def _holds_rows(table: Node) -> bool:
    """Whether the first of what a list holds is a tuple: `handlers = [(r"/orders", Orders), ...]`."""
    held = table.named_children if table.type == "list" else ()
    return next((node.type == "tuple" for node in held if node.type != "comment"), False)


def _pairs(left: Node, right: Node) -> list[tuple[Node, Node]]:
    """`orders, lines = Orders(), Lines()`: what each name is given; nothing where a star takes some of the values."""
    names, values = left.named_children, right.named_children
    stars = any(one.type in STARS for one in (*names, *values))
    return [] if stars or len(names) != len(values) else list(zip(names, values, strict=True))


def _is_slice(node: Node) -> bool:
    """`orders[:5]`: how many there are is told by what stands in the brackets."""
    inside = node.child_by_field_name("subscript")
    return inside is not None and inside.type == "slice"


def _is_filled(node: Node) -> bool:
    """`Repository[Order](session)`: what stands in the brackets tells what a generic class is made for."""
    called = node.child_by_field_name("function") if node.type == "call" else None
    return called is not None and called.type == "subscript"


def _values(node: Node | None) -> Iterator[Node]:
    """The expressions that a value may be: both sides of `or` and of a conditional expression, awaited or not."""
    waiting = [node]
    for _ in range(SIDES):
        if not waiting:
            return
        node = _awaited(waiting.pop())
        if node is None:
            continue
        if node.type in TOLD:
            yield node
        elif node.type in ("boolean_operator", "conditional_expression"):
            sides = node.named_children
            waiting += reversed([*sides[:1], *sides[2:]] if node.type == "conditional_expression" else sides)
        elif node.type == "assignment":
            waiting.append(node.child_by_field_name("right"))


def _context(sheet: Sheet, around: Around, node: Node) -> Iterator[Assign]:
    """`with value as target`: what `__enter__` gives is taken for the value itself."""
    value = _awaited(node.named_child(0)) if node.named_child_count else None
    alias = node.child_by_field_name("alias")
    if value is not None and value.type == "call" and alias is not None and node.parent and node.parent.type == "with_item":
        line = bisect_right(sheet.starts, node.start_byte)
        text = elided(sheet.text(value))
        yield Assign(
            around.at(node.start_byte)[SCOPE], line, _cut(sheet, alias, SHORT), text, "", begin(sheet.source, value.start_byte)
        )


def returns(sheet: Sheet, around: Around) -> Iterator[Return]:
    """What the functions of a file hand back: one for each side of a choice; of what is no chain of names, the span alone."""
    for node in sheet.captures.get("return_statement", ()):
        whole = node.named_child(0) if node.named_child_count else None
        if whole is None or (whole.type in PLAIN and not _ends_errors(node, whole)):
            continue
        scope, line = around.at(node.start_byte)[SCOPE], bisect_right(sheet.starts, node.start_byte)
        told = list(_values(whole))
        for value in told:
            yield Return(scope, line, elided(sheet.text(value)), begin(sheet.source, value.start_byte), value.end_byte)
        if not told:
            yield Return(scope, line, "", whole.start_byte, whole.end_byte, _cut(sheet, whole, RETURN_LIMIT))


def _ends_errors(node: Node, whole: Node) -> bool:
    """Whether it is what a context manager ends every error with: `return True` in the body itself of its `__exit__`."""
    function = node.parent.parent if whole.type == "true" and node.parent is not None else None
    name = function.child_by_field_name("name") if function is not None and function.type == "function_definition" else None
    return name is not None and name.text in EXITS


def _awaited(node: Node | None) -> Node | None:
    while node is not None and node.type in AROUND:
        node = node.named_child(0) if node.named_child_count else None
    return node


def _cut(sheet: Sheet, node: Node, limit: int) -> str:
    return sheet.source[node.start_byte : min(node.end_byte, node.start_byte + limit)].decode("utf-8", "replace")
