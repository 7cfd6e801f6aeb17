"""What was sent, and what came of a dependency, a verified signature, a row or code instead; and rows that may be gone."""

import pytest

from tests.paths.projects import project

MADE = """
from typing import Annotated
from fastapi import Depends, FastAPI, Header, Request

app = FastAPI()

def settings(request: Request):
    return request.app.state.settings
Settings = Annotated[dict, Depends(settings)]
Own = Settings

@app.get("/wait")
def wait(own: Own, prefer: str = Header("")):
    return int(GIVEN)
"""


@pytest.mark.parametrize(("given", "errors"), [("prefer", ["ValueError"]), ("own.most", [])])
def test_a_dependency_that_has_a_second_name_is_not_sent(given: str, errors: list[str]) -> None:
    found = project({"shop.py": MADE.replace("GIVEN", given)}).unhandled
    assert [one.error for one in found] == errors


BODY = """
from fastapi import FastAPI, HTTPException, Request

app = FastAPI()

@app.post("/hook")
async def hook(request: Request):
    body = await request.body()
    BEFORE
    return body.decode("utf-8")
"""


@pytest.mark.parametrize(
    ("before", "errors"),
    [
        ("pass", ["UnicodeDecodeError"]),
        ("order = await request.json()", ["JSONDecodeError"]),
        ("if not signature_of(body):\n        raise HTTPException(401)", ["UnicodeDecodeError"]),
    ],
)
def test_a_body_that_was_parsed_is_text(before: str, errors: list[str]) -> None:
    found = project({"shop.py": BODY.replace("BEFORE", before)}).unhandled
    assert [one.error.rpartition(".")[2] for one in found] == errors


def test_a_body_that_was_signed_is_mostly_text() -> None:
    before = "if not verify_hook_signature(body=body):\n        raise HTTPException(401)"
    found = project({"shop.py": BODY.replace("BEFORE", before)}).unhandled
    assert [(one.error, str(one.confidence)) for one in found] == [("UnicodeDecodeError", "low")]


ROWS = """
from fastapi import Depends, FastAPI
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(9))

class WrongKind(Exception):
    pass

def open_session() -> Session:
    return Session()

def ship(db: Session, kind, note=""):
    if kind not in KINDS:
        raise WrongKind(kind)
    return note

@app.get("/quietly")
def quietly():
    try:
        return ship(None, "parcel")
    except WrongKind:
        return None

@app.post("/orders/{key}")
def handler(key: int, kind: str, note: str, db: Session = Depends(open_session)):
    order = db.get(Order, key)
    return ship(db, GIVEN, note)
"""


def confidences(given: str) -> list[str]:
    found = project({"shop.py": ROWS.replace("GIVEN", given)}).unhandled
    return [str(one.confidence) for one in found if one.error.endswith("WrongKind")]


def test_a_raise_is_met_where_what_it_asks_for_is_handed_over_as_it_was_sent() -> None:
    assert confidences("kind") == ["medium"]
    assert confidences("new_kind()") == ["low"]
    both = (
        ROWS
        + """
@app.post("/drafts/{key}")
def draft(kind: str, note: str):
    return ship(None, new_kind(), note)
"""
    )
    found = project({"shop.py": both.replace("GIVEN", "kind")}).unhandled
    assert [one.entry.label for one in found if one.error.endswith("WrongKind")] == ["POST /orders/{key}"]


TASK = """
from celery import shared_task
from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

app = FastAPI()

class Missing(Exception):
    pass

def find(db, key):
    order = db.get(Order, key)
    if order is None or order.deleted_at:
        raise Missing(key)
    return order

@shared_task
def route(key):
    return find(Session(), key)

@app.get("/orders/{key}")
def show(key: int, db: Session = Depends(Session)):
    try:
        return find(db, key)
    except Missing:
        return None
"""


def test_a_row_that_is_missing_or_deleted_may_be_so_whoever_asks_for_it() -> None:
    assert [one.entry.kind for one in project({"shop.py": TASK}).unhandled if one.error.endswith("Missing")] == ["task"]
