"""Mappers whose classes begin queries themselves."""

from tests.paths.queries.asked import marked, repeated

SHOP = """
from peewee import CharField, ForeignKeyField, Model, prefetch

class Customer(Model):
    name = CharField()

class Order(Model):
    customer = ForeignKeyField(Customer, backref="orders")
"""


def test_relations_and_their_ways_back_are_asked_for_each_row() -> None:
    files = {
        "shop.py": SHOP
        + """
def names():
    return [order.customer.name for order in Order.select().paginate(1, 30)]  # <-

def counts():
    return [customer.orders.count() for customer in Customer.select()]  # <-

def save(numbers):
    for number in numbers:
        order = Order.get_or_none(Order.id == number)  # <-
        order.save()  # <-
"""
    }
    assert repeated(files) == marked(files)


def test_a_class_that_is_selected_along_and_prefetched_rows_are_there_already() -> None:
    files = {
        "shop.py": SHOP
        + """
def joined():
    return [order.customer.name for order in Order.select(Order, Customer).join(Customer)]

def together():
    found = prefetch(Customer.select(), Order.select())
    return [[order.id for order in customer.orders] for customer in found]

def by_name():
    the_orders = Order.select()
    for customer in Customer.select().prefetch(the_orders):
        print(len(customer.orders))
"""
    }
    assert repeated(files) == set()


def test_columns_of_a_joined_class_do_not_bring_its_row() -> None:
    files = {
        "shop.py": SHOP
        + """
def names():
    return [order.customer.name for order in Order.select(Order.id, Customer.name).join(Customer)]  # <-
"""
    }
    assert repeated(files) == marked(files)
