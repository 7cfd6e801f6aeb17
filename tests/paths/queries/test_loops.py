"""Loops that repeat little, or end by themselves."""

from tests.paths.queries.asked import repeated

ORDERS = """
from django.db import models

class Order(models.Model):
    number = models.TextField(unique=True)
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)

class Customer(models.Model):
    name = models.TextField()
"""


def test_a_loop_that_asks_until_a_name_is_free_is_no_loop_over_rows() -> None:
    code = """
def free(number):
    while Order.objects.filter(
        number=number,
    ).exists():
        number = number + "x"
    return number
"""
    assert repeated({"shop.py": ORDERS + code}) == set()


def test_a_handful_of_rows_is_few() -> None:
    code = """
def newest():
    return [order.customer.name for order in Order.objects.order_by("-pk")[:5]]
"""
    assert repeated({"shop.py": ORDERS + code}) == set()


def test_migrations_may_lie_in_a_private_folder() -> None:
    code = """
def upgrade():
    for order in Order.objects.all():
        order.save()
"""
    assert repeated({"shop/_migrations/steps.py": ORDERS + code}) == set()
