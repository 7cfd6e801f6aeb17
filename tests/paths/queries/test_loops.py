"""Loops that repeat little, or end by themselves."""

from tests.paths.queries.asked import repeated

ORDERS = """
from django.db import models

class Order(models.Model):
    number = models.TextField(unique=True)
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)

class Customer(models.Model):
    name = models.TextField()
"""


def test_a_loop_that_asks_until_a_name_is_free_is_no_loop_over_rows() -> None:
    code = """
def free(number):
    while Order.objects.filter(
        number=number,
    ).exists():
        number = number + "x"
    return number
"""
    assert repeated({"shop.py": ORDERS + code}) == set()


def test_a_handful_of_rows_is_few() -> None:
    code = """
def newest():
    return [order.customer.name for order in Order.objects.order_by("-pk")[:5]]
"""
    assert repeated({"shop.py": ORDERS + code}) == set()


def test_migrations_may_lie_in_a_private_folder() -> None:
    code = """
def upgrade():
    for order in Order.objects.all():
        order.save()
"""
    assert repeated({"shop/_migrations/steps.py": ORDERS + code}) == set()


TABLES = """
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")
"""


def test_tries_of_one_question_and_batches_are_left_alone() -> None:
    code = """
MAX_ATTEMPTS = 40

def number(session: Session, customer: int):
    for attempt in range(1, MAX_ATTEMPTS + 1):
        try:
            return session.scalar(select(Order.id).where(Order.customer_id == customer))
        except Locked:
            if attempt == MAX_ATTEMPTS:
                raise

def archive(session: Session, keep: list[int]):
    while True:
        rows = session.scalars(select(Order).where(Order.id.not_in(keep)).limit(500)).all()
        if not rows:
            break
        session.execute(Order.__table__.delete().where(Order.id.in_([row.id for row in rows])))
"""
    assert repeated({"shop.py": TABLES + code}) == set()
