"""Turns that do not come to a question, or after which no other comes."""

from tests.paths.projects import project
from tests.paths.queries.asked import marked, repeated

ORDERS = """
from django.db import models

class Order(models.Model):
    number = models.TextField(unique=True)
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)

class Customer(models.Model):
    name = models.TextField()
"""


def test_what_a_call_gives_may_lead_past_the_question() -> None:
    code = """
def names(order, customers=None, strict=False):
    if customers is None:
        customers = list(Customer.objects.filter(name__startswith="A"))
    if strict:
        print(Customer.objects.get(name=order.number))
    return customers

def with_given():
    known = {}
    for order in Order.objects.all():
        print(names(order, customers=known))

def with_none():
    for order in Order.objects.all():
        print(names(order))
"""
    found = project({"shop.py": ORDERS + code}).repeated_queries
    assert [(one.function, one.text) for one in found] == [("with_none", "Customer.objects.filter()")]


def test_the_turn_that_ends_the_function_is_the_last() -> None:
    code = """
def load(line):
    return Order.objects.get(number=line)

def first(lines):
    for line in lines:
        if line.startswith("#"):
            return load(line)

def touch(number):
    for order in Order.objects.all():
        if order.number == number:
            order.save()
            return order
"""
    assert repeated({"shop.py": ORDERS + code}) == set()


def test_a_chain_on_several_lines_is_one_question_and_a_text_is_none() -> None:
    code = """
from sqlalchemy import text

def highest(keys):
    for key in keys:
        found = (
            Order.objects
            .filter(customer=key)
            .aggregate(highest=models.Max("pk"))  # <-
            .get("highest")
        )
        print(found, text("SELECT 1"))
"""
    files = {"shop.py": ORDERS + code}
    assert repeated(files) == marked(files)


def test_a_turn_that_takes_a_page_or_pauses_asks_for_no_element() -> None:
    code = """
def page(after):
    return list(Order.objects.filter(pk__gt=after).order_by("pk")[:500])

def walk():
    last = 0
    while orders := page(last):
        yield from orders
        last = orders[-1].pk

def tick(stop):
    while not stop.wait(60):
        print(Order.objects.filter(number="").first())

def drain(numbers):
    while numbers:
        print(Order.objects.filter(number=numbers.pop()).first())  # <-

def parent_page(page):
    return Order.objects.filter(customer=page.customer).first()

def climb(order):
    while order:
        order = parent_page(order)
"""
    files = {"shop.py": ORDERS + code}
    assert marked(files) <= repeated(files)
    lines = (ORDERS + code).splitlines()
    assert {lines[line - 1].strip() for _, line in repeated(files)} == {
        "print(Order.objects.filter(number=numbers.pop()).first())  # <-",
        "return Order.objects.filter(customer=page.customer).first()",
    }
