"""What is done once per element: `for`, `while` and comprehensions, and the stretches that they repeat."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from tree_sitter import Node

from auditor.facts.flow.around import LOOP, Around, Stretch
from auditor.facts.flow.elide import begin, elided
from auditor.facts.flow.events import Loop
from auditor.facts.screen import Sheet

TEXT_LIMIT = 300
TABLE_LIMIT = 4000
"""A list that is written out in the head of a loop may be a table of routes."""
MAPPING = (b"map", b"filter")
KEYED = (b"sorted", b"min", b"max")
"""What asks a function, its `key`, about each element."""
IN_PLACE = b".sort("
POOLED = (".map", ".imap", ".imap_unordered", ".map_async")
"""Methods by which a pool of workers, or a cluster, calls a function with each element: `pool.map(label, orders)`."""
POOLS = tuple(name.encode() for name in POOLED)
METHODS = re.compile(rb"\.(?:sort|map|imap|imap_unordered|map_async)\(")
PICKS = re.compile(rb"(?:operator\.)?attrgetter\(")
"""What makes a function that reads an attribute: `map(attrgetter("customer.name"), orders)`."""
ASKS_EACH = frozenset(name.decode() for name in MAPPING + KEYED)
EACH = "each"
"""What the element is called that `map(label, orders)` hands to a function without naming it."""


def loops(sheet: Sheet) -> tuple[list[tuple[int, Loop]], list[Stretch]]:
    """Every loop with the byte at which it begins, in the order of the source but for comprehensions, which come after
    the statements, and the stretches that they repeat. The scope is filled in by who knows it.
    """
    found: list[tuple[int, Loop]] = []
    stretches: list[Stretch] = []
    for node in (*sheet.captures.get("for_statement", ()), *sheet.captures.get("while_statement", ())):
        body = node.child_by_field_name("body")
        if body is not None:
            kind = "for" if node.type == "for_statement" else "while"
            start = body.start_byte if kind == "for" else node.start_byte
            stretches.append(Stretch(start, body.end_byte, LOOP, len(found)))
            found.append((node.start_byte, _loop(sheet, node, kind, node)))
    for node in sheet.captures.get("comprehension", ()):
        for number, clause in enumerate(child for child in node.named_children if child.type == "for_in_clause"):
            right = clause.child_by_field_name("right")
            if right is not None:
                # What is repeated: the head and all clauses behind this one; the first source is asked for once.
                if number == 0 and not _is_first(sheet, node):
                    stretches.append(Stretch(node.start_byte, clause.start_byte, LOOP, len(found)))
                stretches.append(Stretch(right.end_byte, node.end_byte, LOOP, len(found)))
                found.append((clause.start_byte, _loop(sheet, clause, "comprehension", node)))
    methods = METHODS.search(sheet.source) is not None
    for node in sheet.captures.get("call", ()):
        made = _mapped(sheet, node, methods)
        if made is not None:
            loop, body = made
            stretches.append(Stretch(body.start_byte, body.end_byte, LOOP, len(found)))
            found.append((node.start_byte, loop))
    return found, stretches


def _is_first(sheet: Sheet, node: Node) -> bool:
    """Whether only the first that fits is taken of a generator, whose head is worked out once: `next(o.name for o in ...)`."""
    around = node.parent
    call = around.parent if around is not None and around.type == "argument_list" else around
    if node.type != "generator_expression" or call is None or call.type != "call":
        return False
    callee, given = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    first = given is not None and (given == node or given.named_children[:1] == [node])
    return first and callee is not None and sheet.text(callee) == b"next"


def _mapped(sheet: Sheet, node: Node, methods: bool) -> tuple[Loop, Node] | None:
    """`map(lambda order: ..., orders)` as the loop that it is, with what it repeats; of `map(label, orders)` that is the name.

    `sorted(orders, key=lambda order: ...)` is one, too, and so are `orders.sort(key=attrgetter("customer.name"))` and
    `pool.map(label, orders)`; `methods` says that the file has such methods at all.
    """
    parts = _parts(sheet, node) if methods or sheet.source.startswith(MAPPING + KEYED, node.start_byte) else None
    if parts is None:
        return None
    function, source = parts
    named = function.type in ("identifier", "attribute") or PICKS.match(sheet.source, function.start_byte) is not None
    body = function if named else function.child_by_field_name("body") if function.type == "lambda" else None
    if body is None:
        return None
    names = function.child_by_field_name("parameters")
    target = EACH if named else sheet.text(names).decode("utf-8", "replace")[:120] if names is not None else ""
    text = sheet.source[source.start_byte : min(source.end_byte, source.start_byte + TEXT_LIMIT)].decode("utf-8", "replace")
    line = bisect_right(sheet.starts, node.start_byte)
    start = _begin(sheet, source)
    return Loop(-1, -1, line, "comprehension", target, elided(sheet.text(source)), start, text), body


def _parts(sheet: Sheet, node: Node) -> tuple[Node, Node] | None:
    """Function and source of `map(label, orders)`, a pool's too, `sorted(orders, key=label)`, `orders.sort(key=label)`."""
    callee, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if callee is None or given is None:
        return None
    name = sheet.text(callee)
    sorted_here = callee.child_by_field_name("object") if name.endswith(IN_PLACE[:-1]) else None
    pooled = name.endswith(POOLS)
    if sorted_here is None and not pooled and name not in MAPPING + KEYED:
        return None
    named = given.named_children
    if name in MAPPING or pooled:
        named = [one for one in named if one.type != "keyword_argument"] if pooled else named
        return (named[0], named[1]) if len(named) == 2 else None
    keys = [one.child_by_field_name("value") for one in named if sheet.text(one).startswith(b"key=")]
    plain = [one for one in named if one.type not in ("keyword_argument", "comment")]
    plain = [sorted_here] if sorted_here is not None and not plain else plain
    return (keys[0], plain[0]) if len(plain) == 1 and keys and keys[0] is not None else None


def mapped_name(sheet: Sheet, call: Node) -> Node | None:
    """The name of the function that `map(label, orders)` calls."""
    parts = _parts(sheet, call)
    return parts[0] if parts is not None and parts[0].type in ("identifier", "attribute") else None


def _loop(sheet: Sheet, clause: Node, kind: str, node: Node) -> Loop:
    line = bisect_right(sheet.starts, node.start_byte)
    left, right = clause.child_by_field_name("left"), clause.child_by_field_name("right")
    if left is None or right is None:
        asked = clause.child_by_field_name("condition")
        if asked is None:
            return Loop(-1, -1, line, kind)
        return Loop(-1, -1, line, kind, "", "", asked.start_byte, sheet.text(asked)[:TEXT_LIMIT].decode("utf-8", "replace"))
    start = _begin(sheet, right)
    limit = TABLE_LIMIT if right.type in ("list", "tuple", "dictionary") else TEXT_LIMIT
    text = sheet.source[start : min(right.end_byte, start + limit)].decode("utf-8", "replace")
    return Loop(-1, -1, line, kind, sheet.text(left).decode("utf-8", "replace")[:120], elided(sheet.text(right)), start, text)


def _begin(sheet: Sheet, source: Node) -> int:
    """Where what is gone through begins; the brackets of a tuple belong to it."""
    return source.start_byte if source.type in ("tuple", "generator_expression") else begin(sheet.source, source.start_byte)


def leaves(sheet: Sheet, around: Around) -> dict[int, str]:
    """By the number of a loop: whether a `return` or `break` in it ends it early, `always` or in `some` cases."""
    found: dict[int, str] = {}
    for name in ("break_statement", "return_statement"):
        for node in sheet.captures.get(name, ()):
            loop = around.at(node.start_byte)[LOOP]
            if loop >= 0:
                block = node.parent
                owner = block.parent.type if block is not None and block.parent is not None else ""
                always = owner in ("for_statement", "while_statement")
                found[loop] = "always" if always or found.get(loop) == "always" else "some"
    return found


def variables(target: str) -> Iterator[str]:
    """The names that a loop's target binds: `i, (key, value)` gives i, key and value."""
    if target.isidentifier():
        yield target
        return
    for part in target.replace("(", " ").replace(")", " ").replace("[", " ").replace("]", " ").split(","):
        name = part.strip().lstrip("*")
        if name.isidentifier():
            yield name
