"""What stands around a handler in its file, seen on the screen's tree: its `try`, its loop, its function."""

import re
from collections.abc import Iterator

import libcst as cst
from tree_sitter import Node

from auditor.facts.imports import top_level
from auditor.facts.order import below
from auditor.facts.region import Region
from auditor.knowledge.handling import handling
from auditor.rule import silence
from auditor.rule.names import dotted

ROUTE = re.compile(
    r"(^|\.)(route|get|post|put|patch|delete|head|options|websocket|api_route|api_view|view_config|view|expose|action"
    r"|errorhandler|app_errorhandler|exception_handler|require_\w+|login_required|csrf_exempt)\b"
)
ANSWERING = frozenset("get post put patch delete head options dispatch list create retrieve update destroy".split())
AnyHandler = cst.ExceptHandler | cst.ExceptStarHandler
_SPARE = re.compile(r"default|fallback|otherwise|previous|cached|alternative")
_CONSTANT = re.compile(r"(?:None|True|False|[\d.]+|b?['\"]{2}|\[\]|\{\}|\(\)|(?:set|dict|list|tuple)\(\))\s*(?:#.*)?$")
_SAID = re.compile(r'(?s)#(?!\s*(?:noqa|pylint|type:|pragma|nosec|ruff|auditor))([^\n]*)|"""(.*?)"""')
_CALLED = re.compile(rb"\bawait ((?:\w+\.)+\w+\()|= *((?:\w+\.)+\w+\()")
_RAISES = rb"(?m)(^|:)[ \t]*raise\b"
_COUNTS = re.compile(
    rb"\b(?:range|count|repeat|cycle)\(|retr(?:y|ies)|attempt|\btr(?:y|ies)\b|backoff|delay|wait|pause", re.IGNORECASE
)
_WORDS_OF_A_REASON = 5
_TELLS = r"\b(?:raise\b|return\b|print\(|(?:\w+\.)+(?:debug|info|warning|warn|error|critical|exception|echo|write|add_message)\()"
VIEWS = re.compile(r"(View|ViewSet|Resource|Endpoint|Handler|Controller|Page)\b")


def uses_socket(handler: cst.CSTNode, region: Region) -> bool:
    """Whether a handler's `try`, or a `with` that suppresses, makes a call over a socket, in a file that imports what does so."""
    book = handling().sockets
    imported = top_level(region.file.imports) | {entry.target for entry in region.file.imports}
    if not book.modules & imported:
        return False
    return bool(book.called.search(try_text(handler, region)))


def try_text(handler: cst.CSTNode, region: Region) -> str:
    """The text of the block that a handler or a `with` guards; empty where its place is not known."""
    twin = region.twin(handler)
    statement = twin if twin is None or twin.type == "with_statement" else twin.parent
    block = statement.child_by_field_name("body") if statement is not None else None
    return region.sheet.text(block).decode("utf-8", "replace") if block is not None else ""


def only_imports(handler: cst.CSTNode, region: Region) -> bool:
    """Whether the block that a handler guards does nothing but import: a module that may be missing is what it looks for."""
    twin = region.twin(handler)
    block = twin.parent.child_by_field_name("body") if twin is not None and twin.parent is not None else None
    kinds = {child.type for child in block.named_children} if block is not None else set()
    return bool(kinds - {"comment"}) and kinds <= {"import_statement", "import_from_statement", "comment"}


def falls_back(handler: AnyHandler, region: Region) -> bool:
    """Whether all that the handler does is to return something made before: a cached answer, a default, a plainer name."""
    lines = handler.body.body if isinstance(handler.body, cst.IndentedBlock) else [handler.body]
    last = lines[-1] if lines else None
    end = last.body[-1] if isinstance(last, cst.SimpleStatementLine | cst.SimpleStatementSuite) and last.body else None
    if len(lines) != 1 or not isinstance(end, cst.Return) or not isinstance(end.value, cst.Name):
        return False
    name = re.escape(end.value.value)
    function = next((node for node in region.outside(handler) if node.type == "function_definition"), None)
    if function is None:
        return False
    text = region.sheet.text(function).decode("utf-8", "replace")
    values = re.findall(rf"(?m)^[ \t]*{name}[ \t]*(?::[^=\n]+)?=(?!=)[ \t]*(\S.*)$", text)
    if not values:
        head = function.child_by_field_name("parameters")
        given = region.sheet.text(head).decode("utf-8", "replace") if head is not None else ""
        return re.search(rf"\b{name}\b", given) is not None and _SPARE.search(name) is not None
    return not any(_CONSTANT.match(value) for value in values) and "(" in "".join(values)


def says_why(handler: cst.CSTNode, region: Region) -> bool:
    """Whether a comment, or a text that stands alone, says in the handler why nothing is done."""
    twin = region.twin(handler)
    text = region.sheet.text(twin).decode("utf-8", "replace") if twin is not None else ""
    said = "\n".join(comment or alone for comment, alone in _SAID.findall(text))
    return any(len(re.findall(r"[A-Za-z]{2,}", line)) >= _WORDS_OF_A_REASON for line in said.split("\n"))


def is_route(handler: cst.CSTNode, region: Region) -> bool:
    """Whether what the function around a handler returns is likely to be an answer to a request."""
    around = region.enclosing(handler)
    if not around or around[-1].kind == "class":
        return False
    function = around[-1]
    if any(ROUTE.search(decorator.partition("(")[0]) for decorator in function.decorators):
        return True
    outer = around[-2] if len(around) > 1 else None
    return (
        outer is not None
        and outer.kind == "class"
        and function.name in ANSWERING
        and any(VIEWS.search(base) for base in outer.bases)
    )


def after_loop(handler: cst.CSTNode, region: Region) -> str:
    """What the end of a bounded loop around the handler means: `tries` where it tries the same again until an error is raised
    or the last try goes unguarded, `items` where it goes to the next of many and an error is raised in the end, else nothing.
    """
    for node in region.outside(handler):
        if node.type == "function_definition":
            return ""
        if node.type == "for_statement" or (node.type == "while_statement" and not _is_endless(node, region)):
            many = node.type == "for_statement" and _goes_through(node, region)
            again = _RAISES if many else _RAISES + rb"|\b(?:" + _tried(handler, region) + rb")"
            ended = any(re.search(again, b"\n" + region.sheet.text(part)) for part in _later(node))
            return ("items" if many else "tries") if ended else ""
    return ""


def _tried(handler: cst.CSTNode, region: Region) -> bytes:
    """A pattern for the calls of the block that a handler guards whose answers are used; it finds nothing where none are."""
    called = _CALLED.finditer(try_text(handler, region).encode())
    return rb"|".join(re.escape(match[1] or match[2]) for match in called) or rb"$^"


def _goes_through(loop: Node, region: Region) -> bool:
    """Whether a loop takes one of many each time: what it names is used in it, and is no number of a try."""
    names = [region.sheet.text(part) if part is not None else b"" for part in map(loop.child_by_field_name, ("left", "right"))]
    body = loop.child_by_field_name("body")
    if body is None or _COUNTS.search(names[0] + b" in " + names[1]):
        return False
    used = rb"|".join(re.escape(name) for name in re.findall(rb"\w+", names[0]) if name != b"_")
    return bool(used) and re.search(rb"\b(?:" + used + rb")\b", region.sheet.text(body)) is not None


def _later(loop: Node) -> Iterator[Node]:
    """What runs when a loop has ended, as far as it stands beside it."""
    alternative = loop.child_by_field_name("alternative")
    if alternative is not None:
        yield alternative
    sibling = loop.next_named_sibling
    while sibling is not None:
        yield sibling
        sibling = sibling.next_named_sibling


def asked_next(handler: AnyHandler, region: Region) -> str:
    """Whether the handler notes that nothing came, `found = None`, and the statement right below the `try` asks for it or
    returns what it says in something: the text of what is done then, empty where nothing is. An empty value says nothing.
    """
    noted = [node for node in below(handler.body) if isinstance(node, cst.Assign)]
    said = any(not silence.is_empty(node.value) for node in noted)
    names = "|".join(re.escape(dotted(target.target)) for node in noted for target in node.targets)
    twin = region.twin(handler)
    if not names:
        return _reached_by_failure(twin, region) if twin is not None else ""
    block = twin.parent.next_named_sibling if twin is not None and twin.parent is not None else None
    while block is not None and block.type == "comment":
        block = block.next_named_sibling
    if block is not None and block.type == "return_statement":
        text = region.sheet.text(block).decode("utf-8", "replace")
        return text if said and re.search(rf"\(\s*(?:{names})\b", text) else ""
    if block is None or block.type != "if_statement":
        return ""
    condition, done = (block.child_by_field_name(name) for name in ("condition", "consequence"))
    if condition is None or done is None:
        return ""
    asks = rf"\bnot\s+(?:{names})\b|\b(?:{names})\s+(?:is|==)\s+(?:None|False)\b"
    asked = re.search(asks, region.sheet.text(condition).decode("utf-8", "replace")) is not None
    return region.sheet.text(done).decode("utf-8", "replace") if asked else ""


def _reached_by_failure(handler: Node, region: Region) -> str:
    """The statement right below a `try` that is left by `return` where all goes well: `logger.warning("no page was opened")`."""
    whole = handler.parent
    tried = whole.child_by_field_name("body") if whole is not None else None
    block = whole.next_named_sibling if whole is not None else None
    last = tried.named_children[-1:] if tried is not None else []
    leaves = any(node.type in ("return_statement", "if_statement") and b"return" in region.sheet.text(node) for node in last)
    if not leaves or block is None or block.type not in ("expression_statement", "raise_statement"):
        return ""
    return region.sheet.text(block).decode("utf-8", "replace")


def told_later(handler: AnyHandler, region: Region) -> bool:
    """Whether what a handler counts is told when all is done: `failed += 1`, and below an error, a log or a result of it."""
    added = [node.target for node in below(handler.body) if isinstance(node, cst.AugAssign)]
    names = "|".join(re.escape(target.value) for target in added if isinstance(target, cst.Name))
    twin = region.twin(handler)
    if not names or twin is None:
        return False
    whole = next((node for node in region.outside(handler) if node.type in ("function_definition", "module")), twin)
    later = region.sheet.source[twin.end_byte : whole.end_byte].decode("utf-8", "replace")
    return re.search(rf"{_TELLS}(?:(?!\n\s*\n).){{0,300}}?\b(?:{names})\b(?!\s*[+-]=)", later, re.DOTALL) is not None


def is_asked_later(handler: AnyHandler, region: Region) -> bool:
    """Whether the handler notes in a flag that something failed, `there = False`, and what comes after asks for it."""
    noted = [node for node in below(handler.body) if isinstance(node, cst.Assign) and _is_flag(node.value)]
    names = "|".join(re.escape(dotted(target.target)) for node in noted for target in node.targets)
    twin = region.twin(handler)
    whole = next((node for node in region.outside(handler) if node.type in ("function_definition", "module")), None)
    if not names or twin is None or whole is None:
        return False
    later = region.sheet.source[twin.end_byte : whole.end_byte].decode("utf-8", "replace")
    return re.search(rf"\b(?:if|elif|while|and|or)\s+(?:not\s+)?(?:{names})\b", later) is not None


def _is_flag(value: cst.BaseExpression) -> bool:
    return isinstance(value, cst.Name) and value.value in ("True", "False")


def _is_endless(loop: Node, region: Region) -> bool:
    condition = loop.child_by_field_name("condition")
    return condition is not None and region.sheet.text(condition) in (b"True", b"1")
