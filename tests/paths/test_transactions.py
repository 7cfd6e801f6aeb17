"""A block at whose end a transaction is written: the database may refuse there what was added in it."""

import pytest

from tests.paths.projects import project

APP = """
from contextlib import contextmanager

from flask import Flask, request
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

app = Flask(__name__)
engine = create_engine("postgresql://db/shop")
Sessions = sessionmaker(engine)

class Taken(Exception): ...

class Base(DeclarativeBase): ...

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)

@contextmanager
def scope():
    session = Sessions()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()

@contextmanager
def work():
    with Sessions() as session, session.begin():
        yield session

@contextmanager
def answered():
    session = Sessions()
    yield session
    try:
        session.commit()
    except IntegrityError:
        session.rollback()

@contextmanager
def reading():
    with Sessions() as session:
        yield session

def keep(session, user):
    session.add(user)

@app.post("/users/<int:key>")
def change(key):
    {body}
    return ""
"""
ADDS = "session.add(User(email=request.json.get('email')))"


def _told(body: str) -> set[str]:
    found = project({"shop/app.py": APP.format(body=body)}).unhandled
    return {one.error.rpartition(".")[2] for one in found if one.entry.kind == "route"}


@pytest.mark.parametrize(
    "body",
    [
        f"with Sessions.begin() as session:\n        {ADDS}",
        f"with scope() as session:\n        {ADDS}",
        f"with work() as session:\n        {ADDS}",
        f"with Session(engine) as session, session.begin():\n        {ADDS}",
        "with work() as session:\n        user = session.get(User, key)\n        user.email = request.json.get('email')",
        "with scope() as session:\n        keep(session, User(email=request.json.get('email')))",
    ],
)
def test_what_is_added_may_be_refused_as_its_block_ends(body: str) -> None:
    assert _told(body) == {"IntegrityError"}


@pytest.mark.parametrize(
    "body",
    [
        f"with reading() as session:\n        {ADDS}",
        f"with answered() as session:\n        {ADDS}",
        f"try:\n        with work() as session:\n            {ADDS}\n    except IntegrityError:\n        pass",
        "with scope() as session:\n        session.add(User(email='shop'))",
        "with scope() as session:\n        if session.query(User).filter_by(email=request.json.get('email')).first():\n"
        f"            return ''\n        {ADDS}",
    ],
)
def test_what_is_not_written_or_answered_or_asked_before_is_none(body: str) -> None:
    assert _told(body) == set()


def test_what_a_helper_makes_of_a_request_was_sent() -> None:
    code = """
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

sessions = async_sessionmaker(create_async_engine("postgresql+asyncpg://db/shop"))

class Base(DeclarativeBase): ...

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)

class NewUser(BaseModel):
    email: str

async def read(request, schema):
    try:
        return schema.model_validate(await request.json())
    except ValueError:
        return None

async def create(request: Request):
    wanted = await read(request, NewUser)
    async with sessions.begin() as session:
        session.add(User(**wanted.model_dump()))
    return Response(status_code=201)

app = Starlette(routes=[Route("/users", create, methods=["POST"])])
"""
    assert [one.error.rpartition(".")[2] for one in project({"app.py": code}).unhandled] == ["IntegrityError"]
