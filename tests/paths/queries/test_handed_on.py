"""Queries that a turn hands to a function which goes through them are asked once per element."""

import pytest

from tests.paths.queries.asked import marked, repeated

CODE = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    number = models.TextField()
    customer = models.ForeignKey(Customer, related_name="orders", on_delete=models.CASCADE)

class Page:
    def numbers(self, rows, open=False):
        return [row.number for row in rows]

def count(rows):
    return len(rows)

def narrow(rows):
    return rows.filter(number="1")

def show(page: Page):
    found = []
    for customer in Customer.objects.{}:
        found.append(page.numbers(customer.orders.all()))  # <-
        found.append(count(rows=customer.orders.filter(number="2")))  # <<-
        found.append(narrow(customer.orders.all()))
        found.append(count(customer.name))
    return found
"""


@pytest.mark.parametrize(("loaded", "keeps"), [("all()", "<-"), ('prefetch_related("orders")', "")])
def test_a_query_that_is_handed_on_is_asked_where_it_is_gone_through(loaded: str, keeps: str) -> None:
    code = CODE.replace("{}", loaded).replace("# <-", f"# {keeps}").replace("<<-", "<-")
    assert repeated({"shop.py": code}) == marked({"shop.py": code})
