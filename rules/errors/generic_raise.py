"""Raising the root of all exceptions."""

from collections.abc import Iterator

import libcst as cst

from auditor.rule import Finding, NodeRule, Region, Severity


class GenericRaise(NodeRule[cst.Raise]):
    """
    Who wants to handle `Exception` must handle everything else with it. An error of its own type can be caught by the
    one caller who knows what to do, and can be told from a bug.
    """

    title = "raise of Exception itself"
    severity = Severity.LOW
    cwe = (397,)
    screen = r"raise\b[\s(]*(\w+\.)*(Base)?Exception\b"
    bad = [
        "def pay(order):\n    raise Exception('no gateway')  # <-\n",
        "raise BaseException  # <-\n",
        "import builtins\n\ndef pay(order):\n    if not order:\n        raise(builtins.Exception)  # <-\n",
        "try:\n    pay()\nexcept OSError as error:\n    raise Exception('no gateway') from error  # <-\n",
    ]
    good = [
        "def pay(order):\n    raise ValueError('no order')\n",
        "class PaymentException(Exception): ...\ndef pay(order):\n    raise PaymentException('no gateway')\n",
        "from gateway.errors import Exception\n\nraise Exception('no gateway')\n",
        "try:\n    pay()\nexcept Exception:\n    raise\n",
        "from gateway import errors\n\nraise errors.Exception.of('no gateway')\n",
    ]

    def check(self, node: cst.Raise, region: Region) -> Iterator[Finding]:
        raised = node.exc.func if isinstance(node.exc, cst.Call) else node.exc
        name = region.name(raised).removeprefix("builtins.")
        if name in ("Exception", "BaseException"):
            yield self.finding(region.location(node), f"raises {name}, which nobody can catch without catching everything")
