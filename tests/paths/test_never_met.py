"""Errors that the code around them keeps from being met: numbers already, signed before, found in another way, its own doing."""

import pytest

from tests.paths.projects import project

HEAD = """
import hmac
import json
from fastapi import FastAPI, HTTPException, Request

app = FastAPI()

class Taken(Exception): ...
class Unlocked(Exception): ...

def sign(text):
    return hmac.new(KEY, text).hexdigest()
"""


def found(code: str) -> dict[str, str]:
    return {one.error.rpartition(".")[2]: str(one.confidence) for one in project({"app.py": HEAD + code}).unhandled}


@pytest.mark.parametrize(
    ("asked", "raises"),
    [("if type(given) not in (int, float): return {}", False), ("if type(other) is not int: return {}", True), ("pass", True)],
)
def test_a_value_whose_type_is_asked_for_is_a_number(asked: str, raises: bool) -> None:
    code = f"""
@app.post("/orders")
def order(body: dict, other: dict):
    given = body.get("count")
    {asked}
    return int(given)
"""
    assert ("ValueError" in found(code)) is raises


@pytest.mark.parametrize(
    ("checks", "sure"),
    [
        ("hmac.compare_digest(sign(text), mark)", "low"),
        ("hmac.new(KEY, text).hexdigest() == mark", "low"),
        ("text != mark", "high"),
    ],
)
def test_what_was_signed_is_seldom_broken(checks: str, sure: str) -> None:
    code = f"""
@app.get("/orders")
def order(request: Request):
    text, mark = request.cookies.get("order", ""), request.cookies.get("mark", "")
    if not {checks}:
        raise HTTPException(400)
    return json.loads(text)
"""
    assert found(code)["JSONDecodeError"] == sure


@pytest.mark.parametrize(
    ("then", "raises"),
    [
        ("row = find(key)\n        if row is None:\n            raise", False),
        ("row = find(key)\n        if not row:\n            raise", False),
        ("if key is None:\n            raise", True),
        ("row = key\n        if row is None:\n            raise", True),
    ],
)
def test_what_is_found_instead_answers_for_the_error(then: str, raises: bool) -> None:
    code = f"""
def add(key):
    if key in KEYS:
        raise Taken(key)

@app.post("/orders/{{key}}")
def order(key: str):
    try:
        add(key)
    except Taken:
        {then}
        return row
"""
    assert ("Taken" in found(code)) is raises


@pytest.mark.parametrize(("name", "raises"), [("_locked", False), ("locked", True)])
def test_what_only_the_code_itself_gives_it_gives_as_it_should(name: str, raises: bool) -> None:
    code = f"""
def store(key, {name}=False):
    if {name} and key not in LOCKS:
        raise Unlocked(key)

@app.post("/orders/{{key}}")
def order(key: str):
    store(key, {name}=True)
"""
    assert ("Unlocked" in found(code)) is raises


@pytest.mark.parametrize(
    ("part", "sure"),
    [
        ("row.cost or 0", "low"),
        ('row.get("cost") or 0', "low"),
        ('row.get("cost", 0)', "low"),
        ('row.get("cost")', "medium"),
        ('row["cost"]', "medium"),
    ],
)
def test_parts_of_an_object_mostly_are_numbers_away_from_the_handler(part: str, sure: str) -> None:
    code = f"""
def weigh(row):
    return int({part})

@app.post("/orders")
def order(body: dict):
    return weigh(body)
"""
    assert found(code).get("ValueError") == sure


@pytest.mark.parametrize(("before", "raises"), [("show(key)", False), ("find(key)", False), ("print(key)", True)])
def test_what_another_call_has_been_through_is_there(before: str, raises: bool) -> None:
    code = f"""
class Gone(Exception): ...

def find(key):
    if key not in ORDERS:
        raise Gone(key)
    return ORDERS[key]

def show(key):
    return find(key).shown

def close(key):
    return find(key).closed

@app.post("/orders/{{key}}")
def order(key: str):
    try:
        {before}
    except Gone:
        raise HTTPException(404)
    return close(key)
"""
    assert ("Gone" in found(code)) is raises


@pytest.mark.parametrize(
    ("given", "raises"),
    [
        ('str(body["note"]).strip() if body.get("note") else None', False),
        ('str(body["note"]).strip() if body.get("name") else None', True),
    ],
)
def test_a_key_is_asked_for_behind_what_is_made_of_it(given: str, raises: bool) -> None:
    code = f"""
@app.post("/orders")
def order(body: dict):
    return {given}
"""
    assert ("KeyError" in found(code)) is raises


@pytest.mark.parametrize(("timeout", "sure"), [("", "low"), (", timeout=5", "medium")])
def test_a_call_that_is_given_no_timeout_seldom_runs_into_one(timeout: str, sure: str) -> None:
    code = f"""
import click
from urllib import error, request as sent

@click.command()
@click.argument("key")
def order(key):
    try:
        with sent.urlopen("https://shop.test/" + key{timeout}) as answer:
            return answer.read()
    except error.URLError:
        return None
"""
    assert sure in found(code).values()
    assert ("TimeoutError" in found(code)) is bool(timeout)


@pytest.mark.parametrize(
    ("checks", "raises"), [("validate_event(body)", False), ("validate_event(other)", True), ("log(body)", True)]
)
def test_a_mapping_that_was_validated_holds_its_keys(checks: str, raises: bool) -> None:
    code = f"""
@app.post("/orders")
def order(body: dict, other: dict):
    if wrong := {checks}:
        raise HTTPException(400, wrong)
    return body["key"]
"""
    assert ("KeyError" in found(code)) is raises


@pytest.mark.parametrize(
    ("checks", "sure"),
    [
        ("hmac.compare_digest(sign(request), mark)", {"low"}),
        ("hmac.compare_digest(mark, PASSWORD)", {"high", "medium"}),
        ("mark", {"high", "medium"}),
    ],
)
def test_what_is_sent_with_a_signature_is_mostly_whole(checks: str, sure: set[str]) -> None:
    code = f"""
from fastapi import Depends, Header

async def verify(request: Request, mark: str = Header("")):
    if not {checks}:
        raise HTTPException(401)

@app.post("/orders", dependencies=[Depends(verify)])
def order(body: dict):
    return json.loads(body["payload"])
"""
    assert {found(code)[name] for name in ("KeyError", "JSONDecodeError")} == sure


@pytest.mark.parametrize(
    ("checks", "raises"),
    [
        ("session_is_valid(token, KEY)", False),
        ("valid_token(token)", False),
        ("session_is_valid(other)", True),
        ("known(token)", True),
    ],
)
def test_a_value_that_was_found_valid_is_converted(checks: str, raises: bool) -> None:
    code = f"""
@app.get("/orders")
def order(token: str, other: str):
    if not {checks}:
        return None
    return int(str(token).partition(".")[0])
"""
    assert ("ValueError" in found(code)) is raises


CUT = """
import subprocess
from flask import Flask

app = Flask(__name__)

@app.post("/films/<name>/cut")
def cut(name):
    code = {call}
    if code != 0:
        raise RuntimeError(f"ended with {{code}}")
    return "", 204
"""


@pytest.mark.parametrize(
    ("call", "raises"), [('subprocess.call(["ffmpeg", "-i", name], timeout=60)', True), ("sum(len(one) for one in FILMS)", False)]
)
def test_an_error_that_tells_how_another_program_ended_is_met(call: str, raises: bool) -> None:
    found = [one for one in project({"shop/app.py": CUT.format(call=call)}).unhandled if "RuntimeError" in str(one)]
    assert bool(found) is raises
