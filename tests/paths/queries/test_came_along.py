"""What came with rows by other ways than the loop's own query: through a function, under a name, or where code looks first."""

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project
from tests.paths.queries.asked import Places, marked

MODELS = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    shop = models.ForeignKey(Customer, related_name="sold", on_delete=models.CASCADE)

    @classmethod
    def with_totals(cls, rows):
        rows = rows.annotate(total=models.Count("lines"))
        return rows.order_by("pk")

    @property
    def total(self):
        return self.lines.filter(open=True).count()

    @property
    def stocks(self):
        if hasattr(self, "open_lines"):
            return [line.stock for line in self.open_lines]
        return [line.stock for line in self.lines.filter(open=True)]

class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
"""
USES = """
from django.db.models import Prefetch
from shop.models import Line, Order

def rows():
    return Order.with_totals(Order.objects.filter(open=True).select_related(
        "customer",
    ))

def open_rows():
    return Order.objects.prefetch_related(Prefetch("lines", Line.objects.filter(open=True), to_attr="open_lines"))
"""


def repeated(files: dict[str, str]) -> Places:
    """Path and line of every question that is asked once per element, but for those that only a page may ask."""
    found = (one for one in project(files).repeated_queries if one.confidence is not Confidence.LOW)
    return {(one.location.path, one.location.line) for one in found}


@pytest.mark.parametrize(
    "body",
    [
        "return [order.customer.name for order in rows()]",
        "return [order.total for order in rows()]",
        "return [order.stocks for order in open_rows()]",
    ],
)
def test_what_a_function_hands_back_of_its_rows_keeps_what_they_came_with(body: str) -> None:
    assert repeated({"shop/models.py": MODELS, "shop/lists.py": f"{USES}\ndef show():\n    {body}\n"}) == set()


def test_what_such_a_function_was_not_given_is_asked_once_a_row() -> None:
    files = {"shop/models.py": MODELS, "shop/lists.py": f"{USES}\ndef show():\n    return [o.shop.name for o in rows()]  # <-\n"}
    assert repeated(files) == marked(files)


def test_a_property_asks_where_no_query_named_it_or_what_it_looks_for() -> None:
    models = MODELS.replace("count()", "count()  # <-").replace("filter(open=True)]", "filter(open=True)]  # <-")
    uses = f"{USES}\ndef show():\n    return [(order.total, order.stocks) for order in Order.objects.all()]\n"
    files = {"shop/models.py": models, "shop/lists.py": uses}
    assert repeated(files) == marked(files)


def test_a_row_that_ends_the_loop_is_one_row() -> None:
    body = "def first(wanted):\n    for o in Order.objects.all():\n        if o.name == wanted:\n            return label(o)\n"
    label = "\ndef label(order):\n    return order.customer.name\n"
    assert repeated({"shop/models.py": MODELS, "shop/lists.py": f"{USES}\n{body}{label}"}) == set()
