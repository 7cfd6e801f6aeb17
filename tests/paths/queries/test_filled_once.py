"""What a loop asks once although the question stands in it, and what it may end at."""

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project

MODELS = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
"""
ASKS = """
import sqlite3

from shop.models import Customer, Order

class Desk:
    @property
    def customer(self):
        if not self._customer:
            self._customer = Customer.objects.get(name=self.name)
        return self._customer

    def newest(self):
        self._newest = Order.objects.latest("pk")
        return self._newest

    def work(self, keys, connection: sqlite3.Connection):
        first = None
        {body}
"""


def asked(body: str) -> list[tuple[str, bool]]:
    text = ASKS.format(body=body.replace("\n", "\n        "))
    found = project({"shop/models.py": MODELS, "shop/desk.py": text}).repeated_queries
    return [(one.text, one.confidence is not Confidence.LOW) for one in found]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("for key in keys:\n    if first is None:\n        first = Order.objects.first()\n    print(first)", []),
        (
            "for key in keys:\n    first = None\n    if not first:\n        first = Order.objects.first()",
            [("Order.objects.first", True)],
        ),
        ("for key in keys:\n    print(self.customer.name, key)", []),
        ("for key in keys:\n    print(self.newest().pk, key)", [("Order.objects.latest", True)]),
    ],
)
def test_what_fills_a_name_that_is_empty_is_asked_once(body: str, found: list[tuple[str, bool]]) -> None:
    assert asked(body) == found


@pytest.mark.parametrize(
    ("body", "sure"),
    [
        ("return [order for order in Order.objects.all() if order.lines.count()]", True),
        ("for order in Order.objects.all():\n    if order.lines.count() > 0:\n        return order", False),
        ("for key in keys:\n    connection.execute('DELETE FROM orders WHERE id = ?', key)", True),
        ("for key in keys:\n    table = f'shop_{key}'\n    connection.execute(f'DELETE FROM {table}')", False),
        ("for key in keys:\n    table = f'shop_{key}'\n    sql = f'DELETE FROM {table}'\n    connection.execute(sql)", False),
    ],
)
def test_what_may_end_at_the_first_or_goes_from_table_to_table_is_in_doubt(body: str, sure: bool) -> None:
    assert [one for _, one in asked(body)] == [sure]
