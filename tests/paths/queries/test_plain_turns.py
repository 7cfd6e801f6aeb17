"""Turns that come to a question once at most, and turns that do more than ask."""

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project
from tests.paths.queries.asked import MAPPED

ORDERS = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    number = models.TextField(unique=True)
    status = models.TextField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

def pack(order):
    order.save()

def label(order):
    return order
"""


def sureness(code: str, path: str = "shop/orders.py", before: str = ORDERS) -> list[Confidence]:
    return [one.confidence for one in project({path: before + code}).repeated_queries]


@pytest.mark.parametrize("leaves", ["break", "return order", "raise LookupError(number)"])
def test_what_is_asked_where_the_loop_is_left_is_asked_once(leaves: str) -> None:
    code = "\ndef show(number):\n    for order in Order.objects.all():\n        if order.status != 'open':\n            {}\n"
    body = f"print(order.customer.name)\n            if number:\n                print(number)\n            {leaves}"
    assert sureness(code.replace("{}", body)) == []
    assert sureness(code.replace("{}", "print(order.customer.name)")) == [Confidence.HIGH]


@pytest.mark.parametrize(
    ("asked", "sure"),
    [
        ("order.number == number", Confidence.LOW),
        ("number == order.number and order", Confidence.LOW),
        ("order.number == FIRST", Confidence.HIGH),
        ("order.status == number", Confidence.HIGH),
        ("order.number != number", Confidence.HIGH),
        ("order.number == number or order", Confidence.HIGH),
    ],
)
def test_only_the_turn_of_the_element_that_is_looked_for_asks(asked: str, sure: Confidence) -> None:
    code = "\ndef show(number):\n    for order in Order.objects.all():\n        if {}:\n            print(order.customer.name)\n"
    assert sureness(code.replace("{}", asked)) == [sure]


@pytest.mark.parametrize("body", ["found.append(label({}))", "pack({})", "set_status({})"])
def test_what_a_turn_does_with_a_row_does_not_excuse_that_it_asks_for_each(body: str) -> None:
    code = f"\ndef show(keys, found):\n    for key in keys:\n        {body.format('Order.objects.get(pk=key)')}\n"
    assert Confidence.MEDIUM in sureness(code)


def test_the_elements_of_a_document_and_of_a_browsers_session_are_in_doubt() -> None:
    code = "\ndef show(keys):\n    return [Order.objects.get(pk=key) for key in {}]\n"
    assert sureness(code.replace("{}", "keys")) == [Confidence.MEDIUM]
    assert sureness(code.replace("{}", "keys.iterfind('order')")) == [Confidence.LOW]
    assert sureness(code.replace("{}", "keys.session['orders']")) == [Confidence.LOW]


def test_a_list_of_words_is_one_under_any_name() -> None:
    code = "\ndef show(setting):\n    words = setting.split(',')\n    return [Order.objects.get(number=word) for word in words]\n"
    assert sureness(code) == [Confidence.LOW]


@pytest.mark.parametrize(
    ("source", "sure"),
    [
        ("Order.objects.filter(status='old')", Confidence.MEDIUM),
        ("customer.order_set.all()", Confidence.MEDIUM),
        ("CachedTicket.objects.filter(number='old')", Confidence.LOW),
    ],
)
def test_a_row_is_deleted_alone_where_a_file_goes_with_it(source: str, sure: Confidence) -> None:
    tickets = "\nclass CachedTicket(models.Model):\n    number = models.TextField()\n"
    code = f"\ndef clear(customer: Customer):\n    for one in {source}:\n        if one.number:\n            one.delete()\n"
    assert sureness(tickets + code) == [sure]


@pytest.mark.parametrize(
    "body", ["order.pk = None\n        order.save()", "order.scan.save('scan.pdf', content)\n        order.save()"]
)
def test_who_copies_rows_or_keeps_a_file_with_each_saves_each(body: str) -> None:
    code = f"\ndef work(content):\n    for order in Order.objects.all():\n        {body}\n"
    assert set(sureness(code)) == {Confidence.LOW}


def test_rows_that_are_gone_through_again_have_what_was_read_of_them() -> None:
    code = """
def show():
    orders = Order.objects.all()
    names = [order.customer.name for order in orders]
    for again in orders:
        print(again.customer)
    orders = Order.objects.filter(status="open")
    return [order.customer.name for order in orders]
"""
    found = project({"shop/orders.py": ORDERS + code}).repeated_queries
    assert [one.text for one in found] == ["order.customer", "order.customer"]


def test_objects_whose_keys_a_query_selects_by_are_at_hand() -> None:
    code = """
def show(session, customers):
    keys = [customer.id for customer in customers]
    orders = session.scalars(select(Order).where(Order.customer_id.in_(keys))).all()
    return [order.customer for order in orders]
"""
    assert sureness(code, before=MAPPED) == []
    assert sureness(code.replace("[customer.id for customer in customers]", "customers.keys()"), before=MAPPED) != []


def test_a_table_without_a_name_has_that_of_its_class() -> None:
    code = """
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

class StageOption(db.Model):
    id = db.Column(db.Integer, primary_key=True)

class Path(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    stage_id = db.Column(db.ForeignKey("stage_option.id"))
    stage = db.relationship("StageOption")

def show():
    return [path.stage for path in Path.query.all()]
"""
    found = project({"shop/orders.py": code}).repeated_queries
    assert [(one.kind, one.confidence) for one in found] == [("one", Confidence.LOW)]


def test_members_of_an_enumeration_are_few() -> None:
    code = """
class State(models.TextChoices):
    OPEN = "open"

    @classmethod
    def shown(cls):
        return [cls.OPEN]

def show():
    return [Order.objects.get(status=state) for state in State.shown()]
"""
    assert sureness(code) == []


def test_a_walk_up_a_tree_is_known_by_any_argument_of_the_chain() -> None:
    code = """
def rate(order, group):
    while group:
        rate = Order.objects.filter(status=order, number=group).first()
        if rate:
            return rate.number
        group = group.parent
"""
    assert sureness(code) == [Confidence.LOW]


@pytest.mark.parametrize("made", ["Customer.objects.create(name=1)", "Customer(name=1).save()"])
def test_who_makes_a_row_beside_each_saves_each(made: str) -> None:
    code = "\ndef close():\n    for order in Order.objects.all():\n        order.status = 1\n        order.save()\n"
    assert sureness(code) == [Confidence.HIGH]
    assert Confidence.HIGH not in sureness(f"{code}        {made}\n")


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("seed_orders", Confidence.LOW),
        ("loadDemo", Confidence.LOW),
        ("democracy", Confidence.HIGH),
        ("refill_orders", Confidence.HIGH),
    ],
)
def test_words_of_what_fills_a_database_once_are_whole_words(name: str, sure: Confidence) -> None:
    assert sureness(f"\ndef {name}():\n    return [order.customer.name for order in Order.objects.all()]\n") == [sure]
