"""Raises that a caller rules out by what it writes out, or that somebody on the way has seen to, are doubtful; others are not."""

import pytest

from tests.paths.projects import project

ORDERS = """
class Refused(Exception):
    pass

def change(order):
    kind = order.get("kind")
    if kind == "open":
        return store(order)
    if kind == "close":
        if not close(order.get("key")):
            raise Refused(order)
        return None
    raise LeftOver(f"unknown kind {kind!r}")

class LeftOver(Exception):
    pass

def move(key, how):
    if how == "fast":
        if key in LATE:
            raise Refused(key)
    return key

def put(key, changes):
    if "kind" in changes:
        raise Refused(key)
    return key
"""
ROUTES = """
from fastapi import FastAPI
from shop.orders import LeftOver, Refused, change, move, put

app = FastAPI()

@app.get("/quietly")
def quietly(key: str):
    try:
        return change({"kind": key, "key": key})
    except (LeftOver, Refused):
        return None

@app.post("/orders/{key}")
def handler(key: str):
    return CALL
"""


def told(call: str) -> dict[str, str]:
    found = project({"shop/app.py": ROUTES.replace("CALL", call), "shop/orders.py": ORDERS}).unhandled
    return {one.error.rpartition(".")[2]: str(one.confidence) for one in found}


@pytest.mark.parametrize(
    ("call", "errors"),
    [
        ('change({"kind": "close", "key": key})', {"Refused": "medium", "LeftOver": "low"}),
        ('change({"kind": "open", "key": key})', {"Refused": "low", "LeftOver": "low"}),
        ('change({"kind": key, "key": key})', {"Refused": "medium", "LeftOver": "medium"}),
        ('move(key, "fast")', {"Refused": "medium"}),
        ('move(key, "slow")', {"Refused": "low"}),
        ("move(key, key)", {"Refused": "medium"}),
        ('put(key, {"note": key})', {"Refused": "low"}),
        ('put(key, {"note": key, "kind": key})', {"Refused": "medium"}),
    ],
)
def test_a_branch_for_another_value_than_the_caller_writes_out_is_doubtful(call: str, errors: dict[str, str]) -> None:
    assert told(call) == errors


FEW = """
from enum import Enum
from typing import Literal, Optional
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
KINDS = ("small", "large")

class Kind(Enum):
    SMALL = "small"

class Order(BaseModel):
    size: SIZE

class Unknown(Exception):
    pass

def make(size):
    if size not in KINDS:
        raise Unknown(size)
    return size

@app.get("/quietly")
def quietly():
    try:
        return make("small")
    except Unknown:
        return None

@app.post("/orders")
def handler(HANDED):
    return make(GIVEN)
"""


@pytest.mark.parametrize(
    ("size", "handed", "given", "confidence"),
    [
        ("str", "size: str", "size", "medium"),
        ("str", "size: Literal['small', 'large'] = 'small'", "size", "low"),
        ("str", "size: Kind", "size", "low"),
        ("Literal['small']", "order: Order", "order.size", "low"),
        ("Optional[Kind]", "order: Order", "order.size", "low"),
        ("str", "order: Order", "order.size", "medium"),
        ("str | Literal['small']", "order: Order", "order.size", "medium"),
    ],
)
def test_what_is_let_through_as_one_of_a_few_is_seldom_another(size: str, handed: str, given: str, confidence: str) -> None:
    text = FEW.replace("SIZE", size).replace("HANDED", handed).replace("GIVEN", given)
    assert [str(one.confidence) for one in project({"shop.py": text}).unhandled] == [confidence]


SEEN = """
from fastapi import Depends, FastAPI, HTTPException

app = FastAPI()

class OrderForbidden(Exception):
    pass
class InvalidOrder(Exception):
    pass
class OrderExists(Exception):
    pass
class Inactive(Exception):
    pass

def show_order(user, key):
    if not user.is_admin and key not in user.keys:
        raise OrderForbidden(key)
def make_order(body):
    if len(body) > 9:
        raise InvalidOrder(body)
def add_order(key):
    if key in STORE:
        raise OrderExists(key)
def mail(user, key):
    if not user.is_active and key:
        raise Inactive(key)

def current(token: str):
    return user_of(token)
def active(user=Depends(current)):
    if not user.is_active:
        raise HTTPException(401)
    return user
def admin(user=Depends(current)):
    return user

def quietly(key):
    try:
        return show_order(key, key), make_order(key), add_order(key), mail(key, key)
    except (OrderForbidden, InvalidOrder, OrderExists, Inactive):
        return None

@app.get("/orders/{key}")
def handler(key: str, body: str, user=Depends(WHO)):
    BODY
"""


@pytest.mark.parametrize(
    ("who", "body", "confidence"),
    [
        ("current", "show_order(user, key)", "medium"),
        ("admin", "show_order(user, key)", "low"),
        ("current", "make_order(body)", "medium"),
        ("current", "problems = validate(body, strict=True); make_order(body)", "medium"),
        ("current", "problems = validate(body, strict=True)\n    make_order(body)", "low"),
        ("current", "problems = validate(key)\n    make_order(body)", "medium"),
        ("current", "add_order(key)", "medium"),
        ("current", "known = find_order(key)\n    add_order(key)", "ruled out"),
        ("current", "known = find_order(body)\n    add_order(key)", "medium"),
        ("current", "mail(user, key)", "medium"),
        ("active", "mail(user, key)", "low"),
    ],
)
def test_what_somebody_has_seen_to_before_is_doubtful(who: str, body: str, confidence: str) -> None:
    found = project({"shop.py": SEEN.replace("WHO", who).replace("BODY", body)}).unhandled
    assert ([str(one.confidence) for one in found] or ["ruled out"]) == [confidence]


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
        ("if not verify_hook_signature(body=body):\n        raise HTTPException(401)", []),
        ("if not signature_of(body):\n        raise HTTPException(401)", ["UnicodeDecodeError"]),
    ],
)
def test_a_body_that_was_signed_or_parsed_is_text(before: str, errors: list[str]) -> None:
    found = project({"shop.py": BODY.replace("BEFORE", before)}).unhandled
    assert [one.error.rpartition(".")[2] for one in found] == errors


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
