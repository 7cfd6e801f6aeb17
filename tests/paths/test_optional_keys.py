"""A key by which a query is filtered only where it is given bounds nothing for the caller that gives none."""

import pytest

from tests.paths.projects import project

SHOP = """
from fastapi import APIRouter, FastAPI, Query
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int]

class Orders:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, shop_id):
        self.session.add(Order(shop_id=shop_id))

    def of(self, shop_id: int | None = None):
        query = self.session.query(Order)
        if {asked}:
            query = query.filter(Order.shop_id == shop_id){cut}
        return query.order_by(Order.id).all()

app = FastAPI()

{handler}
"""
HANDLERS = {
    "none": '@app.get("/v1/orders")\ndef orders(session: Session):\n    return Orders(session).of()',
    "optional": '@app.get("/v1/orders")\ndef orders(session: Session, shop: int | None = Query(None)):\n'
    "    return Orders(session).of(shop_id=shop)",
    "required": '@app.get("/v1/shops/{shop}/orders")\ndef orders(session: Session, shop: int):\n'
    "    return Orders(session).of(shop)",
    "own": '@app.get("/v1/orders")\ndef orders(session: Session, shop: int | None = None):\n'
    "    shop = shop or session.info['shop']\n    return Orders(session).of(shop)",
}


def told(handler: str, asked: str = "shop_id", cut: str = "") -> bool:
    code = SHOP.replace("{handler}", HANDLERS[handler]).replace("{asked}", asked).replace("{cut}", cut)
    return bool(project({"shop.py": code}).unbounded_queries)


@pytest.mark.parametrize("asked", ["shop_id", "shop_id is not None"])
@pytest.mark.parametrize(("handler", "whole"), [("none", True), ("optional", True), ("required", False), ("own", False)])
def test_a_key_that_may_be_left_out_leaves_the_whole_table(handler: str, whole: bool, asked: str) -> None:
    assert told(handler, asked) is whole


def test_a_limit_beside_an_optional_key_is_taken_for_one_that_is_always_there() -> None:
    assert not told("optional", cut=".limit(10)")


def test_a_key_that_is_always_asked_for_bounds() -> None:
    assert not told("optional", "True")


def test_a_handler_with_an_optional_key_of_its_own_answers_with_the_whole_table() -> None:
    handler = """
@app.get("/v1/orders")
def orders(session: Session, shop_id: int | None = None):
    statement = select(Order)
    if shop_id is not None:
        statement = statement.where(Order.shop_id == shop_id)
    return session.scalars(statement).all()
"""
    code = SHOP.replace("{handler}", handler).replace("{asked}", "True").replace("{cut}", "")
    assert bool(project({"shop.py": code}).unbounded_queries)
    assert not project({"shop.py": code.replace("shop_id: int | None = None", "shop_id: int")}).unbounded_queries
