"""Text that was sent and is taken apart into so many names."""

import pytest

from tests.paths.projects import project

APP = """
from fastapi import FastAPI

app = FastAPI()

@app.get("/orders/{key}")
def order(key: str, count: int = 1):
    {code}
"""


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("shop, number = key.split(':')\nreturn shop", True),
        ("shop, number = key.rsplit(':', 1)\nreturn shop", True),
        ("shop, *rest = key.split(':')\nreturn shop", False),
        ("parts = key.split(':')\nreturn parts", False),
        ("shop, number = 'one:two'.split(':')\nreturn shop", False),
        ("name = 'one:two'\nshop, number = name.split(':')\nreturn shop", False),
        ("if ':' not in key:\n    return None\nshop, number = key.split(':', 1)\nreturn shop", False),
        ("if ':' in key:\n    shop, number = key.split(':', 1)\nreturn key", False),
        ("if ':' in key or count:\n    shop, number = key.split(':', 1)\nreturn key", True),
        ("if ':' in key or ';' in key:\n    shop, number = key.split(':', 1)\nreturn key", True),
        ("if key.count(':') != 1:\n    return None\nshop, number = key.split(':')\nreturn shop", False),
        ("try:\n    shop, number = key.split(':')\nexcept ValueError:\n    return None\nreturn shop", False),
    ],
)
def test_a_text_that_was_sent_may_have_more_or_fewer_parts(code: str, found: bool) -> None:
    unhandled = project({"app.py": APP.replace("{code}", code.replace("\n", "\n    "))}).unhandled
    told = "`key` has fewer or more parts: order → str.split raises ValueError"
    assert any(told in one.sentence for one in unhandled) is found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("kind, token = request.headers.get('Authorization', '').split(' ')\n    return token", True),
        ("kind, token = request.headers['Authorization'].split(' ')\n    return token", True),
        ("kind, _, token = request.headers.get('Authorization', '').partition(' ')\n    return token", False),
        ("first, *parts = request.args.get('x', '').split(' ')\n    return first", False),
        ("kind, token = config.get('AUTH', '').split(' ')\n    return token", False),
    ],
)
def test_what_is_read_of_a_request_may_be_taken_apart_at_once(code: str, found: bool) -> None:
    head = "from flask import Flask, request\nconfig = {}\napp = Flask(__name__)\n\n@app.get('/a')\ndef a():\n    "
    unhandled = project({"app.py": head + code + "\n"}).unhandled
    assert any("has fewer or more parts" in one.sentence for one in unhandled) is found
