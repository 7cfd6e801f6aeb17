"""Rows that are stored again, or by a function that answers by itself where the database refuses them."""

import pytest

from tests.paths.projects import project

SHOP = """
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, create_engine, select

app = FastAPI()
engine = create_engine("sqlite://")

class Seller(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    town: str = ""

class Sent(BaseModel):
    email: str
    town: str

def open_session():
    with Session(engine) as db:
        yield db

def signed_in(db: Session = Depends(open_session)) -> Seller:
    return db.get(Seller, 1)

def store(db: Session, seller: Seller, sent: Sent) -> None:
    {change}
    db.add(seller)
    db.commit()

@app.put("/sellers/{seller_id}")
def move(seller_id: int, sent: Sent, me: Seller = Depends(signed_in), db: Session = Depends(open_session)):
    {row}
    store(db, row, sent)
"""
FOUND = "row = db.get(Seller, seller_id)"
QUERIED = "row = db.exec(select(Seller).where(Seller.id == seller_id)).one_or_none()"
MOVES = "seller.town = sent.town"


def errors(code: str) -> set[str]:
    return {one.error.rpartition(".")[2] for one in project({"shop.py": code}).unhandled}


@pytest.mark.parametrize(("row", "given"), [(FOUND, "row"), (QUERIED, "row"), ("pass", "me")])
def test_a_row_that_was_looked_up_breaks_nothing_while_its_unique_columns_stay(row: str, given: str) -> None:
    code = SHOP.replace("{change}", MOVES).replace("{row}", row).replace("db, row,", f"db, {given},")
    assert "IntegrityError" not in errors(code)


def test_what_a_row_is_handed_to_may_have_any_name() -> None:
    code = SHOP.replace("{change}", MOVES).replace("{row}", FOUND).replace("store(", "set_town(")
    assert "IntegrityError" not in errors(code)


@pytest.mark.parametrize(
    ("row", "change"),
    [
        (FOUND, "seller.email = sent.email"),
        (f"{FOUND}; row.email = sent.email", MOVES),
        (FOUND, "[setattr(seller, name, value) for name, value in sent.model_dump().items()]"),
        ("row = Seller(email=sent.email)", MOVES),
    ],
)
def test_a_new_row_or_a_unique_column_that_is_set_may_break_the_constraint(row: str, change: str) -> None:
    assert "IntegrityError" in errors(SHOP.replace("{change}", change).replace("{row}", row))


SAVED = """
from flask import Flask, abort, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

app = Flask(__name__)
sessions = sessionmaker()

class Base(DeclarativeBase): ...

class Project(Base):
    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)

def save(db: Session, row):
    try:
        db.add(row)
        db.commit()
    except {kind}:
        db.rollback()
        {then}

@app.post("/projects")
def create():
    db = sessions()
    save(db, Project(name=request.args.get("name")))
    return {}
"""


@pytest.mark.parametrize(
    ("kind", "then", "raises"),
    [("IntegrityError", "abort(409)", False), ("IntegrityError", "raise", True), ("KeyError", "abort(409)", True)],
)
def test_a_function_that_stores_rows_may_answer_for_those_that_are_refused(kind: str, then: str, raises: bool) -> None:
    assert ("IntegrityError" in errors(SAVED.replace("{kind}", kind).replace("{then}", then))) == raises


CONVERTED = """
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def revoke(request):
    return JSONResponse({"key": int(request.path_params["key"])})

app = Starlette(routes=[Route("/keys/PART", revoke, methods=["POST"])])
"""


@pytest.mark.parametrize(
    ("part", "raises"), [("{key:int}", False), ("{key:str}", True), ("{key}", True), ("{other:int}/{key}", True)]
)
def test_a_part_of_a_path_is_a_number_where_its_convertor_says_so(part: str, raises: bool) -> None:
    assert ("ValueError" in errors(CONVERTED.replace("PART", part))) == raises


FIRST = """
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()
db = Session()

class Base(DeclarativeBase):
    pass

class Owner(Base):
    __tablename__ = "owners"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)

class Sent(BaseModel):
    email: str

def known(email):
    query = db.query(Owner.id)
    return query.filter_by(email=email).scalar()

def add(email):
    db.add(Owner(email=email))
    db.commit()

class Refused(Exception):
    pass

def store(email):
    db.add(Owner(email=email))
    try:
        db.commit()
    except IntegrityError as error:
        raise Refused(email) from error

def open_shop(email):
    if known(email):
        return None
    add(email)

@app.post("/owners")
def register(sent: Sent):
    {asks}
    {adds}(sent.email)
"""


@pytest.mark.parametrize(
    ("asks", "adds", "found"),
    [
        ("if db.query(Owner).first(): raise HTTPException(409)", "add", False),
        ("if known(sent.email): raise HTTPException(409)", "add", False),
        ("pass", "open_shop", False),
        ("if known(sent.email): raise HTTPException(409)", "store", False),
        ("pass", "store", True),
        ("if db.query(Owner).filter(Owner.id == 1).first(): raise HTTPException(409)", "add", True),
        ("pass", "add", True),
    ],
)
def test_the_first_row_of_a_table_breaks_nothing_nor_what_a_helper_has_asked_for(asks: str, adds: str, found: bool) -> None:
    told = errors(FIRST.replace("{asks}", asks).replace("{adds}", adds))
    assert bool(told & {"IntegrityError", "Refused"}) is found


KEPT = """
from fastapi import Body, FastAPI, HTTPException
from sqlmodel import Field, Session, SQLModel, create_engine, select

app = FastAPI()
engine = create_engine("sqlite://")

class Seller(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)

class Store:
    def save(self, seller: Seller) -> None:
        with Session(engine) as db:
            db.add(seller)
            db.commit()

    def by_email(self, email: str):
        with Session(engine) as db:
            return db.exec(select(Seller).where(Seller.email == email)).first()

@app.post("/sellers")
def join(email: str = Body()):
    {asks}
    Store().save(Seller(email=email))
"""
ASKS = "if Store().by_email(email): raise HTTPException(409)"


@pytest.mark.parametrize(("asks", "expected"), [("pass", {"IntegrityError"}), (ASKS, set())])
def test_a_row_that_is_handed_on_is_asked_for_by_the_caller(asks: str, expected: set[str]) -> None:
    assert errors(KEPT.replace("{asks}", asks)) == expected


SPREAD = """
import secrets
from fastapi import Body, FastAPI
from sqlmodel import Field, Session, SQLModel, create_engine

app = FastAPI()
engine = create_engine("sqlite://")

class Invite(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(unique=True)
    email: str = ""

@app.post("/invites")
def invite(email: str = Body()):
    values = dict(token={token}, email=email)
    with Session(engine) as db:
        db.add(Invite(**values))
        db.commit()
"""


@pytest.mark.parametrize(("token", "expected"), [("secrets.token_hex()", set()), ("email", {"IntegrityError"})])
def test_a_mapping_that_is_made_of_keywords_is_read_as_they_say(token: str, expected: set[str]) -> None:
    assert errors(SPREAD.replace("{token}", token)) == expected
