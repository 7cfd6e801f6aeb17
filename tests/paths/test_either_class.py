"""What may be of one mapped class or of another that is no kin to it is of neither for sure: nothing is guessed from it."""

import pytest

from tests.paths.projects import project

SHOP = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

class Gift(Order):
    pass

class Basket:
    @property
    def orders(self):
        return Order.objects.select_related("customer")

class Shelf(models.Model):
    name = models.TextField()

class Place(models.Model):
    shelf = models.ForeignKey(Shelf, related_name="orders", on_delete=models.CASCADE)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

def found(key):
    if key.startswith("b"):
        return Basket()
    return Shelf.objects.get(name=key)

def kept(key):
    if key.startswith("g"):
        return Gift.objects.all()
    return Order.objects.all()

"""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("def show(key):\n    for one in Shelf.objects.get(pk=key).orders.all():\n        print(one.customer.name)\n", True),
        ("def show(key):\n    for one in found(key).orders.all():\n        print(one.customer.name)\n", False),
        ("def show(it: Shelf | Basket):\n    for one in it.orders.all():\n        print(one.customer.name)\n", False),
        ("def show(it: Shelf | None):\n    for one in it.orders.all():\n        print(one.customer.name)\n", True),
        ("def show(key):\n    for one in kept(key):\n        print(one.customer.name)\n", True),
    ],
)
def test_rows_of_either_class_are_no_ones(code: str, told: bool) -> None:
    assert any(one.kind == "one" for one in project({"shop/models.py": SHOP + code}).repeated_queries) is told
