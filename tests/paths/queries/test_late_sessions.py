"""What a module sets only later, or calls by a wider name, is known for what it is."""

import textwrap

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project
from tests.paths.queries.asked import MAPPED, marked, repeated

USES = """
from flask_sqlalchemy.pagination import SelectPagination
from sqlalchemy import func, select
from shop.base import db

class Account(db.Model):
    id = db.Column(db.Integer, primary_key=True)

class Person(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    account_id = db.Column(db.Integer, db.ForeignKey("account.id"))

def counts(page):
    accounts: SelectPagination = db.paginate(select(Account), page=page)
    for account in accounts.items:
        people = select(func.count(Person.id)).where(Person.account_id == account.id)
        print(db.session.execute(people).scalar())
"""


@pytest.mark.parametrize(
    "waits", ["db = None", "db: sqlalchemy = (\n    None  # until the settings are read\n)", "db: SQLAlchemy = None"]
)
def test_a_module_that_waits_for_its_database_has_the_one_that_a_function_gives_it(waits: str) -> None:
    base = f"""import sqlalchemy
from flask_sqlalchemy import SQLAlchemy

{waits}

def begin():
    global db
    db = SQLAlchemy()
"""
    found = project({"shop/__init__.py": "", "shop/base.py": base, "shop/app.py": USES}).repeated_queries
    assert [(one.text, one.confidence) for one in found] == [("db.session.execute", Confidence.HIGH)]


BOUND = """
from contextlib import asynccontextmanager, contextmanager
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker

sessions = sessionmaker(create_engine("postgresql://"))
later = async_sessionmaker(create_async_engine("postgresql+asyncpg://"))

@contextmanager
def unit_of_work():
    with sessions.begin() as session:
        yield session

@asynccontextmanager
async def unit_of_later_work():
    async with later.begin() as session:
        yield session
"""


@pytest.mark.parametrize(
    "code",
    [
        """
        def work(keys):
            with sessions.begin() as session:
                for key in keys:
                    session.scalar(select(Order).where(Order.id == key))  # <-
        """,
        """
        def work(keys):
            with unit_of_work() as session:
                for key in keys:
                    session.scalar(select(Order).where(Order.id == key))  # <-
        """,
        """
        async def work(keys):
            async with unit_of_later_work() as session:
                for key in keys:
                    await session.scalar(select(Order).where(Order.id == key))  # <-
        """,
        """
        def work(keys):
            with sessions() as session:
                for key in keys:
                    session.connection().execute(text("SELECT name FROM orders WHERE id = :id"), {"id": key})  # <-
        """,
    ],
)
def test_a_session_may_come_with_its_transaction(code: str) -> None:
    files = {"shop.py": MAPPED + BOUND + textwrap.dedent(code)}
    assert repeated(files) == marked(files)
