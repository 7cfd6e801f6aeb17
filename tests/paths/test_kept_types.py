"""Types that a handler names by what a module keeps: a tuple, one of several, one that another module or a library keeps."""

import pytest

from tests.paths.projects import project

KEPT = """
from house.errors import HOUSE_ERRORS

class SoldOut(Exception):
    pass

class Late(Exception):
    pass

ALWAYS: tuple[type[Exception], ...] = (
    # What the shelf tells.
    SoldOut,
)
BOTH = (*ALWAYS, Late)
MORE = ALWAYS + (Late,)
"""
APP = """
from flask import Flask
from shop import kept
from shop.kept import ALWAYS, BOTH, HOUSE_ERRORS, MORE, Late, SoldOut

app = Flask(__name__)

def take(key):
    if key not in STOCK:
        raise {error}(key)

def tried(ask, key, errors=BOTH):
    try:
        return ask(key)
    except errors:
        return None

@app.post("/orders/<key>")
def order(key):
    try:
        take(key)
    except {kinds}:
        return "", 409
"""


@pytest.mark.parametrize(
    ("error", "kinds", "sure"),
    [
        ("SoldOut", "ALWAYS", []),
        ("SoldOut", "kept.ALWAYS", []),
        ("Late", "ALWAYS", ["medium"]),
        ("Late", "BOTH", []),
        ("SoldOut", "BOTH", []),
        ("Late", "(KeyError, MORE)", []),
        ("SoldOut", "HOUSE_ERRORS", ["low"]),
        ("SoldOut", "Late", ["medium"]),
    ],
)
def test_types_are_those_that_some_module_keeps_under_the_name(error: str, kinds: str, sure: list[str]) -> None:
    app = APP.replace("{error}", error).replace("{kinds}", kinds)
    found = project({"shop/kept.py": KEPT, "shop/app.py": app, "shop/__init__.py": ""}).unhandled
    assert [str(one.confidence) for one in found] == sure
