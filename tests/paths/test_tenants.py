"""The key of a tenant bounds no query, since a tenant may have any number of rows; nobody is sure that it does."""

import pytest

from tests.paths.projects import project

APP = """
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    tenant_id: Mapped[int]
    customer_id: Mapped[int]

app = FastAPI()

@app.post("/v1/orders")
def order(session: Session, tenant_id: int):
    session.add(Order(tenant_id=tenant_id))
    session.commit()

@app.get("/v1/orders")
def orders(session: Session, tenant_id: int, customer_id: int):
{body}
"""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("    return session.scalars(select(Order).where(Order.tenant_id == tenant_id)).all()", ["low"]),
        ("    rows = select(Order).where(Order.tenant_id == tenant_id)\n    return session.scalars(rows).all()", ["low"]),
        ("    return session.query(Order).filter_by(tenant_id=tenant_id).all()", ["low"]),
        ("    return session.scalars(select(Order).where(Order.customer_id == customer_id)).all()", []),
        ("    return session.query(Order).filter_by(tenant_id=tenant_id, customer_id=customer_id).all()", []),
        ("    return session.scalars(select(Order).where(Order.tenant_id == tenant_id).limit(50)).all()", []),
        ("    return session.scalars(select(Order)).all()", ["medium"]),
    ],
)
def test_rows_of_a_tenant_are_told_with_low_confidence(body: str, told: list[str]) -> None:
    found = project({"shop.py": APP.format(body=body)}).unbounded_queries
    assert [one.confidence.value for one in found] == told
