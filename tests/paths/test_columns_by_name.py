"""Columns that have to be unique and are set by names, or by a whole, that somebody sent."""

import pytest

from tests.paths.shop import told

ROWS = """
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlmodel import Field, SQLModel
class Base(DeclarativeBase):
    pass
class Member(Base):
    __tablename__ = "member"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
class Part(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
"""
HEAD = """
from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy.orm import Session
from shop.rows import Member, Part

app = FastAPI()

class Address(BaseModel):
    email: str

class Contact(Address):
    name: str

class Renamed(BaseModel):
    name: str

class PartIn(BaseModel):
    number: str

def session() -> Session:
    return Session()

"""
EACH = "    for name, value in {source}:\n        setattr(member, name, value)\n    db.commit()\n"


@pytest.mark.parametrize(
    ("sent", "source", "fails"),
    [
        ("Contact", "data.model_dump(exclude_unset=True).items()", True),
        ("Address", "data", True),
        ("Renamed", "data.model_dump(exclude_unset=True).items()", False),
        ("dict", "data.items()", True),
        ("Contact", "{'name': data.name}.items()", False),
        ("Contact", "DEFAULTS.items()", False),
    ],
)
def test_a_row_that_is_set_by_what_a_schema_names_may_break_a_constraint(sent: str, source: str, fails: bool) -> None:
    code = f"@app.put('/members/{{key}}')\ndef change(key: int, data: {sent}, db: Session = Depends(session)):\n"
    code += "    member = db.get(Member, key)\n" + EACH.format(source=source)
    assert ("change" in told({"shop/rows.py": ROWS, "shop/app.py": HEAD + code})) == fails


@pytest.mark.parametrize(
    ("made", "fails"),
    [
        ("Part.model_validate(data)", True),
        ("Part.model_validate(Part())", False),
        ("Part()", False),
    ],
)
def test_a_row_that_is_made_of_the_whole_that_was_sent_may_break_one_too(made: str, fails: bool) -> None:
    code = "@app.post('/parts')\ndef add(data: PartIn, db: Session = Depends(session)):\n"
    code += f"    part = {made}\n    db.add(part)\n    db.commit()\n"
    assert ("add" in told({"shop/rows.py": ROWS, "shop/app.py": HEAD + code})) == fails


def test_a_row_is_updated_by_the_whole_with_a_method_of_its_own() -> None:
    code = "@app.patch('/parts/{key}')\ndef change(key: int, data: PartIn, db: Session = Depends(session)):\n"
    code += "    part = db.get(Part, key)\n    part.sqlmodel_update(data)\n    db.commit()\n"
    assert "change" in told({"shop/rows.py": ROWS, "shop/app.py": HEAD + code})
