"""Values that a model, a comparison or a question has made numbers of, or found to be one, before they are made one again."""

import pytest

from tests.paths.projects import project
from tests.paths.shop import app, told

PAYLOAD = """
from datetime import date
from decimal import Decimal
from typing import Optional
from uuid import UUID
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, field_validator

app = FastAPI()

def checked(text):
    try:
        return str(UUID(text))
    except ValueError as error:
        raise ValueError("no such room") from error

class Move(BaseModel):
    room: str
    door: str
    lead: int | None = None
    crew: Optional[int] = None
    note: "int | str" = ""
    text: str = ""

    @field_validator("room")
    @classmethod
    def _room(cls, value):
        return checked(value)

    @field_validator("door")
    @classmethod
    def _door(cls, value):
        return value.strip()

@app.post("/moves")
def move(payload: Move, key: str):
    fields = payload.model_dump(exclude_unset=True)
    return {made}
"""


def errors(made: str) -> list[str]:
    return [one.error for one in project({"moves.py": PAYLOAD.replace("{made}", made)}).unhandled]


@pytest.mark.parametrize(
    "made",
    [
        "UUID(payload.room)",
        "int(payload.lead or 0)",
        "int(payload.lead if payload.lead is not None else 0)",
        "int(payload.crew)",
        'int(fields["lead"])',
        'int(fields.get("crew", 0) or 0)',
        "int(payload.text is not None)",
        "int(key == '1')",
        'int("lead" in fields and not key)',
    ],
)
def test_a_field_that_its_model_has_made_and_a_comparison_are_numbers(made: str) -> None:
    assert errors(made) == []


@pytest.mark.parametrize(
    "made",
    [
        "UUID(payload.door)",
        "UUID(payload.text)",
        "int(payload.note)",
        'int(fields["text"])',
        "int(key or 0)",
        'int(key if key != "" else payload.text)',
        "int(payload.lead is not None), int(key)",
    ],
)
def test_text_that_nobody_has_made_a_number_may_be_none(made: str) -> None:
    assert errors(made) == ["ValueError"]


def test_what_a_caller_has_parsed_can_be_parsed_by_whom_it_hands_it_to() -> None:
    body = """
from uuid import UUID
from flask import abort

def rows(room):
    return [UUID(room)]

@app.get("/bold")
def bold():
    room = request.args["room"]
    return rows(room)

@app.get("/tried")
def tried():
    room = request.args["room"]
    try:
        UUID(room)
    except ValueError:
        abort(422)
    return rows(room)

@app.get("/other")
def other():
    room, door = request.args["room"], request.args["door"]
    try:
        UUID(door)
    except ValueError:
        abort(422)
    return rows(room)
"""
    assert set(told(app(body))) == {"bold", "other"}


def test_a_key_whose_value_is_asked_for_before_and_the_text_of_a_number_can_be_converted() -> None:
    body = """
from decimal import Decimal

@app.post("/asked")
def asked():
    sent = request.get_json()
    if isinstance(sent.get("most"), int):
        return int(sent["most"])

@app.post("/other")
def other():
    sent = request.get_json()
    if isinstance(sent.get("most"), int):
        return int(sent.get("least"))

@app.post("/texts")
def texts():
    value = request.get_json().get("price")
    if isinstance(value, str):
        return value
    elif isinstance(value, (int, float)):
        return Decimal(str(value))

@app.post("/later")
def later():
    value = request.get_json().get("price")
    if isinstance(value, int):
        return value

    name = value
    return Decimal(str(value))
"""
    assert set(told(app(body))) == {"other", "later"}


def test_a_folder_whose_removal_may_fail_raises_nothing() -> None:
    body = """
import shutil

@app.delete("/bold")
def bold():
    shutil.rmtree(request.args["name"])

@app.delete("/named")
def named():
    shutil.rmtree(request.args["name"], ignore_errors=True)

@app.delete("/placed")
def placed():
    shutil.rmtree(request.args["name"], True)

@app.delete("/told")
def told():
    shutil.rmtree(request.args["name"], ignore_errors=False)
"""
    assert set(told(app(body))) == {"bold", "told"}


def test_a_file_of_the_request_is_never_opened_by_name() -> None:
    body = """
def text(file):
    try:
        return file.stream.read()
    except AttributeError:
        with open(file) as found:
            return found.read()

@app.post("/named")
def named():
    return text(request.args["name"])

@app.post("/sent")
def sent():
    return text(request.files["file"])

def text_of(file):
    path = "/srv/" + file.filename
    with open(path) as found:
        return found.read()

@app.post("/stored")
def stored():
    return text_of(request.files["file"])

@app.post("/bound")
def bound():
    found = request.files.get("file")
    return text(found)
"""
    assert set(told(app(body))) == {"named", "stored"}
