"""Rows that a handler asks for by its helpers and hands back, or only uses for something else."""

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project

SHOP = """
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)

def add(session: Session):
    session.add(Order())

def every_order(session: Session):
    return session.scalars(select(Order)).all()

app = FastAPI()

@app.get("/v1/orders")
def orders(session: Session):
{body}
"""
ANSWERED = [
    "    return every_order(session)",
    "    found = every_order(session)\n    return {'orders': found}",
    "    return [order.id for order in every_order(session)]",
    "    found = every_order(session)\n    rows = []\n    for order in found:\n        rows.append(order.id)\n    return rows",
    "    found = [shown(order) for order in every_order(session)]\n    return JSONResponse({'orders': found})",
]
USED = [
    "    for order in every_order(session):\n        ring(order)\n    return {'rung': True}",
    "    known = every_order(session)\n    forget(known)\n    return {}",
]


@pytest.mark.parametrize(
    ("body", "confidence"), [*((body, Confidence.MEDIUM) for body in ANSWERED), *((body, Confidence.LOW) for body in USED)]
)
def test_rows_that_are_not_seen_to_go_into_the_answer_are_in_doubt(body: str, confidence: Confidence) -> None:
    found = project({"shop.py": SHOP.replace("{body}", body)}).unbounded_queries
    assert [one.confidence for one in found] == [confidence]
