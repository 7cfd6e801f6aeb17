"""Whether statements keep silent: nothing raised, logged, answered, recorded or worked out, only tidied up."""

import re
from collections.abc import Iterator, Sequence

import libcst as cst

from auditor.facts.order import preorder
from auditor.knowledge.handling import handling
from auditor.rule.names import dotted, last_name

JUMPS = (
    cst.Pass,
    cst.Continue,
    cst.Break,
    cst.AugAssign,
    cst.Global,
    cst.Nonlocal,
    cst.Del,
    cst.Import,
    cst.ImportFrom,
)
_FAILURE = re.compile(
    r"(?i)cannot|can_not|could|unable|went wrong|fail|error|invalid|time.?out|unavailable|unreach|refused|denied|unknown|offline"
    r"|degraded|unhealthy|disconnected"
    r"|not[ _](?:found|available|reach|allow)|incorrect|malformed|bad[ _]request|problem"
)
_REFUSES = re.compile(
    r"[45]\d\d|(?:\w+\.)*(?:HTTPStatus\.(?!OK|CREATED|ACCEPTED|NO_CONTENT|FOUND|SEE_)[A-Z_]+|HTTP_[45]\d\d_[A-Z_]+)"
)
"""The status of an answer that says that something failed."""
_KEPT_FOR_READERS = re.compile(r"(?i)(?:err|error|errors|failure|failures|reason|problem|problems|message|msg|details?)$")
_STATE = re.compile(r"(?i)(?:^|_)(?:status|state)$")
_CODE = re.compile(r"(?:^|[._])[A-Z0-9_]*(?:ERR|FAIL|RETRY|REFUSED|DENIED|TIMEOUT|UNAVAILABLE)[A-Z0-9_]*$")
LITERALS = (cst.BaseNumber, cst.BaseString, cst.Ellipsis)


def is_silent(body: cst.BaseSuite) -> bool:
    """Whether every statement is: pass, jumps, constant returns, plain assignments, counters, clean-up and waits."""
    waiting: list[cst.CSTNode] = list(body.body)
    while waiting:
        statement = waiting.pop()
        if isinstance(statement, cst.SimpleStatementLine | cst.IndentedBlock | cst.SimpleStatementSuite):
            waiting += statement.body
        elif isinstance(statement, cst.If):
            waiting += [statement.body, *([statement.orelse] if statement.orelse is not None else [])]
        elif isinstance(statement, cst.Else | cst.With | cst.For | cst.Finally | cst.ExceptHandler):
            waiting.append(statement.body)
        elif isinstance(statement, cst.Try):
            waiting += [statement.body, *statement.handlers]
            waiting += [part for part in (statement.orelse, statement.finalbody) if part is not None]
        elif not _is_silent_line(statement):
            return False
    return True


def _is_silent_line(statement: cst.CSTNode) -> bool:
    """One simple statement. A connection closed with a code or a reason tells the other side."""
    if isinstance(statement, JUMPS):
        return True
    if isinstance(statement, cst.Return | cst.Assign | cst.AnnAssign):
        return statement.value is None or is_plain(statement.value)
    if not isinstance(statement, cst.Expr):
        return False
    value = statement.value.expression if isinstance(statement.value, cst.Await) else statement.value
    if isinstance(value, cst.Yield):
        return value.value is None or (not isinstance(value.value, cst.From) and is_plain(value.value))
    if isinstance(value, cst.Call):
        tells = value.args and last_name(value) in ("close", "aclose")
        return last_name(value) in handling().calls.silent and not tells
    return isinstance(value, LITERALS)


def names_failure(nodes: Sequence[cst.CSTNode]) -> bool:
    """Whether a handler returns or stores words for what went wrong: `return {"base": "cannot_connect"}`, `error = "…"`.

    A constant that is named for it, `return mqtt.ERR_UNKNOWN`, tells the caller as well, and so does an answer's status.
    """
    if any(isinstance(node, cst.Return) and (_CODE.search(dotted(node.value)) or _refuses(node.value)) for node in nodes):
        return True
    if any(isinstance(node, cst.Assign) and _marks(node) for node in nodes):
        return True
    return any(any(_FAILURE.search(text) for text in _texts(value)) for value in map(_kept, nodes) if value is not None)


def _refuses(value: cst.BaseExpression | None) -> bool:
    """Whether a function answers with the status of a failure: `return {"msg": "…"}, HTTPStatus.BAD_REQUEST`."""
    last = value.elements[1].value if isinstance(value, cst.Tuple) and len(value.elements) > 1 else None
    return last is not None and _REFUSES.fullmatch(last.value if isinstance(last, cst.Integer) else dotted(last)) is not None


def _marks(node: cst.Assign) -> bool:
    """Whether a row, an object or an answer is marked as failed, where others look for it: `job.status = "error"`,
    `health["status"] = "degraded"`.
    """
    kept = [one.target for one in node.targets if isinstance(one.target, cst.Attribute | cst.Subscript)]
    if not any(_STATE.search(name.rpartition(".")[2]) for target in kept for name in _names(target)):
        return False
    named = node.value.raw_value if isinstance(node.value, cst.SimpleString) else dotted(node.value)
    return _FAILURE.search(named) is not None or re.fullmatch(r"(?i)err\w*|\w*_err", named) is not None


def _kept(node: cst.CSTNode) -> cst.BaseExpression | None:
    """What a statement returns in a container, or stores under a name that says it is about a failure."""
    if isinstance(node, cst.Return) and isinstance(node.value, cst.Dict | cst.Tuple):
        return node.value
    if isinstance(node, cst.Assign) and any(
        _KEPT_FOR_READERS.search(name) for one in node.targets for name in _names(one.target)
    ):
        return node.value
    return None


def _names(target: cst.BaseExpression) -> Iterator[str]:
    """What something is stored under: `error`; both `errors` and `base` of `errors["base"]`."""
    yield dotted(target)
    if isinstance(target, cst.Subscript):
        for part in target.slice:
            if isinstance(part.slice, cst.Index) and isinstance(part.slice.value, cst.SimpleString):
                yield part.slice.value.raw_value


def _texts(value: cst.BaseExpression) -> Iterator[str]:
    """The words that a text, or a container of texts, holds; those of a call that translates or fills them too."""
    if isinstance(value, cst.Dict | cst.Tuple | cst.List):
        for element in value.elements:
            yield from _texts(element.value)
    elif isinstance(value, cst.BinaryOperation):
        yield from _texts(value.left)
    elif isinstance(value, cst.Call) and value.args and _is_constant(value):
        yield from _texts(value.args[0].value)
    elif isinstance(value, cst.SimpleString):
        yield value.raw_value


def is_plain(value: cst.CSTNode) -> bool:
    """Whether a value comes without work: a constant, a name, an attribute, a container of them."""
    return not any(
        isinstance(part, cst.Await | cst.Yield) or (isinstance(part, cst.Call) and not _is_constant(part))
        for part in preorder(value)
    )


def _is_constant(call: cst.Call) -> bool:
    """`set()`, `Decimal("0")`, `_("unknown")`, `Order.objects.none()`; a `dict(row)` is made of something and is none."""
    return last_name(call) in handling().calls.constants and not any(
        isinstance(part, cst.Name) and not part.value.isupper() and part.value not in ("None", "True", "False")
        for arg in call.args
        for part in preorder(arg.value)
    )


def is_empty(value: cst.CSTNode) -> bool:
    """Whether a value is nothing: None, True, False, a number, or an empty text or container."""
    if isinstance(value, cst.Name):
        return value.value in ("None", "True", "False")
    if isinstance(value, cst.SimpleString):
        return not value.raw_value
    if isinstance(value, cst.List | cst.Dict | cst.Tuple):
        return not value.elements
    return isinstance(value, cst.BaseNumber) or (isinstance(value, cst.Call) and not value.args and _is_constant(value))
