"""An error replaced by another without a word of the first."""

from collections.abc import Iterator

import libcst as cst

from auditor.rule import Finding, NodeRule, Region, Severity, below
from auditor.rule.handler import holds
from auditor.rule.names import dotted, last_name

NESTED = (cst.FunctionDef, cst.ClassDef, cst.Lambda, cst.ExceptHandler, cst.ExceptStarHandler)


class LostCause(NodeRule[cst.ExceptHandler | cst.ExceptStarHandler]):
    """
    An error raised while another is being handled hides where the trouble
    began. Name the first one with `from error`, or say `from None` to mean it.
    """

    title = "error raised without its cause"
    severity = Severity.LOW
    cwe = (755,)
    screen = r"(?s).*raise\b(?<=\braise)\s*[^\s#]"
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
        except GatewayError as error:
            raise PaymentFailed(f"not paid: {error}", code=str(error))  # <-
        """,
        """
        try:
            pay()
        except* GatewayError:
            if late:
                raise PaymentFailed  # <-
        """,
        """
        def show(request, key):
            try:
                return Order.objects.get(key=key)
            except Order.DoesNotExist:
                with translated(request):
                    raise(Http404(_("no such order")))  # <-
        """,
        """
        try:
            pay()
        except GatewayError as error:
            try:
                refund()
            except RefundError:
                raise errors.Stuck()  # <-
            raise error
        """,
    ]
    good = [
        "try:\n    pay()\nexcept GatewayError as error:\n    raise PaymentFailed() from error",
        "try:\n    pay()\nexcept GatewayError:\n    raise PaymentFailed() from None",
        "try:\n    pay()\nexcept GatewayError:\n    def later():\n        raise PaymentFailed()",
        "try:\n    pay()\nexcept GatewayError as error:\n    raise error",
        "try:\n    pay()\nexcept GatewayError as error:\n    raise self.retry(exc=error)",
        "try:\n    pay()\nexcept GatewayError as error:\n    raise PaymentFailed('not paid', cause=error)",
        "try:\n    pay()\nexcept GatewayError as error:\n    raise error.with_traceback(None)",
        "try:\n    pay()\nexcept GatewayError:\n    raise REFUSED\nelse:\n    raise Paid()",
        "try:\n    pay()\nexcept GatewayError:\n    abort(502)",
        "try:\n    main()\nexcept UsageError as error:\n    print(error)\n    raise SystemExit(2)",
    ]

    def check(self, node: cst.ExceptHandler | cst.ExceptStarHandler, region: Region) -> Iterator[Finding]:
        caught = node.name.name.value if node.name and isinstance(node.name.name, cst.Name) else ""
        for inner in below(node.body, NESTED):
            if isinstance(inner, cst.Raise) and inner.cause is None and _is_new(inner.exc, caught):
                yield self.finding(
                    region.location(inner),
                    "raises another error without `from`: whoever reads the traceback takes the cause for a second bug",
                )


LEAVING = frozenset(("retry", "SystemExit", "Finish", "Exit"))
"""What is raised to leave rather than to tell of an error: nobody reads its traceback."""


def _is_new(raised: cst.BaseExpression | None, caught: str) -> bool:
    """Whether a new error is made, by a call or by a type's capital letter, that is not handed the old one."""
    if isinstance(raised, cst.Call):
        handed = caught and (dotted(raised.func).partition(".")[0] == caught or any(holds(a.value, caught) for a in raised.args))
        return not handed and last_name(raised) not in LEAVING
    last = raised.attr if isinstance(raised, cst.Attribute) else raised
    is_type = isinstance(last, cst.Name) and last.value[:1].isupper() and not last.value.isupper()
    return is_type and dotted(raised).partition(".")[0] != caught
