"""How sure it is that a team would mend what is asked once per element."""

from auditor.model.finding import Confidence
from tests.paths.projects import project

ORDERS = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

def find(key):
    return Order.objects.get(pk=key)

def close(order):
    order.save()
"""


def sureness(code: str, path: str = "shop.py", before: str = ORDERS) -> list[Confidence]:
    return [one.confidence for one in project({path: before + code}).repeated_queries]


def test_a_relation_that_is_read_of_every_row_is_sure() -> None:
    assert sureness("def names():\n    return [o.customer.name for o in Order.objects.all()]\n") == [Confidence.HIGH]


def test_a_function_that_only_asks_stands_for_its_query() -> None:
    assert sureness("def many(keys):\n    return [find(key) for key in keys]\n") == [Confidence.MEDIUM]


def test_saving_every_row_is_sure_and_saving_behind_a_call_is_what_the_loop_may_be_for() -> None:
    own = "def touch():\n    for order in Order.objects.all():\n        order.number = 1\n        order.save()\n"
    behind = "def close_all():\n    for order in Order.objects.all():\n        close(order)\n"
    assert sureness(own) == [Confidence.HIGH]
    assert sureness(behind) == [Confidence.LOW]


def test_what_fills_a_database_with_made_up_rows_is_in_doubt() -> None:
    code = "def fill(keys):\n    return [find(key) for key in keys]\n"
    assert sureness(code, "shop/management/commands/create_test_orders.py") == [Confidence.LOW]


def test_a_row_that_is_locked_has_to_be_asked_for() -> None:
    code = "def lock(keys):\n    for key in keys:\n        print(Order.objects.select_for_update().get(pk=key))\n"
    assert sureness(code) == [Confidence.LOW]


def test_a_loop_without_an_end_of_its_own_goes_from_portion_to_portion() -> None:
    code = "def wait(key):\n    while True:\n        if Order.objects.get(pk=key).customer:\n            print(key)\n"
    assert set(sureness(code)) <= {Confidence.LOW}


def test_what_a_docstring_says_is_not_read() -> None:
    code = '''
def names():
    for order in Order.objects.all():
        label(order)

def label(order):
    """Shows order.customer.name."""
'''
    assert sureness(code) == []


TABLES = """
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
"""


def of_units(turn: str) -> list[Confidence]:
    code = f"{TABLES}\ndef take(session: Session, rows):\n    for row in rows:\n" + turn
    return [one.confidence for one in project({"shop.py": code}).repeated_queries]


def test_what_a_turn_sends_at_its_end_could_be_sent_once() -> None:
    assert of_units("        session.add(Order(id=row))\n        session.flush()\n") == [Confidence.MEDIUM]
    assert of_units("        session.add(Order(id=row))\n        session.commit()\n        print(row)\n") == [Confidence.MEDIUM]


def test_what_a_turn_goes_on_with_has_to_be_sent() -> None:
    after = "        order = Order()\n        session.add(order)\n        session.flush()\n        keys.append(order.id)\n"
    assert of_units(after) == [Confidence.LOW]


def test_turns_that_fail_apart_are_sent_apart() -> None:
    turn = (
        "        try:\n            deliver(row)\n        except OSError:\n            session.rollback()\n"
        "        session.commit()\n"
    )
    assert of_units(turn) == [Confidence.LOW]


ROWS = """
from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncAttrs, AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(AsyncAttrs, DeclarativeBase):
    pass

class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    customer: Mapped[Customer] = relationship()

def label(order: Order):
    return order.customer.id

async def labels(session: AsyncSession):
    orders = (await session.scalars(select(Order))).all()
    return [label(order) for order in orders]

async def asked_for(session: AsyncSession):
    orders = (await session.scalars(select(Order))).all()
    return [await order.awaitable_attrs.customer for order in orders]
"""


def test_what_is_read_under_an_asynchronous_session_has_been_loaded() -> None:
    found = {one.location.line: one.confidence for one in project({"shop.py": ROWS}).repeated_queries}
    assert found == {20: Confidence.LOW, 28: Confidence.HIGH}


def test_whoever_hands_a_session_over_says_nothing_of_the_rows() -> None:
    tables = ROWS.partition("def label")[0].replace("AsyncAttrs, ", "")
    code = (
        tables.replace("from sqlalchemy.ext.asyncio import AsyncSession\n", "")
        + """
class Orders:
    def __init__(self, session):
        self.session = session

    def names(self):
        return [order.customer.id for order in list(self.session.scalars(select(Order)))]

def names(session):
    return [order.customer.id for order in session.query(Order).all()]
"""
    )
    assert [one.confidence for one in project({"shop.py": code}).repeated_queries] == [Confidence.HIGH] * 2


def test_a_relation_says_in_other_arguments_how_it_is_loaded() -> None:
    code = """
from sqlmodel import Field, Relationship, Session, SQLModel, select

class Customer(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)

class Order(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    customer: Customer | None = Relationship(sa_relationship_kwargs={"lazy": "joined"})

def names(session: Session):
    return [order.customer.id for order in session.exec(select(Order)).all()]
"""
    assert sureness(code, before="") == []


def test_what_a_view_loaded_with_the_row_that_it_hands_to_a_serializer_is_not_seen() -> None:
    code = """
from rest_framework import serializers

class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
    product = models.ForeignKey(Customer, on_delete=models.CASCADE)

class OrderSerializer(serializers.ModelSerializer):
    names = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = ["names"]

    def get_names(self, obj):
        return [line.product.name for line in obj.lines.all()]

def told(order: Order):
    return [line.product.name for line in order.lines.all()]
"""
    assert sorted(sureness(code)) == [Confidence.HIGH, Confidence.LOW]
