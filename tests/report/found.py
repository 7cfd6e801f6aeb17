"""What a made-up audit found in the made-up shop: a finding of each kind, and many of one."""

from auditor.model.finding import Confidence, Finding, Hop, Location, Related, Severity, Suppression, fingerprint
from auditor.model.snapshot import RuleInfo
from tests.report.tree import TREE, place

RULES = (
    RuleInfo(
        "dependencies/vulnerable",
        "package with a known vulnerability",
        "A published hole is the cheapest way in: the recipe is public and scanners look for it all day.",
        "high",
        (1395,),
    ),
    RuleInfo(
        "duplication/clone",
        "the same code in two places",
        "A mistake mended in one copy lives on in the others.",
        "low",
    ),
    RuleInfo(
        "errors/broad-except",
        "handler that catches everything and loses the traceback",
        "Who catches `Exception` catches the bug beside the failure that was meant.\n\n"
        "Log it with its traceback, or name the type.",
        "medium",
        (396,),
    ),
    RuleInfo(
        "errors/generic-raise",
        "raise of Exception itself",
        "Who wants to handle `Exception` must handle everything else with it.",
        "low",
        (397,),
    ),
    RuleInfo(
        "errors/swallowed-exception",
        "error that nobody hears of",
        "A handler that does nothing turns a failure into a wrong answer: the order is paid, and no one is told.",
        "high",
        (390, 391),
    ),
    RuleInfo(
        "errors/unhandled-error-path",
        "error that reaches the client unhandled",
        "From this entry point an error of the effect goes all the way up: the customer sees a blank page.",
        "critical",
        (248,),
    ),
    RuleInfo(
        "security/todo",
        "unfinished security work",
        "A note that a check is missing is a finding somebody already made.",
        "high",
        (1078,),
    ),
)


def _finding(rule: str, severity: Severity, location: Location, message: str, **more: object) -> Finding:
    print_ = fingerprint(rule, location.path, message, location.line)
    confidence = more.pop("confidence", Confidence.HIGH)
    return Finding(rule, severity, confidence, location, message, fingerprint=print_, **more)  # type: ignore[arg-type]


def findings() -> tuple[Finding, ...]:
    """One of each kind: with a path, with related places, with facts, suppressed both ways, without a file."""
    views, service, gateway = "shop/orders/views.py", "shop/payments/service.py", "shop/payments/gateway.py"
    found = [
        _finding(
            "errors/unhandled-error-path",
            Severity.CRITICAL,
            place(views, "def pay"),
            "POST /orders/<int:order_id>/pay: KeyError of answer.json()['id'] reaches the client unhandled",
            path=(
                Hop(place(views, "def pay"), "entry point POST /orders/<int:order_id>/pay"),
                Hop(place(views, "settle(order, request"), "calls settle"),
                Hop(place(service, "gateway.charge"), "calls Gateway.charge"),
                Hop(place(gateway, 'answer.json()["id"]'), "may raise KeyError"),
            ),
            facts={"entry point": "POST /orders/<int:order_id>/pay", "error": "KeyError"},
        ),
        _finding(
            "errors/swallowed-exception",
            Severity.HIGH,
            place(gateway, "except Exception", "return None"),
            "every error of the charge becomes None: the order is marked as paid",
        ),
        _finding(
            "security/todo",
            Severity.HIGH,
            place(gateway, "# TODO"),
            "webhook amounts are trusted without a check of the signature: complete it",
            facts={"category": "verification", "age": "413 days", "author": "m.okafor", "ticket": "SHOP-412"},
        ),
        _finding(
            "errors/broad-except",
            Severity.MEDIUM,
            place(gateway, "except requests.RequestException"),
            "logs the error without its traceback",
            confidence=Confidence.MEDIUM,
        ),
        _finding(
            "errors/generic-raise",
            Severity.LOW,
            place(gateway, 'raise Exception("refund'),
            "raises Exception, which nobody can catch without catching everything",
        ),
        _finding(
            "duplication/clone",
            Severity.LOW,
            place("shop/reports/monthly.py", "result = {}", "return result"),
            "8 lines stand in 2 places with other names",
            related=(Related(place("shop/reports/weekly.py", "found = {}", "return found"), "other names"),),
            facts={"type": "2", "lines": "8"},
        ),
        _finding(
            "dependencies/vulnerable",
            Severity.HIGH,
            Location("requirements.txt", 3),
            "jinja2 3.1.2 has GHSA-h5c8-rqwp-cp95 (CVSS 6.1): fixed in 3.1.3",
            facts={"advisory": "GHSA-h5c8-rqwp-cp95", "cvss": "6.1", "fixed in": "3.1.3"},
        ),
        _finding(
            "errors/swallowed-exception",
            Severity.MEDIUM,
            Location("shop/vendor_bridge.py", 88, 9, 90, 13),
            "a failure of the vendor's SDK is passed over",
            suppressed=Suppression("comment", "the vendor's SDK raises anything", "2027-01-31", 88),
        ),
        _finding(
            "errors/broad-except",
            Severity.LOW,
            Location("shop/worker.py", 31, 5, 33, 20),
            "catches everything in the worker's loop",
            suppressed=Suppression("accepted", "the loop is a boundary; it logs"),
        ),
    ]
    return tuple(sorted(found, key=lambda finding: finding.sort_key))


def many(number: int) -> tuple[Finding, ...]:
    """`number` findings spread over rules, folders and lines of the sample tree."""
    spots = [(path, line, text) for path, body in TREE.items() for line, text in enumerate(body.split("\n"), 1) if text.strip()]
    rules = [("errors/broad-except", "medium"), ("errors/generic-raise", "low"), ("errors/swallowed-exception", "high")]
    found = []
    for index in range(number):
        path, line, text = spots[index % len(spots)]
        rule, severity = rules[index % len(rules)]
        message = f"catches everything and says nothing of it, for the {index + 1:,}th time in this code base"
        mark = fingerprint(rule, path, text, index)
        here = Location(path, line, 1, line, len(text) + 1)
        found.append(Finding(rule, Severity(severity), Confidence.HIGH, here, message, fingerprint=mark))
    return tuple(sorted(found, key=lambda finding: finding.sort_key))
