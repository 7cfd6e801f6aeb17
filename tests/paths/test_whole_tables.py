"""Whole tables that a generic class asks for, told where it is made for a model, and limits of its own."""

from tests.paths.projects import project

ROWS = """
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    number: Mapped[str] = mapped_column()

M = TypeVar("M")

class Rows(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

    def everything(self) -> list[M]:
        return list(self.session.scalars(select(self.model)).all())

    def page(self, offset: int, limit: int, *where) -> list[M]:
        query = select(self.model).where(*where).order_by(self.model.id).offset(offset).limit(limit)
        return list(self.session.scalars(query).all())

class Orders(Rows[Order]):
    model = Order

    def add(self, number: str) -> None:
        self.session.add(Order(number=number))
"""
ROUTES = """
from fastapi import FastAPI

from shop.rows import Orders

app = FastAPI()

@app.get("/v1/orders")
def orders(session):
    return Orders(session).everything()

@app.get("/v1/orders/page")
def page(session, offset: int = 0):
    return Orders(session).page(offset, 50)
"""


def test_a_generic_class_is_told_where_its_heir_is_asked_for_all_rows_and_a_limit_of_its_own_counts() -> None:
    found = project({"shop/rows.py": ROWS, "shop/app.py": ROUTES}).unbounded_queries
    assert [(one.location.path, one.location.line, one.model) for one in found] == [("shop/app.py", 10, "Order")]
