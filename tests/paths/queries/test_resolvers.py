"""What types of a graph of answers ask for each row that they show."""

from auditor.model.finding import Confidence
from tests.paths.projects import project

TYPES = """
import graphene
from django.db import models
from graphene_django import DjangoObjectType
from graphene_django.filter import DjangoFilterConnectionField

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, related_name="orders", on_delete=models.CASCADE)

class CustomerType(DjangoObjectType):
    open = graphene.Int()

    class Meta:
        model = Customer

    def resolve_open(self, info):
        return self.orders.filter(open=True).count()

    @staticmethod
    def resolve_latest(root, info):
        return Order.objects.filter(customer=root).first()

    def resolve_orders(self, info):
        return self.orders.filter(open=True)

    def resolve_name(self, info):
        return self.name

class OrderType(DjangoObjectType):
    class Meta:
        model = Order

    def resolve_customer(self, info):
        return self.customer.name
"""


def asked(code: str) -> dict[int, Confidence]:
    return {one.location.line: one.confidence for one in project({"shop.py": TYPES + code}).repeated_queries}


def test_a_method_that_resolves_a_field_asks_for_each_row_of_a_list() -> None:
    lists = "\nclass Query(graphene.ObjectType):\n    customers = DjangoFilterConnectionField(CustomerType)\n"
    lists += "    orders = graphene.List(OrderType)\n"
    found = asked(lists)
    assert {line: found[line] for line in (20, 24)} == {20: Confidence.MEDIUM, 24: Confidence.MEDIUM}
    assert {found[line] for line in found if line not in (20, 24)} <= {Confidence.LOW}


def test_a_type_that_no_field_lists_is_in_doubt() -> None:
    one = "\nclass Query(graphene.ObjectType):\n    customer = graphene.Field(CustomerType)\n"
    assert set(asked(one).values()) == {Confidence.LOW}
