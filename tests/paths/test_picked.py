"""What is picked by what was sent and may not be there: the first that fits, a file that is sent whole."""

import pytest

from tests.paths.projects import project

APP = """
import io
import os
from pathlib import Path

from flask import Flask, abort, request, send_file

app = Flask(__name__)
ORDERS = load()
FOLDER = "/srv/orders"

def must_be_listed(key):
    if key not in ORDERS:
        abort(404)
    if ORDERS[key].gone:
        raise ValueError(key)

def note(key):
    print(key)

@app.get("/orders/<key>")
def show(key):
    {code}
"""


def errors(code: str) -> set[str]:
    found = project({"app.py": APP.replace("{code}", code.replace("\n", "\n    "))}).unhandled
    return {one.error.rpartition(".")[2] for one in found}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("return next(one for one in ORDERS if one.key == key)", True),
        ("wanted = int(key or 0)\nreturn next((one for one in ORDERS if wanted == one.key))", True),
        ("return next((one for one in ORDERS if one.key == key), None)", False),
        ("return next(one for one in ORDERS if one.key == 'first')", False),
        ("return next(one for one in ORDERS if one.open)", False),
        ("return next(iter(ORDERS))", False),
        ("if key not in KEYS:\n    raise KeyError(key)\nreturn next(one for one in ORDERS if one.key == key)", False),
        ("try:\n    return next(one for one in ORDERS if one.key == key)\nexcept StopIteration:\n    abort(404)", False),
    ],
)
def test_the_first_that_is_equal_to_what_was_sent_may_be_none(code: str, found: bool) -> None:
    assert ("StopIteration" in errors(code)) is found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("return send_file(os.path.join(FOLDER, key))", True),
        ("path = f'{FOLDER}/{key}.pdf'\nreturn send_file(path, as_attachment=True)", True),
        ("path = f'{FOLDER}/{key}.pdf'\nreturn send_file(path) if os.path.exists(path) else abort(404)", False),
        ("path = f'{FOLDER}/{key}.pdf'\ndraw(key, path)\nreturn send_file(path)", False),
        ("must_be_listed(key)\nreturn send_file(f'{FOLDER}/{key}.pdf')", False),
        ("note(key)\nreturn send_file(f'{FOLDER}/{key}.pdf')", True),
        ("return send_file(FOLDER + '/first.pdf', download_name=key)", False),
        ("drawn = io.BytesIO(request.data)\nreturn send_file(drawn, download_name=key)", False),
        ("return send_file(io.BytesIO(request.data))", False),
        ("return send_file(draw(key))", False),
    ],
)
def test_a_file_that_is_sent_may_be_missing_where_it_was_named_from_outside(code: str, found: bool) -> None:
    assert ("FileNotFoundError" in errors(code)) is found


SENT = """
from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse
from pathlib import Path

app = FastAPI()

@app.get("/orders/{key}")
def show(key: str):
    path = Path("/srv") / key
    {code}
    return FileResponse(path, filename=key)
"""


@pytest.mark.parametrize(("code", "found"), [("pass", True), ("if not path.is_file(): raise HTTPException(404)", False)])
def test_the_answer_that_sends_a_file_looks_for_it(code: str, found: bool) -> None:
    assert bool(project({"app.py": SENT.replace("{code}", code)}).unhandled) is found
