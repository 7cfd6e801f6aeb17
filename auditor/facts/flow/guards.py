"""What stands around a stretch of code and may stop an error: `try` with its handlers, `with` with its contexts."""

import re
from bisect import bisect_right

from tree_sitter import Node

from auditor.facts.flow.around import GUARD, Stretch
from auditor.facts.flow.events import Guard, Handler
from auditor.facts.screen import Sheet

CONTEXT_LIMIT = 200
HEAD = re.compile(rb"^except\*?|\bas\b\s*\w+\s*|#[^\n]*|[():\s]")
BARE_RAISE = re.compile(rb"^\s*raise\s*(#.*)?$", re.MULTILINE)
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
    again = caught is not None and re.search(rb"\braise\s+" + caught.group(1) + rb"\b(?!\s*[.(])", text) is not None
    return Handler(names, _line(sheet, node), BARE_RAISE.search(text) is not None or again)


def _line(sheet: Sheet, node: Node) -> int:
    return bisect_right(sheet.starts, node.start_byte)
