"""Handlers that catch everything and keep too little of it."""

from collections.abc import Iterator

import libcst as cst

from auditor.rule import Finding, NodeRule, Region, Severity
from auditor.rule.handler import BROAD, Fate, caught, fate


class BroadExcept(NodeRule[cst.ExceptHandler | cst.ExceptStarHandler]):
    """
    A handler for everything also catches what nobody thought of: a typo, a changed interface, a full disk. Without the
    traceback none of these can be told apart afterwards. Catch the types that are expected, or keep the traceback
    (`logger.exception`, `exc_info=True`, an error tracker), or hand the error on.
    """

    title = "catches everything and loses the traceback"
    severity = Severity.MEDIUM
    cwe = (396,)
    boundaries = True
    screen = r"except\b\s*\*?\s*(:|[^:]*\b(Base)?Exception\b)"
    bad = [
        "try:\n    pay()\nexcept Exception as error:  # <-\n    logger.error('failed: %s', error)\n",
        "try:\n    pay()\nexcept Exception:  # <-\n    notify_owner()\n",
        "try:\n    pay()\nexcept:  # <-\n    print('failed')\n",
        "def view(request):\n    try:\n        pay()\n    except Exception:  # <-\n        return JsonResponse({}, status=500)\n",
        "try:\n    pay()\nexcept Exception as error:  # <-\n    errors.append(str(error))\n",
        "try:\n    pay()\nexcept Exception:  # <-\n    log.warning('failed', exc_info=False)\n",
        "while True:\n    try:\n        work()\n    except Exception as error:  # <-\n        log.error(error)\n",
    ]
    good = [
        "try:\n    pay()\nexcept Exception:\n    logger.exception('failed')\n",
        "try:\n    pay()\nexcept Exception as error:\n    logger.error('failed: %s', error, exc_info=True)\n",
        "try:\n    pay()\nexcept Exception as error:\n    sentry_sdk.capture_exception(error)\n",
        "try:\n    pay()\nexcept Exception as error:\n    rollback()\n    raise PaymentFailed() from error\n",
        "try:\n    pay()\nexcept Exception as error:\n    future.set_exception(error)\n",
        "try:\n    pay()\nexcept Exception as error:\n    self.last_error = error\n",
        "try:\n    pay()\nexcept Exception as error:\n    return report(order, error)\n",
        "try:\n    pay()\nexcept Exception:\n    traceback.print_exc()\n",
        "try:\n    pay()\nexcept PaymentException as error:\n    logger.error(error)\n",
        "try:\n    pay()\nexcept Exception:\n    pass  # the graver rule tells of this one\n",
        "while True:\n    try:\n        work()\n    except Exception:\n        log.exception('again')\n",
    ]

    def check(self, node: cst.ExceptHandler | cst.ExceptStarHandler, region: Region) -> Iterator[Finding]:
        broad = [name for name in caught(node, region) if name in BROAD]
        if not broad:
            return
        what = f"`except {broad[0]}`" if broad[0] else "a bare `except`"
        becomes = fate(node)
        facts = {"boundary": "handler"}
        if becomes is Fate.TOLD:
            message = f"{what} keeps the error's text and loses its traceback"
            yield self.finding(region.location(node), message, severity=Severity.LOW, facts=facts)
        elif becomes is Fate.ANSWERED:
            message = f"{what} answers whoever asked, and leaves no trace for whoever has to find the cause"
            yield self.finding(region.location(node), message, facts=facts)
        elif becomes is Fate.DONE_WITHOUT:
            message = f"{what} carries on without a word of what went wrong"
            yield self.finding(region.location(node), message, facts=facts)
