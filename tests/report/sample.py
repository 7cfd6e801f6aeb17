"""Made-up audits for the tests of reports: always the same, with every kind of thing that a report can show."""

from pathlib import Path

from auditor.model.finding import Confidence, Finding, Hop, Location, Related, Severity, Suppression, fingerprint
from auditor.model.measure import Basis, Measure, unknown
from auditor.model.roadmap import Progress, Roadmap, Sprint, State, Target
from auditor.model.snapshot import Crashed, Package, RuleInfo, Scope, Skipped, Snapshot
from auditor.model.verdict import Grade, GradeLine, Verdict
from auditor.report.excerpt import read
from auditor.report.view import View, build

TREE = {
    "shop/payments/gateway.py": '''\
"""Talks to the card processor."""

import logging

import requests

logger = logging.getLogger(__name__)


class Gateway:
    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    def charge(self, order, card):
        # TODO: verify the signature of the webhook before we trust its amount (SHOP-412)
        payload = {"amount": str(order.total), "currency": order.currency, "card": card.token}
        try:
            answer = requests.post(f"{self.url}/charges", json=payload, headers={"Authorization": self.token})
        except Exception:
            return None
        return answer.json()["id"]

    def refund(self, order, amount):
        try:
            return requests.post(f"{self.url}/refunds", json={"order": order.id, "amount": str(amount)}).json()
        except requests.RequestException as error:
            logger.error("refund of %s failed: %s", order.id, error)
            raise Exception("refund failed")
''',
    "shop/orders/views.py": '''\
"""What customers do with their orders."""

from flask import Blueprint, jsonify, request

from shop.orders.models import Order
from shop.payments.service import settle

bp = Blueprint("orders", __name__, url_prefix="/orders")


@bp.post("/<int:order_id>/pay")
def pay(order_id):
    order = Order.query.get_or_404(order_id)
    receipt = settle(order, request.json["card"])
    return jsonify(receipt)


@bp.get("/export")
def export():
    rows = []
    for order in Order.query.all():
        rows.append({"id": order.id, "customer": order.customer.name, "total": str(order.total)})
    return jsonify(rows)
''',
    "shop/payments/service.py": '''\
"""Settling what is owed."""

from shop.payments.gateway import Gateway

gateway = Gateway("https://cards.example.com", "secret")


def settle(order, card):
    charge_id = gateway.charge(order, card)
    order.paid = True
    order.charge_id = charge_id
    return {"order": order.id, "charge": charge_id}
''',
    "shop/reports/monthly.py": '''\
"""The month in figures."""


def totals(orders):
    result = {}
    for order in orders:
        month = order.created.strftime("%Y-%m")
        bucket = result.setdefault(month, {"orders": 0, "gross": 0, "tax": 0})
        bucket["orders"] += 1
        bucket["gross"] += order.total
        bucket["tax"] += order.tax
    return result
''',
    "shop/reports/weekly.py": '''\
"""The week in figures."""


def totals(orders):
    found = {}
    for item in orders:
        week = item.created.strftime("%G-W%V")
        entry = found.setdefault(week, {"orders": 0, "gross": 0, "tax": 0})
        entry["orders"] += 1
        entry["gross"] += item.total
        entry["tax"] += item.tax
    return found
''',
}

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


def place(path: str, needle: str, end: str = "") -> Location:
    """The location of the line that holds `needle` in the sample tree."""
    lines = TREE[path].split("\n")
    number = next(index for index, line in enumerate(lines, 1) if needle in line)
    last = next((index for index, line in enumerate(lines, 1) if end and end in line and index >= number), number)
    column = lines[number - 1].index(needle) + 1
    return Location(path, number, column, last, len(lines[last - 1]) + 1)


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


def roadmap() -> Roadmap:
    """Three sprints: one past, one running, one ahead."""
    return Roadmap(
        title="Shop, fourth quarter",
        starts="2026-10-05",
        sprints=(
            Sprint(
                "Sprint 1",
                "2026-10-05",
                "2026-10-23",
                (1, 3),
                "Security",
                "Close what an attacker would try first",
                ("Security TODOs resolved", "Rate limits per tenant"),
            ),
            Sprint("Sprint 2", "2026-11-09", "2026-11-27", (6, 8), "Performance", "Answer in a fifth of a second"),
            Sprint(
                "Sprint 3",
                "2026-11-30",
                "2026-12-18",
                (9, 11),
                "Maintainability",
                "Half the copies, half the surprises",
            ),
        ),
        source="ROADMAP.md",
    )


def progress() -> tuple[Progress, ...]:
    """A target in each state."""

    def target(text: str, sprint: str, measure: str, comparator: str, goal: float | None, **more: object) -> Target:
        return Target(text, measure, comparator, goal, sprint=sprint, **more)  # type: ignore[arg-type]

    return (
        Progress(
            target(
                "All security TODO/FIXME comments resolved",
                "Sprint 1",
                "todo.security",
                "<=",
                0,
                baseline=9,
                unit="count",
                claimed=True,
            ),
            State.CLAIMED,
            1,
            0,
            0.89,
            "claimed done, but 1 is left: shop/payments/gateway.py:16",
        ),
        Progress(
            target(
                "Zero critical/high vulnerabilities",
                "Sprint 1",
                "dependencies.critical_or_high",
                "<=",
                0,
                baseline=2,
                unit="count",
            ),
            State.ON_THE_WAY,
            1,
            0,
            0.5,
            "1 left of 2",
        ),
        Progress(
            target(
                "Per-tenant rate limiting active",
                "Sprint 1",
                "manual",
                "==",
                None,
                evidence="the limiter's settings and a test that gets 429",
            ),
            State.UNKNOWN,
            None,
            None,
            None,
            "needs evidence that a person brings",
        ),
        Progress(
            target(
                "95th percentile response time < 200 ms (currently ~250 ms)",
                "Sprint 2",
                "latency.p95_ms",
                "<",
                200,
                baseline=250,
                unit="ms",
            ),
            State.WORSE,
            262.4,
            200,
            0,
            "worse than the baseline by 12.4 ms",
        ),
        Progress(
            target("Cache hit rate above 70 %", "Sprint 2", "cache.hit_pct", ">", 70, baseline=65, unit="%"),
            State.STALE,
            71.5,
            70,
            1,
            "measured 94 days ago",
        ),
        Progress(
            target(
                "Dependency count reduced from 104 to under 90",
                "Sprint 2",
                "dependencies.count",
                "<",
                90,
                baseline=104,
                unit="packages",
            ),
            State.MET,
            87,
            90,
            1,
            "87 packages",
        ),
        Progress(
            target(
                "Code duplication reduced by 40 %",
                "Sprint 3",
                "duplication.density_pct",
                "<=",
                40,
                baseline=12.5,
                unit="%",
                relative=True,
            ),
            State.ON_THE_WAY,
            9.8,
            7.5,
            0.54,
            "down by 2.7 points of 5",
        ),
        Progress(
            target("Zero data-loss incidents", "", "incident.data_loss", "<=", 0, unit="count"),
            State.UNKNOWN,
            None,
            0,
            None,
            "no figure was handed in",
        ),
    )


def measures() -> tuple[Measure, ...]:
    """Known, unknown, declared and stale ones, of the project and of places in it."""
    return (
        Measure("complexity.average", 3.42, "count", source="radon"),
        *(
            Measure("complexity.function", 31 - n * 2, "count", f"shop/orders/models.py:Order.step_{n}", "radon")
            for n in range(12)
        ),
        Measure(
            "cache.hit_pct",
            71.5,
            "%",
            source="prometheus",
            basis=Basis.STALE,
            note="94 days old",
            taken_at="2026-08-22T08:00:00+00:00",
        ),
        unknown("coverage.line_pct", "no coverage report was handed in", "%"),
        Measure("dependencies.count", 87, "packages"),
        Measure("duplication.density_pct", 9.8, "%"),
        Measure("duplication.removable_lines", 1204, "lines"),
        Measure("latency.p95_ms", 262.4, "ms", source="k6", basis=Basis.DECLARED, link="https://ci.example.com/runs/812"),
        Measure("size.lines", 82435, "lines"),
        Measure("todo.count", 118, "count"),
        Measure("todo.security", 1, "count"),
    )


def packages() -> tuple[Package, ...]:
    """Clean, vulnerable and not audited ones."""
    return (
        Package("flask", "3.1.0", True, True, "clean", manifest="requirements.txt"),
        Package("jinja2", "3.1.2", False, True, "vulnerable", "", "requirements.txt", ("GHSA-h5c8-rqwp-cp95",), ("flask",)),
        Package("pytest", "8.3.4", True, False, "clean", manifest="requirements-dev.txt"),
        Package("shop-internal", "", True, True, "not audited", "no version is pinned", "requirements.txt"),
    )


def verdict() -> Verdict:
    """A failed gate and a capped grade."""
    grade = Grade(
        letter="C+",
        score=71.4,
        formula="1",
        lines=(
            GradeLine("Findings", "1 critical, 3 high, 1 medium, 2 low", "82 thousand lines", 22.1, 30),
            GradeLine("Duplication", "9.8%", "82,435 lines", 12, 20),
            GradeLine("Dependencies", "1 vulnerable of 86 audited", "87 packages", 9, 15, "1 package not audited"),
            GradeLine("Complexity", "12 functions above 15", "3,914 functions", 14, 15),
            GradeLine("Tests", "not measured", "", None, 20, "no coverage report was handed in"),
        ),
        caps=("capped at B+: coverage not measured", "capped at B: 1 package not audited"),
    )
    reasons = ("1 critical finding, 0 allowed", "3 high findings, 0 allowed", "grade C+ is below B")
    return Verdict(False, 1, reasons, grade, progress())


def snapshot(found: tuple[Finding, ...] | None = None) -> Snapshot:
    """The whole made-up audit, with other findings where they are given."""
    return Snapshot(
        project="shop",
        commit="3f2a91c04bd7",
        taken_at="2026-11-20T16:05:00+00:00",
        tool_version="0.1.0",
        findings=findings() if found is None else found,
        measures=measures(),
        skipped=(
            Skipped("shop/legacy/dump.py", "is not valid utf-8"),
            Skipped("shop/legacy/fixtures.py", "larger than 2048 KiB (setting discover.max_file_kib)"),
            Skipped("shop/static", "a link out of the tree", "left out"),
        ),
        crashed=(
            Crashed(
                "duplication/controller-pattern",
                "shop/admin.py",
                12,
                "Traceback (most recent call last):\n  …\nKeyError: 'x'",
            ),
        ),
        rules=RULES,
        packages=packages(),
        scope=Scope({"source": 812, "test": 240}, {"source": 82435, "test": 30112}),
    )


def sample(root: Path, found: tuple[Finding, ...] | None = None) -> View:
    """A view of it, with excerpts from the sample tree written below `root`."""
    for path, body in TREE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(body, encoding="utf-8")
    (root / "requirements.txt").write_text("flask==3.1.0\nshop-internal\njinja2==3.1.2\n", encoding="utf-8")
    shot = snapshot(found)
    return build(shot, verdict(), roadmap(), read(root, shot.findings), 4210, "auditor audit . --format html")


def empty() -> View:
    """An audit that found nothing to judge."""
    bare = Snapshot("bare", "", "2026-11-20T16:05:00+00:00", "0.1.0")
    return build(bare, Verdict(None, 3, ("nothing to judge: no Python file was found",), Grade("-", None, "1")))


def clean() -> View:
    """A small audit in which all is well."""
    shot = Snapshot(
        "tidy",
        "9d1c2b3a4f5e",
        "2026-11-20T16:05:00+00:00",
        "0.1.0",
        measures=(Measure("size.lines", 1200, "lines"),),
        rules=RULES,
        scope=Scope({"source": 14}, {"source": 1200}),
    )
    grade = Grade("A", 95, "1", (GradeLine("Findings", "none", "1 thousand lines", 95, 100),))
    return build(shot, Verdict(True, 0, (), grade))
