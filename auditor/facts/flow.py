"""What happens in a file, scope by scope: calls with the guards and loops around them, raises, assignments, returns.

The search over the whole project works on these values alone and never opens a syntax tree.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from auditor.facts.around import GUARD, LOOP, SCOPE, Around, Stretch
from auditor.facts.elide import SIMPLE, TEXT_LIMIT, elided
from auditor.facts.events import Arg, Assign, Call, Flow, Guard, Handler, Header, Loop, Raise, Return
from auditor.facts.screen import Sheet

PATTERNS = """
(call) @call
(assignment) @assignment
(return_statement) @return
(with_item (as_pattern) @as_pattern)
(raise_statement) @raise
(try_statement) @try
(with_statement) @with
(for_statement) @loop
(while_statement) @loop
[(list_comprehension) (set_comprehension) (dictionary_comprehension) (generator_expression)] @comprehension
"""
"""What the screen has to capture for it."""


def flow(sheet: Sheet, interesting: frozenset[str]) -> Flow:
    """The flow of a screened file. Arguments are kept only for calls whose last name is `interesting`."""
    guards, guard_stretches = _guards(sheet)
    loops, loop_stretches = _loops(sheet)
    around = Around([*_scopes(sheet), *guard_stretches, *loop_stretches])
    return Flow(
        calls=tuple(_calls(sheet, around, interesting)),
        guards=tuple(msgspec.structs.replace(g, parent=around.outer(start, GUARD, i)) for i, (start, g) in enumerate(guards)),
        loops=tuple(
            msgspec.structs.replace(loop, scope=around.at(start)[SCOPE], parent=around.outer(start, LOOP, i))
            for i, (start, loop) in enumerate(loops)
        ),
        raises=tuple(_raises(sheet, around)),
        assigns=tuple(_assigns(sheet, around)),
        returns=tuple(_returns(sheet, around)),
        signatures=tuple(_signatures(sheet)),
    )


def _scopes(sheet: Sheet) -> Iterator[Stretch]:
    nodes = sorted(sheet.captures.get("definition", ()), key=lambda node: node.start_byte)
    for index, node in enumerate(nodes):
        yield Stretch(node.start_byte, node.end_byte, SCOPE, index)


def _guards(sheet: Sheet) -> tuple[list[tuple[int, Guard]], list[Stretch]]:
    found: list[tuple[int, Guard]] = []
    stretches: list[Stretch] = []
    for node in sheet.captures.get("try", ()):
        body = node.child_by_field_name("body")
        if body is not None:
            stretches.append(Stretch(body.start_byte, body.end_byte, GUARD, len(found)))
            found.append((node.start_byte, _try_guard(sheet, node)))
    for node in sheet.captures.get("with", ()):
        body = node.child_by_field_name("body")
        clause = next((child for child in node.named_children if child.type == "with_clause"), None)
        if body is not None and clause is not None:
            contexts = tuple(_cut(sheet, item).partition(" as ")[0] for item in clause.named_children)
            stretches.append(Stretch(body.start_byte, body.end_byte, GUARD, len(found)))
            found.append((node.start_byte, Guard("with", -1, _line(sheet, node), contexts=contexts)))
    return found, stretches


def _try_guard(sheet: Sheet, node: Node) -> Guard:
    handlers = []
    final_exit = False
    for child in node.named_children:
        if child.type == "except_clause":
            handlers.append(_handler(sheet, child))
        elif child.type == "finally_clause":
            final_exit = re.search(rb"^\s*(return|break|continue)\b", sheet.text(child), re.MULTILINE) is not None
    return Guard("try", -1, _line(sheet, node), tuple(handlers), final_exit=final_exit)


def _handler(sheet: Sheet, node: Node) -> Handler:
    head = sheet.text(node)
    body = next((child for child in node.named_children if child.type == "block"), None)
    if body is not None:
        head = sheet.source[node.start_byte : body.start_byte]
    types = re.sub(rb"^except\*?|\bas\b\s*\w+\s*|#[^\n]*|[():\s]", b" ", head.strip())
    names = tuple(part.strip().decode("utf-8", "replace") for part in types.split(b",") if part.strip())
    bare = body is not None and re.search(rb"^\s*raise\s*(#.*)?$", sheet.text(body), re.MULTILINE) is not None
    caught = re.search(rb"\bas\s+(\w+)", head)
    again = bool(caught and body and re.search(rb"\braise\s+" + caught.group(1) + rb"\b", sheet.text(body)))
    return Handler(names, _line(sheet, node), bare or again)


def _loops(sheet: Sheet) -> tuple[list[tuple[int, Loop]], list[Stretch]]:
    found: list[tuple[int, Loop]] = []
    stretches: list[Stretch] = []
    for node in sheet.captures.get("loop", ()):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        body = node.child_by_field_name("body") if left is not None else node
        if body is not None:
            stretches.append(Stretch(body.start_byte, body.end_byte, LOOP, len(found)))
            texts = (_cut(sheet, left), _cut(sheet, right)) if left is not None and right is not None else ("", "")
            found.append((node.start_byte, Loop(-1, -1, _line(sheet, node), *texts)))
    for node in sheet.captures.get("comprehension", ()):
        clause = next((child for child in node.named_children if child.type == "for_in_clause"), None)
        left = clause.child_by_field_name("left") if clause is not None else None
        right = clause.child_by_field_name("right") if clause is not None else None
        if left is not None and right is not None:
            stretches.append(Stretch(node.start_byte, right.start_byte, LOOP, len(found)))
            stretches.append(Stretch(right.end_byte, node.end_byte, LOOP, len(found)))
            found.append((node.start_byte, Loop(-1, -1, _line(sheet, node), _cut(sheet, left), _cut(sheet, right))))
    return found, stretches


def _calls(sheet: Sheet, around: Around, interesting: frozenset[str]) -> Iterator[Call]:
    source, starts = sheet.source, sheet.starts
    bound = _bound(sheet)
    for node in sheet.captures.get("call", ()):
        callee = node.child_by_field_name("function")
        if callee is None:
            continue
        start = node.start_byte
        text = source[callee.start_byte : callee.end_byte]
        target = text.decode() if SIMPLE.match(text) else elided(text)
        scope, guard, loop = around.at(start)
        name = target.rpartition(".")[2]
        args = tuple(_args(sheet, node)) if name in interesting else ()
        # The line of the name that is called, not of where a chain over several lines begins.
        end = callee.end_byte
        row = bisect_right(starts, end - 1)
        yield Call(
            scope,
            row,
            start - starts[row - 1] + 1 if starts[row - 1] <= start else 1,
            target,
            guard,
            loop,
            bound.get((start, node.end_byte), ""),
            args,
        )


def _args(sheet: Sheet, node: Node) -> Iterator[Arg]:
    arguments = node.child_by_field_name("arguments")
    for child in arguments.named_children if arguments is not None else ():
        if child.type == "keyword_argument":
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if name is not None and value is not None:
                yield Arg(_cut(sheet, name), _cut(sheet, value))
        elif child.type == "list_splat":
            yield Arg("*", _cut(sheet, child)[1:])
        elif child.type == "dictionary_splat":
            yield Arg("**", _cut(sheet, child)[2:])
        elif child.type != "comment":
            yield Arg("", _cut(sheet, child))


def _bound(sheet: Sheet) -> dict[tuple[int, int], str]:
    """By the span of a call: the name that its result, awaited or not, is assigned to."""
    found = {}
    for node in sheet.captures.get("assignment", ()):
        right = node.child_by_field_name("right")
        if right is not None and right.type == "await":
            right = _first(right)
        if right is not None and right.type == "call":
            left = node.child_by_field_name("left")
            if left is not None:
                found[right.start_byte, right.end_byte] = _cut(sheet, left)
    return found


def _raises(sheet: Sheet, around: Around) -> Iterator[Raise]:
    for node in sheet.captures.get("raise", ()):
        raised = _first(node)
        if raised is not None and raised.type in ("call", "identifier", "attribute"):
            callee = raised.child_by_field_name("function") if raised.type == "call" else raised
            scope, guard, _ = around.at(node.start_byte)
            line, column = sheet.place(node.start_byte)
            yield Raise(scope, line, column, elided(sheet.text(callee or raised)), guard)


def _assigns(sheet: Sheet, around: Around) -> Iterator[Assign]:
    for node in sheet.captures.get("as_pattern", ()):
        yield from _context(sheet, around, node)
    for node in sheet.captures.get("assignment", ()):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        note = node.child_by_field_name("type")
        if right is not None and right.type == "await":
            right = _first(right)
        told = right is not None and right.type in ("call", "identifier", "attribute")
        if left is not None and (told or note is not None) and left.type in ("identifier", "attribute"):
            value = elided(sheet.text(right)) if right is not None and told else ""
            annotation = _cut(sheet, note) if note is not None else ""
            yield Assign(around.at(node.start_byte)[SCOPE], _cut(sheet, left), value, annotation)


def _context(sheet: Sheet, around: Around, node: Node) -> Iterator[Assign]:
    """`with value as target`: what `__enter__` gives is taken for the value itself."""
    value, alias = _first(node), node.child_by_field_name("alias")
    if value is not None and value.type == "call" and alias is not None and node.parent and node.parent.type == "with_item":
        yield Assign(around.at(node.start_byte)[SCOPE], _cut(sheet, alias), elided(sheet.text(value)), "")


def _returns(sheet: Sheet, around: Around) -> Iterator[Return]:
    for node in sheet.captures.get("return", ()):
        value = _first(node)
        if value is not None and value.type == "await":
            value = _first(value)
        if value is not None and value.type in ("call", "identifier", "attribute"):
            yield Return(around.at(node.start_byte)[SCOPE], elided(sheet.text(value)))


def _signatures(sheet: Sheet) -> Iterator[Header]:
    nodes = sorted(sheet.captures.get("definition", ()), key=lambda node: node.start_byte)
    for index, node in enumerate(nodes):
        parameters = node.child_by_field_name("parameters")
        if parameters is not None:
            returns = node.child_by_field_name("return_type")
            end = (returns or parameters).end_byte
            yield Header(
                index,
                sheet.source[parameters.start_byte : min(end, parameters.start_byte + 3000)].decode("utf-8", "replace"),
            )


def _cut(sheet: Sheet, node: Node) -> str:
    return sheet.source[node.start_byte : min(node.end_byte, node.start_byte + TEXT_LIMIT)].decode("utf-8", "replace")


def _first(node: Node) -> Node | None:
    return node.named_child(0) if node.named_child_count else None


def _line(sheet: Sheet, node: Node) -> int:
    return bisect_right(sheet.starts, node.start_byte)
