"""What a scope has asked for or parsed before it uses it: a key in a condition behind it, a date, another list's elements."""

import pytest

from tests.paths.projects import project

APP = """
from datetime import date
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

app = FastAPI()

class Line(BaseModel):
    name: str

class Lines(BaseModel):
    lines: list[Line]

def keep(day):
    return date.fromisoformat(day.strip())

def stored(lines):
    STORE.extend(lines)
    return STORE

@app.post("/orders/{key}")
async def order(request: Request, key: str{lines}):
    {code}
"""


def errors(code: str) -> set[str]:
    app = APP.replace("{lines}", ", lines: Lines" if "lines.lines" in code else "")
    found = project({"app.py": app.replace("{code}", code.replace("\n", "\n    "))}).unhandled
    return {one.error.rpartition(".")[2] for one in found}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('return {"kind": request.headers["x-kind"]} if "x-kind" in request.headers else {}', set()),
        ('return {"kind": request.headers["x-kind"]} if key else {}', {"KeyError"}),
        ("try:\n    date.fromisoformat(key.strip())\nexcept ValueError:\n    raise HTTPException(400)\nreturn keep(key)", set()),
        ("return keep(key)", {"ValueError"}),
        ("kept = [one.model_dump() for one in lines.lines]\nsaved = stored(kept)\nreturn [Line(**one) for one in saved]", set()),
        (
            "kept = [one for one in STORE]\nreturn [Line(**one) for one in await request.json()]",
            {"JSONDecodeError", "ValidationError"},
        ),
    ],
)
def test_what_was_seen_before_is_whole(code: str, found: set[str]) -> None:
    assert errors(code) == found
