"""A screened file to its Flow: what the screen captured, put in the scopes, guards and loops it stands in."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

import msgspec
from tree_sitter import Node

from auditor.facts.flow.answers import answering
from auditor.facts.flow.around import GUARD, LOOP, SCOPE, Around, Stretch
from auditor.facts.flow.branches import branches
from auditor.facts.flow.cases import cases
from auditor.facts.flow.elide import SIMPLE, begin, elided
from auditor.facts.flow.events import Call, Flow, Header, Raise, Yield
from auditor.facts.flow.guards import guards
from auditor.facts.flow.loops import ASKS_EACH, EACH, POOLED, leaves, loops, mapped_name
from auditor.facts.flow.memberships import memberships
from auditor.facts.flow.names import TOLD, assigns, bound, given_names, returns
from auditor.facts.flow.parts import parts
from auditor.facts.flow.reads import reads
from auditor.facts.flow.stores import filled
from auditor.facts.screen import Sheet

PATTERNS = """
(call) @call
(assignment) @assignment
(named_expression) @named_expression
(augmented_assignment) @augmented_assignment
(return_statement) @return_statement
(break_statement) @break_statement
(yield) @yield
(with_item (as_pattern) @as_pattern)
(raise_statement) @raise_statement
(if_statement) @if_statement
(try_statement) @try_statement
(with_statement) @with_statement
(for_statement) @for_statement
(while_statement) @while_statement
[(list_comprehension) (set_comprehension) (dictionary_comprehension) (generator_expression)] @comprehension
"""
"""What the screen has to capture for it."""
CAUGHT_AS = re.compile(rb"\bas\s+([\w\x80-\xff]+)")
JOIN = ".joinpath"
JOINS = f"{JOIN}()."
ARGS_LIMIT = 600
SET_UP_LIMIT = 3000
"""For what makes an object, as an application that is told of all its handlers, and for all that a query loads."""
NOTES = re.compile(rb"(?m)^[ \t]*#.*\n")
"""Lines of comment."""
HEADER_LIMIT = 3000
CONDITION_LIMIT = 200
ASKING = {"if_statement": "condition", "elif_clause": "condition", "while_statement": "condition", "match_statement": "subject"}
COMPARING = ("if_statement", "elif_clause")
COMPARES = re.compile(r"[=!]=|\bin\b")


def flow(sheet: Sheet) -> Flow:
    """The flow of a screened file."""
    found_guards, guard_stretches = guards(sheet)
    found_loops, loop_stretches = loops(sheet)
    given = given_names(sheet)
    definitions = sorted(sheet.captures.get("definition", ()), key=lambda node: node.start_byte)
    scopes = [Stretch(node.start_byte, node.end_byte, SCOPE, index) for index, node in enumerate(definitions)]
    around = Around([*scopes, *guard_stretches, *loop_stretches])
    left = leaves(sheet, around)
    return Flow(
        calls=tuple(_calls(sheet, around, bound(sheet, given))),
        guards=tuple(
            msgspec.structs.replace(g, parent=around.outer(start, GUARD, i)) for i, (start, g) in enumerate(found_guards)
        ),
        loops=tuple(
            msgspec.structs.replace(
                loop, scope=around.at(start)[SCOPE], parent=around.outer(start, LOOP, i), leaves=left.get(i, "")
            )
            for i, (start, loop) in enumerate(found_loops)
        ),
        raises=tuple(_raises(sheet, around)),
        reads=tuple(reads(sheet, around)),
        assigns=tuple(assigns(sheet, around, given)),
        returns=tuple(returns(sheet, around)),
        signatures=tuple(_headers(sheet, definitions)),
        yields=tuple(_yields(sheet, around)),
        stores=filled(sheet),
        branches=tuple(branches(sheet, definitions, around)),
        cases=tuple(cases(sheet, around)),
        answering=answering(sheet, definitions),
        memberships=tuple(memberships(sheet, around)),
        parts=tuple(parts(sheet, around)),
    )


def _calls(sheet: Sheet, around: Around, names: Mapping[tuple[int, int], str]) -> Iterator[Call]:
    source, starts = sheet.source, sheet.starts
    for node in sorted(sheet.captures.get("call", ()), key=_start_and_end):
        callee = node.child_by_field_name("function")
        if callee is None:
            continue
        start, end, close = node.start_byte, callee.end_byte, node.end_byte
        text = source[start:end]
        target = text.decode() if SIMPLE.match(text) and text.isascii() else elided(text)
        # The line of the name that is called, not of where a chain over several lines begins.
        row = bisect_right(starts, end - 1)
        scope, guard, loop = around.at(start)
        if source.startswith(b"(", end):
            inside = source[end + 1 : close - 1] if close - end < ARGS_LIMIT else _shortened(source[end + 1 : close - 1], target)
            inside = inside.strip()
        elif (arguments := node.child_by_field_name("arguments")) is not None:
            inside = sheet.text(arguments)[1:-1][:ARGS_LIMIT].strip()
        else:
            continue
        column = start - starts[row - 1] + 1 if starts[row - 1] <= start else 1
        name = names.get((start, close), "")
        first = begin(source, start)
        alone = column == 1 or source[starts[row - 1] : start].isspace()
        dropped = alone and node.parent is not None and node.parent.type == "expression_statement"
        if JOINS in target and text.startswith(b"("):
            yield _put_together(text, Call(scope, row, column, first, target, guard, loop, end=start + text.rindex(b")") + 1))
        yield Call(scope, row, column, first, target, guard, loop, inside.decode("utf-8", "replace"), name, close, dropped)
        named = mapped_name(sheet, node) if target in ASKS_EACH or target.endswith(POOLED) else None
        if named is not None:
            line, place = sheet.place(named.start_byte)
            inner = around.at(named.start_byte)[LOOP]
            yield Call(scope, line, place, named.start_byte, elided(sheet.text(named)), guard, inner, EACH, "", named.end_byte)


def _shortened(inside: bytes, target: str) -> bytes:
    """The beginning of what a call is given, without its comments: thirty lines of reasons may stand before the last argument."""
    return NOTES.sub(b"", inside)[: SET_UP_LIMIT if _is_told_whole(target) else ARGS_LIMIT]


def _put_together(text: bytes, call: Call) -> Call:
    """`(FOLDER / name).read_text()` makes a path first, as `FOLDER.joinpath(name)` does."""
    parts = text.partition(b"/")[2].rpartition(b")")[0].strip().decode("utf-8", "replace")
    return msgspec.structs.replace(call, target=f"{call.target.partition(JOINS)[0]}{JOIN}", args=parts)


def _is_told_whole(target: str) -> bool:
    """Whether a call makes an object or hands it handlers, or says all that a query loads: `query.options(...)`."""
    name = target.rpartition(".")[2]
    return name in ("options", "add_handlers", "__init__") or name.startswith("create_") or name[:1].isupper()


def _start_and_end(node: Node) -> tuple[int, int]:
    return node.start_byte, node.end_byte


def _raises(sheet: Sheet, around: Around) -> Iterator[Raise]:
    for node in sheet.captures.get("raise_statement", ()):
        raised = node.named_child(0) if node.named_child_count else None
        if raised is not None and raised.type in ("call", "identifier", "attribute") and not _again(sheet, node, raised):
            callee = raised.child_by_field_name("function") if raised.type == "call" else raised
            scope, guard, _ = around.at(node.start_byte)
            line, column = sheet.place(node.start_byte)
            args = raised.child_by_field_name("arguments") if raised.type == "call" else None
            inside = sheet.text(args)[1:-1][:CONDITION_LIMIT].decode("utf-8", "replace") if args is not None else ""
            yield Raise(scope, line, column, elided(sheet.text(callee or raised)), guard, *_asked(sheet, node, inside))


def _again(sheet: Sheet, node: Node, raised: Node) -> bool:
    """Whether what is raised is the error that is being handled: that is no new one."""
    for place in sheet.around(node) if raised.type == "identifier" else ():
        if place.type == "function_definition":
            break
        if place.type == "except_clause" and sheet.text(raised) in CAUGHT_AS.findall(sheet.text(place).partition(b":")[0]):
            return True
    return False


def _asked(sheet: Sheet, node: Node, inside: str) -> tuple[str, str, tuple[str, ...]]:
    """What the nearest statement that asks something around a node asks, within its function; what is given there; and all
    that has to be so of what is compared, from the inside out.
    """
    found: list[str] = []
    met: list[str] = []
    inner = node
    for place in sheet.around(node):
        if place.type == "function_definition":
            break
        asked = place.child_by_field_name(ASKING[place.type]) if place.type in ASKING else None
        otherwise = inner.type in ("else_clause", "elif_clause")
        if asked is not None and inner != asked and (not found or not otherwise):
            found.append(sheet.text(asked)[:CONDITION_LIMIT].decode("utf-8", "replace"))
            if not otherwise and place.type in COMPARING and COMPARES.search(found[-1]):
                met.append(found[-1])
        inner = place
    return found[0] if found else "", inside, tuple(met)


def _yields(sheet: Sheet, around: Around) -> Iterator[Yield]:
    for node in sheet.captures.get("yield", ()):
        scope, guard, loop = around.at(node.start_byte)
        given = node.named_child(0) if node.named_child_count else None
        value = elided(sheet.text(given)) if given is not None and given.type in TOLD else ""
        value = f"*{value}" if any(child.type == "from" for child in node.children) else value
        start = begin(sheet.source, given.start_byte) if given is not None else -1
        yield Yield(scope, bisect_right(sheet.starts, node.start_byte), guard, loop, value, start)


def _headers(sheet: Sheet, definitions: list[Node]) -> Iterator[Header]:
    for index, node in enumerate(definitions):
        parameters = node.child_by_field_name("parameters")
        if parameters is not None:
            end = (node.child_by_field_name("return_type") or parameters).end_byte
            start = parameters.start_byte
            yield Header(index, sheet.source[start : min(end, start + HEADER_LIMIT)].decode("utf-8", "replace"))
