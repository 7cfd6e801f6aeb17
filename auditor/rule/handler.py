"""What becomes of an error in its handler: the one classification that all rules about handlers share."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache

import libcst as cst

from auditor.facts.order import below, preorder
from auditor.facts.region import Region
from auditor.knowledge.handling import handling
from auditor.rule import around, silence
from auditor.rule.names import dotted, last_name, owner_name
from auditor.rule.target import function_texts

AnyHandler = cst.ExceptHandler | cst.ExceptStarHandler
BROAD_SCREEN = r"except\b\s*(?::|[^:]*\b(?:Base)?Exception\b)"
"""What the text of a handler begins with that catches everything."""
ORDINARY = (
    "KeyError|ValueError|TypeError|AttributeError|IndexError|LookupError|ImportError|ModuleNotFoundError|StopIteration"
    "|UnicodeDecodeError|UnicodeEncodeError|FileNotFoundError|FileExistsError|NameError|NotImplementedError"
    "|KeyboardInterrupt|(?:\\w+\\.)*(?:DoesNotExist|ObjectDoesNotExist|NoResultFound|ValidationError|InvalidOperation)"
)
SCREEN = rf"{BROAD_SCREEN}|except\b(?!\*?\s*(?:{ORDINARY})\s*(?::|as\b))(?!\*?\s*[^:]+:\s*(?:#[^\n]*)?\s*raise\b)"
"""The same, and handlers of types that are no everyday ones of Python and are not raised at once."""
DEEPER = (cst.FunctionDef, cst.ClassDef, cst.Lambda, cst.ExceptHandler, cst.ExceptStarHandler)
TRACING = re.compile(rb"\bexc_info\b|\bformat_exc\b|\bprint_exc\b|\blog\w*\.exception\(|\bcapture_exception\(")
LOGS = re.compile(r"\blog\w*\.(?:warn|warning|error|critical|exception|info)\(")
RAISES = re.compile(
    r"\braise\b|\babort\(|\badd_error\(|\breturn\s+(?:[^\n]*(?:Response|response|jsonify|error)\b[^\n]*\(|[^\n]*,\s*[45]\d\d\b)"
)
TESTED = (cst.If, cst.While, cst.IfExp)


class Fate(Enum):
    """The best that becomes of an error on some way through its handler."""

    RAISED = "raised again, or another in its place"
    TRACED = "logged or reported with its traceback"
    HANDED_ON = "handed on as an object"
    LOGGED = "logged as text, without its traceback"
    TOLD = "told as text, without its traceback"
    ANSWERED = "answered to whoever asked"
    DONE_WITHOUT = "something is done that says nothing of the error"
    RETRIED = "tried again until an error is raised"
    SWALLOWED = "nothing becomes of it"


def caught(handler: AnyHandler, region: Region) -> tuple[str, ...]:
    """The dotted names of the types a handler names, those of `builtins` plain; one empty name for a bare `except`."""
    return ("",) if handler.type is None else named_types(handler.type, region)


def named_types(kind: cst.BaseExpression, region: Region) -> tuple[str, ...]:
    """The dotted names of a type or of a tuple of types; what an expression gives keeps only its last name, or none but a dot."""
    named = [element.value for element in kind.elements] if isinstance(kind, cst.Tuple) else [kind]
    return tuple(region.name(one).removeprefix("builtins.") or _given_name(one) for one in named)


def _given_name(kind: cst.BaseExpression) -> str:
    """`client().exceptions.NoSuchKey` is some type, and no bare `except`."""
    return f".{kind.attr.value}" if isinstance(kind, cst.Attribute) else "."


def broad(types: tuple[str, ...]) -> str | None:
    """How a handler that catches everything says so, `a bare except` or `except Exception`; None where it is narrow."""
    for name in ("", "BaseException", "Exception"):
        if name in types:
            return f"`except {name}`" if name else "a bare `except`"
    return None


def failures(types: tuple[str, ...], handler: AnyHandler | cst.With, region: Region) -> tuple[str, ...]:
    """Those of the caught types that say that an external call or a query failed."""
    book = handling()
    found = [name for name in types if book.is_failure(name)]
    sockets = [name for name in types if name in book.sockets.types]
    if not found and sockets and around.uses_socket(handler, region):
        return tuple(sockets)
    return tuple(found)


def fate(handler: AnyHandler, region: Region) -> Fate:
    """The best that becomes of the error. What stands in nested functions and nested handlers does not count."""
    name = handler.name.name.value if handler.name and isinstance(handler.name.name, cst.Name) else ""
    nodes = list(below(handler.body, DEEPER))
    calls = [node for node in nodes if isinstance(node, cst.Call)]
    raising = handling().calls.raising
    if any(_raises(node) for node in nodes) or any(last_name(call) in raising for call in calls):
        return Fate.RAISED
    if any(_keeps_traceback(call) or _traces_inside(call, region) for call in calls) or _takes_traceback(nodes):
        return Fate.TRACED
    if name and _handed_on(handler.body, name):
        return Fate.HANDED_ON
    told = [call for call in calls if last_name(call) in handling().calls.tells]
    if any(logs(call) for call in told):
        return Fate.LOGGED
    if told or (name and _said(handler.body, name)):
        return Fate.TOLD
    if any(_answers(call) for call in calls) or _returns_answer(nodes, around.is_route(handler, region)):
        return Fate.ANSWERED
    if any(isinstance(node, cst.Import | cst.ImportFrom) for node in nodes) and around.only_imports(handler, region):
        return Fate.DONE_WITHOUT
    if not silence.is_silent(handler.body) or silence.names_failure(nodes) or around.told_later(handler, region):
        return Fate.DONE_WITHOUT
    leaves = any(isinstance(node, cst.Return | cst.Break) for node in nodes)
    return _fate_outside(handler, region, leaves)


def _fate_outside(handler: AnyHandler, region: Region, leaves: bool) -> Fate:
    """What becomes of an error that a handler keeps silent about, by what comes after it; `leaves` the function or the loop."""
    ended = "" if leaves else around.after_loop(handler, region)
    if ended:
        return Fate.RETRIED if ended == "tries" else Fate.DONE_WITHOUT
    done = "" if leaves else around.asked_next(handler, region)
    if LOGS.search(done):
        return Fate.LOGGED
    return Fate.ANSWERED if RAISES.search(done) else Fate.SWALLOWED


def _raises(node: cst.CSTNode) -> bool:
    """Whether a statement raises: `raise`, or an assertion that never holds."""
    never = isinstance(node, cst.Assert) and isinstance(node.test, cst.Name) and node.test.value == "False"
    return never or isinstance(node, cst.Raise)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def logs(call: cst.Call) -> bool:
    """Whether a call writes to a log, told by the name of what it is called on."""
    return bool(_pattern(handling().loggers.like).search(owner_name(call)))


def _keeps_traceback(call: cst.Call) -> bool:
    name = last_name(call)
    book = handling().calls
    if name in book.traced or (_pattern(book.traced_like).search(name) and not name[:1].isupper()):
        return True
    if _pattern(book.traced_by).search(dotted(call.func)):
        return True
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value in ("exc_info", "exception", "exc"):
            return not (isinstance(arg.value, cst.Name) and arg.value.value in ("False", "None"))
    return False


def _traces_inside(call: cst.Call, region: Region) -> bool:
    """Whether a function of the same file that is called keeps the traceback of what is being handled."""
    return any(TRACING.search(text) for text in function_texts(call.func, region))


def _takes_traceback(nodes: list[cst.CSTNode]) -> bool:
    return any(isinstance(node, cst.Attribute) and node.attr.value == "__traceback__" for node in nodes)


def _answers(call: cst.Call) -> bool:
    book = handling().calls
    name = last_name(call)
    return name in book.answers or bool(_pattern(book.answers_like).search(name))


def _handed_on(body: cst.BaseSuite, name: str) -> bool:
    """Whether the error itself, not its text, is given to a function, stored or returned."""
    book = handling().calls
    for node in _untested(body):
        if isinstance(node, cst.Call):
            plain = last_name(node) in book.text or last_name(node) in book.tells or _answers(node)
            if not plain and any(holds(arg.value, name) for arg in node.args):
                return True
        elif isinstance(node, cst.Assign | cst.AnnAssign | cst.Return | cst.Yield | cst.NamedExpr):
            if node.value is not None and holds(node.value, name):
                return True
        elif isinstance(node, cst.FunctionDef | cst.Lambda) and any(_is_name(part, name) for part in preorder(node)):
            return True
    return False


def _said(body: cst.BaseSuite, name: str) -> bool:
    return any(_is_name(node, name) for node in _untested(body))


def _untested(body: cst.BaseSuite) -> Iterator[cst.CSTNode]:
    """The nodes of a handler without the tests of its conditions: looking at an error hands nothing on."""
    waiting: list[cst.CSTNode] = [body]
    while waiting:
        node = waiting.pop()
        for part in below(node, (*DEEPER, *TESTED)):
            yield part
            if isinstance(part, cst.If | cst.While):
                waiting += [part.body, *([part.orelse] if part.orelse is not None else [])]
            elif isinstance(part, cst.IfExp):
                waiting += [cst.Tuple([cst.Element(part.body), cst.Element(part.orelse)])]


def _is_name(node: cst.CSTNode, name: str) -> bool:
    return isinstance(node, cst.Name) and node.value == name


def holds(value: cst.CSTNode, name: str) -> bool:
    """Whether a value is the error, or a container or a choice that holds it."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if _is_name(part, name):
            return True
        if isinstance(part, cst.Tuple | cst.List | cst.Set | cst.Dict):
            waiting += [element.value for element in part.elements]
        elif isinstance(part, cst.BooleanOperation):
            waiting += [part.left, part.right]
        elif isinstance(part, cst.IfExp):
            waiting += [part.body, part.orelse]
    return False


def _returns_answer(nodes: list[cst.CSTNode], route: bool) -> bool:
    """Whether a status of failure is returned, `return {...}, 500`, or in a route anything that is not empty."""
    for node in nodes:
        if isinstance(node, cst.Return) and node.value is not None:
            value = node.value
            if isinstance(value, cst.Tuple) and len(value.elements) > 1 and _is_failure_status(value.elements):
                return True
            if route and not silence.is_empty(value):
                return True
    return False


def _is_failure_status(elements: Sequence[cst.BaseElement]) -> bool:
    return any(
        (isinstance(part.value, cst.Integer) and re.fullmatch(r"[45]\d\d", part.value.value) is not None)
        or (isinstance(part.value, cst.Attribute) and part.value.attr.value.startswith(("HTTP_4", "HTTP_5")))
        for part in elements[1:]
    )
