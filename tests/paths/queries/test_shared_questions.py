"""A repository's question that several loops repeat, and what stands in for a protocol or an abstract class."""

from tests.paths.projects import project

TABLES = """
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
"""
PORTS = """
from typing import Protocol

class Orders(Protocol):
    def name_of(self, key: int) -> str: ...

    def forget(self, key: int) -> None: ...

class Work:
    orders: Orders
"""
ROWS = """
from sqlalchemy import select
from shop.tables import Order

class Rows:
    def __init__(self, session):
        self.session = session

    def name_of(self, key: int) -> str:
        return self.session.scalars(select(Order.name).where(Order.id == key)).one()

class SqlOrders(Rows):
    def forget(self, key: int) -> None:
        pass

class Names:
    def name_of(self, key: int) -> str:
        return ""
"""
SERVICE = """
from shop.ports import Work

def names(work: Work, keys):
    return [work.orders.name_of(key) for key in keys]

def lines(work: Work, chosen):
    for key in chosen:
        print(work.orders.name_of(key))

def one(work: Work, key):
    return work.orders.name_of(key)
"""
FILES = {"shop/tables.py": TABLES, "shop/ports.py": PORTS, "shop/rows.py": ROWS, "shop/service.py": SERVICE}


def test_a_class_that_has_all_methods_of_a_protocol_stands_in_for_it() -> None:
    (found,) = project(FILES).repeated_queries
    assert (found.location.path, found.through) == ("shop/rows.py", ("Rows.name_of",))


def test_a_question_that_two_loops_repeat_is_one_finding_that_names_both() -> None:
    (found,) = project(FILES).repeated_queries
    assert [hop.location.line for hop in found.hops][:1] == [5]
    assert [(other.location.path, other.location.line) for other in found.others] == [("shop/service.py", 9)]


def test_the_surest_of_the_loops_is_told() -> None:
    more = SERVICE + (
        "\nfrom sqlalchemy import select\nfrom shop.tables import Order\n"
        "def all_names(work: Work, session):\n"
        "    return [work.orders.name_of(one.id) for one in session.scalars(select(Order))]\n"
    )
    (found,) = project({**FILES, "shop/service.py": more}).repeated_queries
    assert (found.function, len(found.others)) == ("all_names", 2)


SHOWN = """
from rest_framework import serializers
from shop.models import Line

class LineOut(serializers.ModelSerializer):
    item = serializers.SlugRelatedField(slug_field="name", read_only=True)

    class Meta:
        model = Line
        fields = ["item"]
"""
SHOP = """
from django.db import models

class Item(models.Model):
    name = models.TextField()

class Line(models.Model):
    item = models.ForeignKey(Item, on_delete=models.CASCADE)
"""
PAGES = """
from rest_framework.response import Response
from rest_framework.views import APIView
from shop.models import Line
from shop.shown import LineOut

class Open(APIView):
    def get(self, request):
        return Response(LineOut(Line.objects.filter(open=True), many=True).data)

class Closed(APIView):
    def get(self, request):
        return Response(LineOut(Line.objects.filter(open=False), many=True).data)
"""


def test_what_else_shows_rows_by_a_serializer_is_named_where_it_stands() -> None:
    (found,) = project({"shop/models.py": SHOP, "shop/shown.py": SHOWN, "shop/pages.py": PAGES}).repeated_queries
    assert found.location.path == "shop/shown.py"
    places = {(hop.location.path, hop.location.line) for hop in found.hops}
    places |= {(other.location.path, other.location.line) for other in found.others}
    assert {("shop/pages.py", 9), ("shop/pages.py", 13)} <= places
