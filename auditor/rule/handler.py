"""What becomes of an error in its handler: the one classification that all rules about handlers share."""

import re
from collections.abc import Iterator
from enum import Enum

import libcst as cst

from auditor.facts.order import below, preorder
from auditor.facts.region import Region

BROAD = frozenset(("", "Exception", "BaseException"))
AnyHandler = cst.ExceptHandler | cst.ExceptStarHandler
DEEPER = (cst.FunctionDef, cst.ClassDef, cst.Lambda)

LOGGING = re.compile(r"(^|\.)(_?log(ger|ging)?|_?logs?|log_\w+|logbook|loguru|structlog|syslog|warnings?|messages)(\.|$)", re.I)
LEVELS = frozenset("debug info warning warn error critical fatal log exception".split())
WITH_TRACEBACK = frozenset(
    "exception print_exc format_exc format_exception print_exception exc_info capture_exception captureException "
    "capture_event notice_error record_exception notify_exception report_exc_info log_exception handle_exception "
    "report_exception send_exception notify handle_error format_tb print_tb log_unhandled_exception "
    "record_exc_info logException logexception with_traceback set_exception".split()
)
"""Last names of calls that keep the traceback."""
ANSWERS = frozenset(
    "abort jsonify make_response Response HttpResponse JsonResponse JSONResponse HTMLResponse PlainTextResponse "
    "HttpResponseBadRequest HttpResponseServerError HttpResponseForbidden HttpResponseNotFound redirect render "
    "render_template render_to_response flash fail echo secho add_error exit".split()
)
"""Last names of calls that tell the person who asked."""
SILENT_CALLS = frozenset("rollback close cancel clear sleep inc increment incr append discard pop remove".split())


class Fate(Enum):
    """What a handler does with the error."""

    RAISED = "raised again, or another in its place"
    TRACED = "logged or reported with its traceback"
    HANDED_ON = "handed on as an object"
    TOLD = "told as text, without its traceback"
    ANSWERED = "answered to whoever asked"
    DONE_WITHOUT = "something is done that says nothing of the error"
    SWALLOWED = "nothing becomes of it"


def caught(handler: AnyHandler, region: Region) -> tuple[str, ...]:
    """The dotted names of the types a handler names; one empty name for a bare `except`."""
    kind = handler.type
    if kind is None:
        return ("",)
    if isinstance(kind, cst.Tuple):
        return tuple(region.name(element.value).removeprefix("builtins.") for element in kind.elements)
    return (region.name(kind).removeprefix("builtins."),)


def fate(handler: AnyHandler) -> Fate:
    """The best that becomes of the error on some way through the handler."""
    name = handler.name.name.value if handler.name and isinstance(handler.name.name, cst.Name) else ""
    nodes = list(below(handler.body, DEEPER))
    if any(isinstance(node, cst.Raise) for node in nodes):
        return Fate.RAISED
    calls = [node for node in nodes if isinstance(node, cst.Call)]
    if any(_keeps_traceback(call) for call in calls):
        return Fate.TRACED
    if name and _handed_on(handler.body, name):
        return Fate.HANDED_ON
    if any(_tells(call) for call in calls) or (name and any(_is_name(node, name) for node in nodes)):
        return Fate.TOLD
    if any(last_name(call) in ANSWERS for call in calls) or _answers(nodes):
        return Fate.ANSWERED
    return Fate.SWALLOWED if _nothing_done(handler.body) else Fate.DONE_WITHOUT


def last_name(call: cst.Call) -> str:
    """`c` of `a.b.c()`, or an empty string."""
    func = call.func
    return func.attr.value if isinstance(func, cst.Attribute) else func.value if isinstance(func, cst.Name) else ""


def dotted(node: cst.CSTNode) -> str:
    """`a.b.c` as written, calls in between without their brackets; empty for anything else."""
    parts: list[str] = []
    while True:
        if isinstance(node, cst.Attribute):
            parts.append(node.attr.value)
            node = node.value
        elif isinstance(node, cst.Call):
            node = node.func
        elif isinstance(node, cst.Name):
            return ".".join(reversed([*parts, node.value]))
        else:
            return ""


def _is_name(node: cst.CSTNode, name: str) -> bool:
    return isinstance(node, cst.Name) and node.value == name


def _keeps_traceback(call: cst.Call) -> bool:
    name = last_name(call)
    if name in WITH_TRACEBACK:
        return True
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value == "exc_info":
            return not (isinstance(arg.value, cst.Name) and arg.value.value in ("False", "None"))
    return False


def _tells(call: cst.Call) -> bool:
    """Whether a call writes a log line, prints, or sends a message."""
    full = dotted(call.func)
    owner, _, name = full.rpartition(".")
    if name in ("print", "pprint", "write", "writelines", "print_error", "stderr"):
        return True
    return name in LEVELS and (not owner or bool(LOGGING.search(owner)) or "log" in owner.lower())


def _handed_on(body: cst.BaseSuite, name: str) -> bool:
    """Whether the error object itself is returned, stored, or given to a function that is neither text nor a logger."""
    for node in below(body, DEEPER):
        if isinstance(node, cst.Call):
            plain = last_name(node) in ("str", "repr", "print", "format", "isinstance", "type", "getattr", "hasattr", "unicode",
                                        "text", "force_str", "smart_str", "len", "bool")  # fmt: skip
            if not plain and not _tells(node) and any(_is_name(arg.value, name) for arg in node.args):
                return True
        elif isinstance(node, cst.Assign | cst.AnnAssign | cst.Return | cst.Yield | cst.NamedExpr):
            if node.value is not None and any(_is_name(part, name) for part in _parts(node.value)):
                return True
    return False


def _parts(value: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A value and, for a tuple, list or dict, what stands in it."""
    yield value
    if isinstance(value, cst.Tuple | cst.List | cst.Set):
        for element in value.elements:
            yield from _parts(element.value)
    elif isinstance(value, cst.Dict):
        for entry in value.elements:
            yield from _parts(entry.value)


def _answers(nodes: list[cst.CSTNode]) -> bool:
    """Whether a status of failure, or a response, is returned: `return {...}, 500`."""
    for node in nodes:
        if isinstance(node, cst.Return) and isinstance(node.value, cst.Tuple):
            last = node.value.elements[-1].value
            if isinstance(last, cst.Integer) and last.value[:1] in "45" and len(last.value) == 3:
                return True
    return False


def _nothing_done(body: cst.BaseSuite) -> bool:
    """Whether every statement is one that keeps silent: pass, jumps, constants, plain assignments, counters, a rollback."""
    return all(_silent(statement) for statement in body.body)


def _silent(statement: cst.CSTNode) -> bool:
    if isinstance(statement, cst.SimpleStatementLine):
        return all(_silent(small) for small in statement.body)
    if isinstance(statement, cst.Pass | cst.Continue | cst.Break | cst.AugAssign | cst.Global | cst.Nonlocal | cst.Del | cst.Assert):
        return True
    if isinstance(statement, cst.Return):
        return statement.value is None or _plain(statement.value)
    if isinstance(statement, cst.Assign | cst.AnnAssign):
        return statement.value is None or _plain(statement.value)
    if isinstance(statement, cst.Expr):
        value = statement.value.expression if isinstance(statement.value, cst.Await) else statement.value
        if isinstance(value, cst.Call):
            return last_name(value) in SILENT_CALLS
        return isinstance(value, cst.Ellipsis | cst.SimpleString | cst.ConcatenatedString | cst.Integer)
    if isinstance(statement, cst.If):
        inner = [statement.body, *([statement.orelse] if statement.orelse is not None else [])]
        return all(_silent_block(part) for part in inner)
    return False


def _silent_block(part: cst.CSTNode) -> bool:
    if isinstance(part, cst.Else):
        return _nothing_done(part.body)
    return _silent(part) if isinstance(part, cst.If) else isinstance(part, cst.BaseSuite) and _nothing_done(part)


def _plain(value: cst.BaseExpression) -> bool:
    """A value that is worked out without any call: a constant, a name, an empty or constant container."""
    return not any(isinstance(part, cst.Call | cst.Await | cst.Yield) and not _empty_container(part) for part in preorder(value))


def _empty_container(part: cst.CSTNode) -> bool:
    return isinstance(part, cst.Call) and not part.args and last_name(part) in ("list", "dict", "set", "tuple", "str", "int")
