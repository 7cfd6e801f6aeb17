"""Statements behind names say themselves what bounds them, and what they delete."""

import pytest

from tests.paths.projects import project

SHOP = """
from fastapi import FastAPI
from sqlalchemy import select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()
OLD = text("SELECT id, label FROM old_orders ORDER BY id LIMIT 200")

class Base(DeclarativeBase): ...

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)

def newest(state):
    return select(Order).where(Order.state == state).limit(50)

@app.get("/v1/orders")
def orders(session: Session):
    return session.scalars(newest("open")).all()

@app.get("/v1/orders/old")
def old_orders(session: Session):
    rows = session.execute(OLD)
    return [dict(row) for row in rows.mappings()]
"""


@pytest.mark.parametrize(("left_out", "unbounded"), [("-", 0), (".limit(50)", 1)])
def test_a_limit_is_read_behind_a_name(left_out: str, unbounded: int) -> None:
    assert len(project({"shop.py": SHOP.replace(left_out, "")}).unbounded_queries) == unbounded


def test_what_a_statement_deletes_is_read_behind_its_name() -> None:
    code = """
    from django.db import connection

    def forget(account_id):
        sql = "DELETE FROM billing_payment WHERE account_id = %s"
        with connection.cursor() as cursor:
            cursor.execute(sql, [account_id])
    """
    assert [one.location.line for one in project({"shop.py": code}).deletions.all] == [7]
