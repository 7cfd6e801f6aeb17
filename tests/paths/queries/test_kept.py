"""What is asked once a turn where the turn's object is only named, and what a store answers the second time."""

import pytest

from tests.paths.projects import project

MODELS = """
    from django.db import models

    class Customer(models.Model):
        name = models.TextField()

    class Order(models.Model):
        customer = models.ForeignKey(Customer, related_name="orders", on_delete=models.CASCADE)

    class Line(models.Model):
        order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
"""


def repeated(body: str) -> list[int]:
    """The lines of the questions that a function body repeats; it begins in line 4."""
    code = "from sqlalchemy import text\nfrom shop.models import Customer, Order\n\n"
    found = project({"shop/__init__.py": "", "shop/models.py": MODELS, "shop/names.py": code + body}).repeated_queries
    return [one.location.line for one in found]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("for o in orders:\n    if o.key not in known:\n        known[o.key] = ASK", []),
        ("for o in orders:\n    if o.key not in known:\n        found = ASK\n        known[o.key] = found", []),
        ("for o in orders:\n    try:\n        known[o.key]\n    except KeyError:\n        known[o.key] = ASK", []),
        ("for o in orders:\n    if o.key in known:\n        pass\n    else:\n        known[o.key] = ASK", []),
        ("for o in orders:\n    if o.key in known:\n        continue\n    found = ASK\n    known[o.key] = found", []),
        ("for o in orders:\n    if o.key in paid:\n        continue\n    found = ASK\n    known[o.key] = found", [8]),
        ("for o in orders:\n    if o.key not in paid:\n        known[o.key] = ASK", [7]),
        ("if key not in known:\n    known[key] = [ASK for o in orders]", [6]),
    ],
)
def test_a_store_that_is_filled_with_what_it_lacks_is_asked_once_a_key(body: str, lines: list[int]) -> None:
    indented = "".join(f"    {line}\n" for line in body.replace("ASK", "Customer.objects.get(pk=o.key)").splitlines())
    assert repeated(f"def names(orders, known, paid, key):\n{indented}") == lines


def test_a_parameter_that_is_called_as_an_imported_model_is_a_row_of_it() -> None:
    body = (
        "def words(customer):\n    for order in customer.orders.all():\n        print([line.pk for line in order.lines.all()])\n"
    )
    assert repeated(body) == [6]
    assert repeated(body.replace("customer", "thing")) == []


def test_a_statement_of_sql_may_stand_in_a_text() -> None:
    body = 'def counts(session, keys):\n    return [session.execute(text("select 1 where key = :d"), {"d": d}) for d in keys]\n'
    assert repeated(body) == [5]


def test_a_property_that_keeps_its_rows_with_the_object_is_asked_once() -> None:
    body = (
        "class Desk:\n    @PROPERTY\n    def customers(self):\n        return list(Customer.objects.order_by('name'))\n\n"
        "    def named(self, words):\n"
        "        return [filter(lambda customer: customer.name == word, self.customers) for word in words]\n"
    )
    assert repeated(body.replace("PROPERTY", "cached_property")) == []
    assert repeated(body.replace("PROPERTY", "property")) != []
