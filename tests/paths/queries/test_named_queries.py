"""A query that a function gives a name asks once it is gone through or counted, in every turn of a loop that calls it."""

import pytest

from tests.paths.projects import project

SHOP = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    paid = models.BooleanField()

def orders_of(customer):
    orders = Order.objects.filter(customer=customer)
    {use}

def report():
    return [orders_of(customer) for customer in Customer.objects.all()]
"""


@pytest.mark.parametrize(
    ("use", "asked"),
    [
        ("return sum(1 for order in orders if order.paid)", True),
        ("return len(orders)", True),
        ("return {order.pk: order for order in orders}", True),
        ("return list(orders)", True),
        ("return orders", False),
        ("return orders.filter(paid=True)", False),
    ],
)
def test_a_named_query_is_asked_where_it_is_gone_through(use: str, asked: bool) -> None:
    found = project({"shop/models.py": SHOP.replace("{use}", use)}).repeated_queries
    assert [one.location.line for one in found] == ([12] if asked else [])


def test_it_is_asked_once_however_often_its_rows_are_used() -> None:
    use = "total = len(orders)\n    return [order.paid for order in orders], total"
    found = project({"shop/models.py": SHOP.replace("{use}", use)}).repeated_queries
    assert [one.location.line for one in found] == [12]
