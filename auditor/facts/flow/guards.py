"""What stands around a stretch of code and may stop an error: `try` with its handlers, `with` with its contexts."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from tree_sitter import Node

from auditor.facts.flow.around import GUARD, Stretch
from auditor.facts.flow.events import Guard, Handler
from auditor.facts.screen import Sheet

CONTEXT_LIMIT = 200
HEAD = re.compile(rb"^except\*?|\bas\b\s*\w+\s*|#[^\n]*|[():\s]")
BARE_RAISE = re.compile(rb"^\s*raise\s*(#.*)?$", re.MULTILINE)
NOTHING_THERE = re.compile(rb"(?P<none>\w+) is None|not (?P<false>\w+)")
TRIED_OUT = re.compile(rb"(?i)\b\w*(?:debug|testing|test_mode|propagate_exceptions|in_tests?)\b")
IS_KIND = re.compile(rb"isinstance\(\s*(?P<name>\w+)\s*,\s*(?P<types>[\w.]+|\([\w.,\s]+\))\s*\)")
RETURNS = re.compile(rb"^\s*return\b", re.MULTILINE)
LEAVES = re.compile(rb"^\s*(return|break|continue)\b", re.MULTILINE)


def guards(sheet: Sheet) -> tuple[list[tuple[int, Guard]], list[Stretch]]:
    """Every guard with the byte at which it begins, and the stretches that they stand around."""
    found: list[tuple[int, Guard]] = []
    stretches: list[Stretch] = []
    for node in sheet.captures.get("try_statement", ()):
        body = node.child_by_field_name("body")
        if body is not None:
            stretches.append(Stretch(body.start_byte, body.end_byte, GUARD, len(found)))
            found.append((node.start_byte, _try_guard(sheet, node)))
    for node in sheet.captures.get("with_statement", ()):
        body = node.child_by_field_name("body")
        clause = next((child for child in node.named_children if child.type == "with_clause"), None)
        if body is not None and clause is not None:
            contexts = tuple(_context(sheet, item) for item in clause.named_children)
            stretches.append(Stretch(body.start_byte, body.end_byte, GUARD, len(found)))
            found.append((node.start_byte, Guard("with", -1, _line(sheet, node), contexts=contexts)))
    return found, stretches


def _context(sheet: Sheet, item: Node) -> str:
    text = sheet.source[item.start_byte : min(item.end_byte, item.start_byte + CONTEXT_LIMIT)]
    return text.decode("utf-8", "replace").partition(" as ")[0]


def _try_guard(sheet: Sheet, node: Node) -> Guard:
    handlers = []
    final_exit = False
    for child in node.named_children:
        if child.type == "except_clause":
            handlers.append(_handler(sheet, child))
        elif child.type == "finally_clause":
            final_exit = LEAVES.search(sheet.text(child)) is not None
    return Guard("try", -1, _line(sheet, node), tuple(handlers), final_exit=final_exit)


def _handler(sheet: Sheet, node: Node) -> Handler:
    head = sheet.text(node)
    body = next((child for child in node.named_children if child.type == "block"), None)
    if body is not None:
        head = sheet.source[node.start_byte : body.start_byte]
    types = HEAD.sub(b" ", head.strip())
    names = tuple(part.strip().decode("utf-8", "replace") for part in types.split(b",") if part.strip())
    text = sheet.text(body) if body is not None else b""
    caught = re.search(rb"\bas\s+(\w+)", head)
    name = caught.group(1) if caught is not None else b""
    again = bool(name) and b"raise" in text and re.search(rb"\braise\s+" + name + rb"\b(?!\s*[.(])", text) is not None
    reraises = b"raise" in text and (again or BARE_RAISE.search(text) is not None)
    kinds: list[str] = []
    asked: tuple[str, ...] = ()
    if reraises and body is not None:
        places = [place for place in _again(sheet, body, name) if not _is_last_resort(sheet, place, body)]
        reraises = bool(places)
        found = [_kinds(sheet, place, body, name) for place in places]
        kinds = [kind for one in found for kind in one] if all(found) else []
        flags = [_flag(sheet, place, body) for place in places]
        asked = tuple(dict.fromkeys(flags)) if all(flags) else ()
    last = bisect_right(sheet.starts, node.end_byte - 1)
    return Handler(names, _line(sheet, node), reraises, tuple(kinds), last, asked)


def _flag(sheet: Sheet, node: Node, body: Node) -> str:
    """The name that a statement around asks whether it is true: `if strict: raise`; empty where it asks anything else."""
    around = node.parent.parent if node.parent is not None else None
    if around is None or around.type != "if_statement" or around.start_byte < body.start_byte:
        return ""
    asked = around.child_by_field_name("condition")
    then = around.child_by_field_name("consequence") == node.parent
    return sheet.text(asked).decode("utf-8", "replace") if then and asked is not None and asked.type == "identifier" else ""


def _kinds(sheet: Sheet, node: Node, body: Node, name: bytes) -> list[str]:
    """The types of which a statement around asks whether the caught error is one: `if isinstance(error, Late): raise`."""
    inner = node
    for place in sheet.around(node) if name else ():
        if inner == body:
            break
        if place.type == "if_statement" and inner == place.child_by_field_name("consequence"):
            asked = place.child_by_field_name("condition")
            match = IS_KIND.fullmatch(sheet.text(asked)) if asked is not None else None
            if match and match["name"] == name:
                return [
                    part.strip().decode("utf-8", "replace") for part in match["types"].strip(b"()").split(b",") if part.strip()
                ]
        inner = place
    return []


def _again(sheet: Sheet, node: Node, name: bytes) -> Iterator[Node]:
    """The statements below a node that raise again what is handled under a name."""
    waiting = [(node, True)]
    while waiting:
        node, bare = waiting.pop()
        if node.type == "raise_statement":
            if (bare and not node.named_child_count) or _names(sheet, node, name):
                yield node
        elif node.type != "function_definition":
            # A bare `raise` in a handler within the handler raises the other error again.
            inner = node.type == "except_clause"
            waiting += [(child, bare and not (inner and child.type == "block")) for child in node.named_children[::-1]]


def _names(sheet: Sheet, node: Node, name: bytes) -> bool:
    return bool(name and node.named_child_count) and sheet.text(node.named_children[0]) == name


def _is_last_resort(sheet: Sheet, node: Node, body: Node) -> bool:
    """Whether a handler raises again only where tests or a debugger look on, or once another way has failed as well."""
    inner = node
    for place in sheet.around(node):
        if inner == body:
            break
        if place.type == "if_statement" and inner == place.child_by_field_name("consequence"):
            asked = place.child_by_field_name("condition")
            if asked is not None and (TRIED_OUT.search(sheet.text(asked)) or _is_found_instead(sheet, place, sheet.text(asked))):
                return True
        if place.type == "block":
            for before in place.named_children:
                if before.start_byte >= inner.start_byte:
                    break
                tried = before.child_by_field_name("body") if before.type == "try_statement" else None
                if tried is not None and RETURNS.search(sheet.text(tried)):
                    return True
        inner = place
    return False


def _is_found_instead(sheet: Sheet, node: Node, asked: bytes) -> bool:
    """Whether an `if` asks for what has just been looked up instead: `row = find(key)`, then `if row is None: raise`."""
    before = node.prev_named_sibling
    match = NOTHING_THERE.fullmatch(asked)
    value = before.named_children[0] if before is not None and before.type == "expression_statement" else None
    if match is None or value is None or value.type != "assignment":
        return False
    name, given = value.child_by_field_name("left"), value.child_by_field_name("right")
    looked_up = given is not None and given.type in ("call", "await")
    return looked_up and name is not None and sheet.text(name) == (match["none"] or match["false"])


def _line(sheet: Sheet, node: Node) -> int:
    return bisect_right(sheet.starts, node.start_byte)
