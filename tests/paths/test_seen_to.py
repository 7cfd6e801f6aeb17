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
