"""Text that was sent and is taken apart into so many names, or looked up among the members of an enumeration."""

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


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("pass", True),
        ("if color not in [one.value for one in Color]:\n        abort(400)", False),
        ("if color not in ('red', 'blue'):\n        return ''", False),
        ("if color in ('red', 'blue'):\n        print(color)", True),
    ],
)
def test_a_value_that_was_found_among_others_has_its_member(asked: str, found: bool) -> None:
    code = f"""
from enum import Enum
from flask import Flask, abort, request

app = Flask(__name__)

class Color(Enum):
    RED = "red"

@app.get("/a")
def a():
    color = request.args["color"]
    {asked}
    return Color(color).name
"""
    assert any("Color" in one.sentence for one in project({"app.py": code}).unhandled) is found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("return key.split(':')[1]", True),
        ("return key.rsplit(':', 1)[1]", True),
        ("return key.strip().split(':')[1]", True),
        ("parts = key.split(':')\nreturn parts[1]", True),
        ("parts = key.split(':')  # shop and number\nprint(parts[0])\nreturn int('7'), parts[2]", True),
        ("return key.split()[0]", True),
        ("return key.splitlines()[0]", True),
        ("return key.split(':')[0]", False),
        ("return key.split(':')[-1]", False),
        ("return key.split(':')[1:]", False),
        ("return key.partition(':')[2]", False),
        ("return 'one:two'.split(':')[1]", False),
        ("name = 'one:two'\nreturn name.split(':')[1]", False),
        ("if ':' not in key:\n    return None\nreturn key.split(':')[1]", False),
        ("return key.split(':')[1] if ':' in key else key", False),
        ("parts = key.split(':')\nif len(parts) != 2:\n    return None\nreturn parts[1]", False),
        ("parts = key.split(':')\nreturn (\n    parts[1]\n    if len(parts) > 1\n    else None\n)", False),
        ("parts = key.split(':')\nparts[1] = 'shop'\nreturn parts", False),
        ("parts = (key.split(':') + [''])[:2]\nreturn parts[1]", False),
        ("try:\n    return key.split(':')[1]\nexcept IndexError:\n    return None", False),
        ("try:\n    return key.split(':')[1]\nexcept ValueError:\n    return None", True),
        ("# key.split(':')[1] is the number\nreturn key", False),
    ],
)
def test_a_part_that_is_picked_by_its_number_may_not_be_there(code: str, found: bool) -> None:
    unhandled = project({"app.py": APP.replace("{code}", code.replace("\n", "\n    "))}).unhandled
    told = "`key` has fewer parts: order → list.__getitem__ raises IndexError"
    assert any(told in one.sentence for one in unhandled) is found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("return request.headers['Authorization'].split(' ')[1]", True),
        ("return request.headers.get('Authorization', '').split(' ')[1]", True),
        ("token = request.headers.get('Authorization', '')\n    return token.split(' ')[1]", True),
        (
            "token = request.headers['Authorization']\n    if token.startswith('Bearer '):\n        return token.split(' ')[1]",
            False,
        ),
        ("return request.args.getlist('x')[0]", True),
        ("return request.path.split('/')[1]", False),
        ("return config.get('AUTH', '').split(' ')[1]", False),
    ],
)
def test_what_is_read_of_a_request_may_lack_the_part_that_is_picked(code: str, found: bool) -> None:
    head = "from flask import Flask, request\nconfig = {}\napp = Flask(__name__)\n\n@app.get('/a')\ndef a():\n    "
    unhandled = project({"app.py": head + code + "\n"}).unhandled
    assert any("IndexError" in one.sentence for one in unhandled) is found
