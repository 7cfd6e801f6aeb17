"""An error replaced by another without a word of the first."""

from collections.abc import Iterator

import libcst as cst

from auditor.rule import Finding, NodeRule, Region, Severity, below, preorder

NESTED = (cst.FunctionDef, cst.ClassDef, cst.Lambda, cst.ExceptHandler, cst.ExceptStarHandler)


class LostCause(NodeRule[cst.ExceptHandler | cst.ExceptStarHandler]):
    """
    An error raised while another is being handled hides where the trouble
    began. Name the first one with `from error`, or say `from None` to mean it.
    """

    title = "error raised without its cause"
    severity = Severity.LOW
    cwe = (755,)
    screen = r"(?s).*\braise\s+[^\s]"
    bad = [
        """
        try:
            pay()
        except GatewayError as error:
            raise PaymentFailed()  # <-
        """,
        """
        try:
            pay()
        except* GatewayError:
            if late:
                raise PaymentFailed  # <-
        """,
    ]
    good = [
        "try:\n    pay()\nexcept GatewayError as error:\n    raise PaymentFailed() from error",
        "try:\n    pay()\nexcept GatewayError:\n    raise PaymentFailed() from None",
        "try:\n    pay()\nexcept GatewayError:\n    def later():\n        raise PaymentFailed()",
        "try:\n    pay()\nexcept GatewayError as error:\n    raise error",
        "try:\n    pay()\nexcept GatewayError as error:\n    raise self.retry(exc=error)",
    ]

    def check(self, node: cst.ExceptHandler | cst.ExceptStarHandler, region: Region) -> Iterator[Finding]:
        caught = node.name.name.value if node.name and isinstance(node.name.name, cst.Name) else ""
        for inner in below(node.body, NESTED):
            bare = isinstance(inner, cst.Raise) and inner.exc is not None and inner.cause is None
            if bare and _is_new(inner.exc, caught):
                    yield self.finding(region.location(inner), "raises another error and does not say `from` which one")


def _is_new(raised: cst.BaseExpression, caught: str) -> bool:
    """Whether a new error is made, by a call or by a type's capital letter, that is not handed the old one."""
    if isinstance(raised, cst.Call):
        names = [part.value for arg in raised.args for part in preorder(arg.value) if isinstance(part, cst.Name)]
        return not (caught and caught in names) and not _is_retry(raised)
    last = raised.attr if isinstance(raised, cst.Attribute) else raised
    return isinstance(last, cst.Name) and last.value[:1].isupper() and last.value != caught


def _is_retry(raised: cst.Call) -> bool:
    """Celery's `raise self.retry(...)` ends the task on purpose."""
    return isinstance(raised.func, cst.Attribute) and raised.func.attr.value == "retry"
