"""Numbers that a schema has made of what was sent, under other names and in lists, and text of which a pattern is asked."""

import pytest

from tests.paths.projects import project

ORDERS = """
import re
from typing import List, Optional

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import func, select

app = FastAPI()
LIMIT = 5

class Line(BaseModel):
    amount: Optional[int] = None
    label: str = ""

class Order(BaseModel):
    key: int
    name: str
    lines: List[Line]
    levels: List[int] = [1]
    names: list[str] = []

def find(key):
    return int(key)

@app.post("/orders/{version}")
def take(order: Order, version: str):
    {code}
"""


@pytest.mark.parametrize(
    ("code", "fails"),
    [
        ("return [int(one.amount if one.amount is not None else LIMIT) for one in order.lines]", False),
        ("return [int(one.label if one.label is not None else LIMIT) for one in order.lines]", True),
        ("return sorted({int(one) for one in order.levels})", False),
        ("return sorted({int(one) for one in order.names})", True),
        ("key = order.key; return find(key)", False),
        ("key = order.name; return find(key)", True),
        ("return tuple(map(int, version.split('.')))", True),
        ("assert re.match(r'\\\\d+\\\\.\\\\d+$', version); return tuple(map(int, version.split('.')))", False),
        ("assert re.match(r'\\\\d+\\\\.\\\\d+$', order.name); return tuple(map(int, version.split('.')))", True),
        ("assert re.match(r'\\\\d+$', version); return tuple(int(one) for one in version.split('.'))", False),
    ],
)
def test_a_number_of_a_schema_is_one_wherever_it_is_taken_over(code: str, fails: bool) -> None:
    found = project({"app.py": ORDERS.replace("{code}", code)}).unhandled
    assert bool(found) == fails


@pytest.mark.parametrize(("asked", "fails"), [("func.count(Line.id)", False), ("Line.id", True)])
def test_a_query_that_is_begun_for_a_figure_and_narrowed_later_has_an_answer(asked: str, fails: bool) -> None:
    code = f"""
        from fastapi import FastAPI
        from sqlalchemy import func, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        app = FastAPI()

        class Base(DeclarativeBase):
            pass

        class Line(Base):
            id: Mapped[int] = mapped_column(primary_key=True)
            order: Mapped[str]

        @app.get("/lines/{{order}}")
        def count(order: str, session: Session):
            query = select({asked}).where(Line.order == order)
            query = query.where(Line.id > 0)
            found = session.execute(query)
            return found.scalar_one()
    """
    assert bool(project({"app.py": code}).unhandled) == fails
