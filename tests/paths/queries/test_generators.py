"""Rows that generators hand out one by one, that annotated selectors give, and that a key is asked about."""

from tests.paths.queries.asked import MAPPED, marked, repeated

ROWS = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    open = models.BooleanField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
"""


def test_a_generator_hands_out_rows_that_its_query_did_not_load() -> None:
    code = """
class Orders:
    def pages(self):
        last = 0
        while True:
            rows = Order.objects.filter(pk__gt=last)[:200]
            if not rows:
                return
            yield from rows
            last = rows[199].pk

    def each(self):
        for order in Order.objects.order_by("pk"):
            yield order

orders = Orders()

def names():
    return [order.customer.name for order in orders.pages()]  # <-

def more():
    for order in orders.each():
        print(order.customer.name)  # <-
"""
    assert repeated({"shop.py": ROWS + code}) == marked({"shop.py": ROWS + code})


def test_a_generator_hands_out_rows_with_what_its_query_loaded() -> None:
    code = """
def each():
    yield from Order.objects.select_related("customer")

def names():
    return [order.customer.name for order in each()]

def given():
    for order in Order.objects.select_related("customer"):
        yield order

def more():
    return [order.customer.name for order in given()]
"""
    assert repeated({"shop.py": ROWS + code}) == set()


def test_a_selector_that_is_annotated_as_a_query_can_be_asked_for_less() -> None:
    code = """
from django.db.models import QuerySet

def orders_of(customer) -> QuerySet[Order]:
    return Order.objects.filter(customer=customer)

def close(customer):
    for order in orders_of(customer).filter(open=True):
        order.open = False
        order.save()  # <-

def loaded(customer):
    return [order.customer.name for order in orders_of(customer).select_related("customer")]
"""
    assert repeated({"shop.py": ROWS + code}) == marked({"shop.py": ROWS + code})


def test_a_key_is_asked_about_each_element() -> None:
    code = """
def many(customer):
    return Order.objects.filter(customer=customer).count()  # <-

def few(customer):
    return Order.objects.filter(customer=customer, open=True).count()  # <-

def busiest(customers):
    return max(customers, key=lambda customer: many(customer))

def sorted_customers():
    return sorted(Customer.objects.all(), key=few)

def by_name():
    return sorted(Order.objects.all(), key=lambda order: order.customer.name)  # <-
"""
    assert repeated({"shop.py": ROWS + code}) == marked({"shop.py": ROWS + code})


def test_a_resource_of_json_api_shows_each_row_by_its_schema() -> None:
    code = """
from flask_rest_jsonapi import ResourceDetail, ResourceList
from marshmallow_jsonapi import fields
from marshmallow_jsonapi.flask import Relationship, Schema

class OrderSchema(Schema):
    id = fields.Str()
    customer = Relationship(related_view="customer")
    name = fields.Method("customer_name")
    twins = fields.Method("count_twins")

    def customer_name(self, order):
        return order.customer.id  # <-

    def count_twins(self, order):
        return session.scalars(select(Order).where(Order.customer_id == order.customer_id)).all()  # <-

class Alone(Schema):
    name = fields.Method("customer_name")

    def customer_name(self, order):
        return order.customer.id

class OrderList(ResourceList):
    def query(self, view_kwargs):
        return self.session.query(Order)

    schema = OrderSchema
    data_layer = {"session": session, "model": Order, "methods": {"query": query}}

class OrderDetail(ResourceDetail):
    schema = Alone
    data_layer = {"session": session, "model": Order}
"""
    assert repeated({"shop.py": MAPPED + code}) == marked({"shop.py": MAPPED + code})


def test_an_object_that_says_itself_what_it_goes_through_is_asked() -> None:
    code = """
class Orders:
    def __iter__(self):
        return iter(session.scalars(select(Order)))

class Told(Orders):
    def __iter__(self):
        return iter(session.scalars(select(Order).options(joinedload(Order.customer))))

orders, told = Orders(), Told()

def paid():
    for order in orders:
        if order.id:
            yield order

def names():
    return [order.customer.id for order in paid()]  # <-

def again():
    for order in orders:
        print(order.customer.id)  # <-

def whole():
    for order in told:
        print(order.customer.id)
"""
    assert repeated({"shop.py": MAPPED + code}) == marked({"shop.py": MAPPED + code})
