"""A handler that catches everything and keeps too little of it."""

from collections.abc import Iterator

import libcst as cst

from auditor.rule import Confidence, Finding, NodeRule, Region, Severity, below
from auditor.rule.around import only_imports
from auditor.rule.handler import BROAD_SCREEN, AnyHandler, Fate, broad, caught, fate
from auditor.rule.names import last_name

LOST = {
    Fate.LOGGED: "logs it without the traceback: whoever reads the log learns that it failed, not where",
    Fate.TOLD: "keeps only its text: whoever reads that learns that something failed, not where",
    Fate.ANSWERED: "only answers: whoever asked sees a failure, and no log tells the operators why",
    Fate.DONE_WITHOUT: "goes on without it: a bug takes the same way as the failure that was meant, and no log tells them apart",
    Fate.RETRIED: "tries again without a word: a bug is tried as often as a failure, and its traceback is gone",
}
"""What becomes of the error, and who misses what."""


class BroadExcept(NodeRule[cst.ExceptHandler | cst.ExceptStarHandler]):
    """
    A handler for everything also catches the typing mistake of last Friday.
    Catch the types you mean; where everything is meant, keep the traceback
    (`logger.exception`, `exc_info`), hand the error on, or raise it again.
    """

    title = "everything caught, traceback lost"
    severity = Severity.MEDIUM
    cwe = (396,)
    screen = BROAD_SCREEN
    boundaries = True
    bad = [
        "try:\n    import ujson as json\nexcept Exception:  # <-\n    import json\n",
        """
        try:
            charge(order)
        except Exception as error:  # <-
            logger.error("charging failed: %s", error)
        """,
        """
        def price(order):
            try:
                return live_price(order)
            except:  # <-
                return cached_price(order)
        """,
        """
        def pay(request):
            try:
                charge(request.json)
            except Exception as error:  # <-
                return jsonify({"error": str(error)}), 500
        """,
        """
        async def pull(feed):
            while True:
                try:
                    await feed.next()
                except (TimeoutError, Exception) as error:  # <-
                    print("feed:", error)
        """,
        """
        def save(form):
            try:
                form.save()
            except BaseException:  # <-
                form.failed.append(form.name)
        """,
        """
        def charge_all(orders):
            failed = 0
            for order in orders:
                try:
                    charge(order)
                except Exception:  # <-
                    failed += 1
            if failed:
                logger.error("%s orders were not charged", failed)
        """,
        """
        def suspend(order):
            try:
                order.suspend()
                return []
            except Exception:  # <-
                return {"title": order.id, "list": [{"message": _("suspending %s failed") % order.id}]}
        """,
        """
        def first_answer(hosts):
            for host in hosts:
                try:
                    return ask(host)
                except Exception:  # <-
                    continue
            raise NobodyAnswers()
        """,
        """
        def start(request):
            try:
                run(request.job)
                found = {"success": True}
            except Exception:  # <-
                found = {"success": False}
            return JsonResponse(found)
        """,
        """
        def execute(job):
            try:
                job.run()
            except Exception:  # <-
                job.status = "ERR"
            job.save()
        """,
        """
        def kind(name):
            try:
                found = look_up(name)
            except Exception:  # <-
                found = None
            if not found:
                raise UnknownKind(name)
            return found
        """,
    ]
    good = [
        """
        def catalogue(apps, paths):
            found = {}
            for app in apps:
                try:
                    found.update(translations(app.path))
                except Exception:
                    continue  # errors/swallowed-exception says it: the next one is no other try
            for path in paths:
                found.update(translations(path))
            return found
        """,
        """
        try:
            charge(order)
        except Exception:
            logger.error("charging failed", exc_info=True)
        """,
        """
        try:
            charge(order)
        except Exception as error:
            raise ChargeFailed(order) from error
        """,
        """
        try:
            charge(order)
        except Exception as error:
            order.failures.append(error)
        """,
        """
        try:
            charge(order)
        except Exception:
            sentry_sdk.capture_exception()
            order.status = "failed"
            order.save()
        """,
        """
        from shop import exceptions

        def orders(request):
            try:
                return ledger.orders(request)
            except Exception:
                exceptions.handle(request, _("Unable to list the orders."))
                return []
        """,
        "try:\n    charge(order)\nexcept GatewayError as error:\n    logger.error('no charge: %s', error)\n",
        "try:\n    charge(order)\nexcept Exception:\n    pass  # errors/swallowed-exception says it\n",
        """
        def answer(words):
            logger.error(words, exc_info=sys.exc_info())
            return {"error": words}

        def pay(order):
            try:
                return charge(order)
            except Exception:
                return answer("not charged")
        """,
        """
        try:
            charge(order)
        except Exception as error:
            assert False, f"not charged: {error}"
        """,
        """
        def main():
            try:
                run()
            except Exception as error:
                log.critical("stopped: %s", error)
                return 1
        """,
        """
        def work(queue):
            while True:
                try:
                    queue.take().run()
                except Exception:
                    traceback.print_exc()
        """,
        """
        try:
            charge(order)
        except Exception as error:
            if not on_failure(error):
                raise
        """,
    ]

    def check(self, node: AnyHandler, region: Region) -> Iterator[Finding]:
        everything = broad(caught(node, region))
        if everything is None:
            return
        end = fate(node, region)
        if end not in LOST or (end is Fate.LOGGED and _is_main(node, region)):
            return
        told = end in (Fate.LOGGED, Fate.TOLD)
        yield self.finding(
            region.location(node),
            f"{everything} catches every error and {LOST[end]}",
            severity=Severity.LOW if told else Severity.MEDIUM,
            confidence=Confidence.LOW if _leaves_by_call(node) or only_imports(node, region) else Confidence.HIGH,
            facts={"boundary": "handler"},
        )


def _is_main(handler: AnyHandler, region: Region) -> bool:
    """Whether the handler is the last one of a program: in `main`, or in what runs when a file is a script."""
    around = region.enclosing(handler)
    return bool(around) and around[0].name in ("main", "_main", "amain", "async_main", "__main__")


def _leaves_by_call(handler: AnyHandler) -> bool:
    """Whether `abort(...)` or `exit(...)` ends the handler: they raise an error of their own."""
    return any(isinstance(node, cst.Call) and last_name(node) in ("abort", "exit", "fail") for node in below(handler.body))
