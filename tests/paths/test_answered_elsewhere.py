"""A library that nobody here knows may answer for an error: by a base of the type, by what stands around a call or a handler."""

import pytest

from tests.paths.projects import project

APP = """
from flask import Flask
from house.errors import HouseError, catch_errors, handle_errors, timed

app = Flask(__name__)

class ShopError(Exception):
    pass

class SoldOut(ShopError):
    pass

class Closed(HouseError):
    pass

class Late(Closed):
    pass

def take(key):
    if key not in STOCK:
        raise {error}(key)

@app.post("/orders/<key>")
{over}
def order(key):
    {around}
    take(key)
"""


@pytest.mark.parametrize(
    ("error", "over", "around", "sure"),
    [
        ("SoldOut", "", "if key:", "medium"),
        ("Closed", "", "if key:", "low"),
        ("Late", "", "if key:", "low"),
        ("SoldOut", "", "with catch_errors():", "low"),
        ("SoldOut", "", "with timed(key):", "medium"),
        ("SoldOut", "@handle_errors", "if key:", "low"),
        ("SoldOut", "@timed", "if key:", "medium"),
    ],
)
def test_what_an_unknown_library_may_answer_for_is_doubtful(error: str, over: str, around: str, sure: str) -> None:
    code = APP.replace("{error}", error).replace("{over}", over).replace("{around}\n    take", f"{around}\n        take")
    assert [str(one.confidence) for one in project({"app.py": code}).unhandled] == [sure]
