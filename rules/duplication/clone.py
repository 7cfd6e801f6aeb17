"""Stretches of code that stand in several places."""

from collections.abc import Iterator

from auditor.rule import CloneGroup, Confidence, Finding, Location, Project, ProjectRule, Related, Severity

WORDS = {
    "exact": "stands word for word",
    "renamed": "stands with other names",
    "gapped": "stands with a few statements changed",
}


class Clone(ProjectRule):
    """
    A copy does not hear of it when the other one is mended. Put what the places share into one function, or say why
    they have to stay apart. Heads of functions, fields and constants do not count. Copies that are small or of which little is
    the same are told with low confidence, and so are tests that resemble each other, for tests repeat themselves on purpose.
    """

    title = "code that stands more than once"
    severity = Severity.LOW
    cwe = (1041,)
    judges = ("source", "test")
    bad = [
        """
        def settle(order, gateway, log):  # <-
            if order.paid:
                return None
            total = sum(line.price * line.amount for line in order.lines)
            answer = gateway.charge(order.customer, total, currency=order.currency)
            if not answer.ok:
                log.warning("declined %s", order.number)
                raise Declined(order.number, answer.code)
            return answer

        def pay(invoice, gateway, log):
            if invoice.paid:
                return None
            due = sum(line.price * line.amount for line in invoice.lines)
            answer = gateway.charge(invoice.customer, due, currency=invoice.currency)
            if not answer.ok:
                log.warning("refused %s", invoice.number)
                raise Declined(invoice.number, answer.code)
            return answer
        """,
    ]
    good = [
        """
        class Book:
            def __init__(self, title, author, isbn, publisher, year, pages):
                self.title = title
                self.author = author
                self.isbn = isbn
                self.publisher = publisher
                self.year = year
                self.pages = pages

        class Room:
            def __init__(self, name, floor, wing, key, phone, owner):
                self.name = name
                self.floor = floor
                self.wing = wing
                self.key = key
                self.phone = phone
                self.owner = owner
        """,
        """
        class OrderList(ListView):
            model = Order
            template_name = "orders.html"
            context_object_name = "orders"
            permission = "orders.read"
            paginate_by = 50

            def get_queryset(self):
                return self.request.shop.orders.all()

        class ParcelList(ListView):
            model = Parcel
            template_name = "parcels.html"
            context_object_name = "parcels"
            permission = "parcels.read"
            paginate_by = 25

            def get_queryset(self):
                return self.request.depot.parcels.all()
        """,
        "RATES = {\n" + "".join(f"    'k{n}': ({n}, 'x'),\n" for n in range(30)) + "}\n",
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for group in project.clone_groups:
            first, *others = group.places
            confidence = Confidence(group.confidence)
            yield self.finding(
                Location(first.path, first.line, 1, first.end_line),
                _message(group),
                severity=Severity.INFO if confidence is Confidence.LOW else self.severity,
                confidence=confidence,
                related=tuple(Related(Location(p.path, p.line, 1, p.end_line), p.name) for p in others),
                facts={
                    "kind": group.kind,
                    "places": str(len(group.places)),
                    "lines": str(first.lines),
                    "removable_lines": str(group.removable(group.places)),
                },
            )


def _message(group: CloneGroup) -> str:
    others = group.places[1:]
    where = f"{others[0].path}:{others[0].line}" + (f" and {len(others) - 1} more" if len(others) > 1 else "")
    return f"these {group.places[0].lines} lines are a copy that {WORDS[group.kind]} in {where}"
