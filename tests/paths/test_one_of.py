"""Values that a scope refuses by `return`, or goes on with, where they are not, or are, among others."""

import pytest

from tests.paths.projects import project

APP = """
import os
import requests
from flask import Flask, abort

app = Flask(__name__)
KINDS = {"new": 1, "old": 2}

class Unknown(Exception): ...

def weigh(kind):
    if kind not in KINDS:
        raise Unknown(kind)
    return KINDS[kind]

def read(kind):
    with open(f"/srv/{kind}.txt") as file:
        return file.read()

def ask(kind):
    return requests.get(f"https://shop.test/{kind}", timeout=3).text

@app.get("/orders/<kind>/<other>")
def show(kind, other):
    {code}
"""
CASES = [
    ("return {call}", True),
    ("if kind not in KINDS:\n    return 'unknown', 404\nreturn {call}", False),
    ("if not kind or kind not in KINDS:\n    return 'unknown', 404\nreturn {call}", False),
    ("if kind not in KINDS:\n    abort(404)\nreturn {call}", False),
    ("if kind not in KINDS:\n    print(kind)\nreturn {call}", True),
    ("if kind in KINDS:\n    return {call}\nreturn ''", False),
    ("if kind in KINDS or other:\n    return {call}\nreturn ''", True),
    ("if kind in KINDS or kind in ('odd', 'rare'):\n    return {call}\nreturn ''", False),
    ("if kind in KINDS:\n    return ''\nreturn {call}", True),
    ("if other not in KINDS:\n    return 'unknown', 404\nreturn {call}", True),
    ("if kind not in KINDS and other:\n    return 'unknown', 404\nreturn {call}", True),
    ("if kind and kind not in KINDS:\n    return 'unknown', 404\nreturn {call}", False),
    ("if kind not in KINDS:\n    kind = 'new'\nreturn {call}", False),
    ("if kind not in KINDS:\n    other = 'new'\nreturn {call}", True),
    ("if kind in KINDS:\n    kind = other\nreturn {call}", True),
    ("if kind not in KINDS:\n    kind = other\nreturn {call}", True),
]


def errors(code: str) -> set[str]:
    found = project({"app.py": APP.replace("{code}", code.replace("\n", "\n    "))}).unhandled
    return {one.error.rpartition(".")[2] for one in found}


@pytest.mark.parametrize(("code", "found"), CASES)
@pytest.mark.parametrize(("call", "error"), [("str(weigh(kind))", "Unknown"), ("read(kind)", "OSError")])
def test_a_caller_refuses_by_return_what_is_none_of_a_few(code: str, found: bool, call: str, error: str) -> None:
    assert (error in errors(code.replace("{call}", call))) is found


@pytest.mark.parametrize(("code", "found"), CASES)
def test_a_file_is_there_where_its_name_is_one_of_a_few(code: str, found: bool) -> None:
    assert ("OSError" in errors(code.replace("{call}", "open(os.path.join('/srv', kind)).read()"))) is found


def test_another_machine_fails_whatever_it_is_asked_for() -> None:
    assert "ConnectionError" in errors("if kind not in KINDS:\n    return ''\nreturn ask(kind)")
