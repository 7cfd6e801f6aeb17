"""Rows that a dictionary keeps by their keys are rows wherever they are taken out of it."""

import pytest

from tests.paths.projects import project

SHOP = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
"""
KEYED = """
from shop.models import Order

def report(keys):
    orders = {made}
    return [order.customer.name for {taken}]

def close(keys):
    orders = {made}
    for key in keys:
        order = orders.get(key)
        if order:
            order.save()
"""
LOADED = 'Order.objects.select_related("customer")'


@pytest.mark.parametrize("taken", ["order in orders.values()", "key, order in orders.items()"])
@pytest.mark.parametrize(
    ("made", "asked"),
    [
        ("Order.objects.in_bulk(keys)", ["order.customer", "order.save"]),
        ("{order.pk: order for order in Order.objects.all()}", ["order.customer", "order.save"]),
        (f"{LOADED}.in_bulk(keys)", ["order.save"]),
        (f"{{order.pk: order for order in {LOADED}}}", ["order.save"]),
    ],
)
def test_rows_kept_by_their_keys_are_rows(made: str, asked: list[str], taken: str) -> None:
    files = {"shop/models.py": SHOP, "shop/report.py": KEYED.format(made=made, taken=taken)}
    assert [one.text for one in project(files).repeated_queries] == asked


@pytest.mark.parametrize(
    ("noted", "asked"), [("dict[int, Order]", 1), ("Mapping[int, 'Order'] | None", 1), ("dict[int, int]", 0)]
)
def test_a_mapping_that_is_annotated_holds_what_it_says(noted: str, asked: int) -> None:
    code = f"""
    from shop.models import Order

    def close(orders: {noted}, keys):
        for key in keys:
            orders[key].save()
    """
    assert len(project({"shop/models.py": SHOP, "shop/close.py": code}).repeated_queries) == asked


def test_nothing_is_said_of_rows_that_nobody_sees_put_under_their_keys() -> None:
    code = """
    from shop.models import Order

    def names():
        found: dict[int, Order] = {}
        for order in Order.objects.select_related("customer"):
            found[order.pk] = order
        return [one.customer.name for one in found.values()]
    """
    assert not project({"shop/models.py": SHOP, "shop/names.py": code}).repeated_queries
