"""Rows that a scope makes of what came from outside, and has stored by a function of the project."""

import pytest

from tests.paths.projects import project

SHOP = """
from typing import Generic, TypeVar
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

M = TypeVar("M")
session_factory = sessionmaker()
app = FastAPI()

class Base(DeclarativeBase):
    pass

class Account(Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]

class Repository(Generic[M]):
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, row: M) -> M:
        self.session.add(row)
        {after}
        return row

class Accounts(Repository[Account]):
    pass

class Store:
    def __init__(self) -> None:
        self.session = session_factory()
        self.accounts = Accounts(self.session)

    def commit(self) -> None:
        self.session.commit()

class Sent(BaseModel):
    email: str

@app.post("/accounts")
def register(sent: Sent):
    store = Store()
    account = Account({given})
    store.accounts.add(account)
    {then}
    return account.id
"""


def errors(after: str, then: str, given: str) -> set[str]:
    code = SHOP.replace("{after}", after).replace("{then}", then).replace("{given}", given)
    return {one.error.rpartition(".")[2] for one in project({"shop.py": code}).unhandled}


@pytest.mark.parametrize(("after", "then"), [("self.session.flush()", "store.commit()"), ("pass", "store.commit()")])
def test_a_row_stored_by_a_repository_breaks_what_has_to_be_unique(after: str, then: str) -> None:
    assert "IntegrityError" in errors(after, then, "email=sent.email, name='x'")


@pytest.mark.parametrize("given", ["email='house@example.org', name=sent.email", "name=sent.email"])
def test_columns_that_may_be_alike_break_nothing(given: str) -> None:
    assert "IntegrityError" not in errors("self.session.flush()", "store.commit()", given)


def test_a_row_that_nobody_writes_breaks_nothing() -> None:
    assert "IntegrityError" not in errors("pass", "pass", "email=sent.email, name='x'")


ENUM = """
import enum
from flask import Flask, request

class Status(enum.Enum):
    OPEN = "open"
    {more}

app = Flask(__name__)

@app.get("/orders")
def orders():
    return Status({value}).name
"""
MISSING = "@classmethod\n    def _missing_(cls, value):\n        return cls.OPEN"


@pytest.mark.parametrize(
    ("value", "more", "raises"),
    [("request.args['status']", "", True), ("'open'", "", False), ("request.args['status']", MISSING, False)],
)
def test_a_member_looked_up_by_what_was_sent_may_miss(value: str, more: str, raises: bool) -> None:
    found = project({"app.py": ENUM.replace("{value}", value).replace("{more}", more)}).unhandled
    assert ("ValueError" in {one.error for one in found}) == raises


def test_a_condition_picks_one_of_two_functions() -> None:
    code = (
        "from flask import Flask, request\napp = Flask(__name__)\n\nclass Refused(Exception):\n    pass\n\n"
        "def one():\n    raise Refused()\n\ndef other():\n    return 1\n\n"
        "@app.get('/a')\ndef a():\n    make = one if request.args.get('once') else other\n    return str(make())\n"
    )
    assert [one.error.rpartition(".")[2] for one in project({"app.py": code}).unhandled] == ["Refused"]
