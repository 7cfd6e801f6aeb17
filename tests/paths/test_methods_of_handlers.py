"""By which of its methods a handler of several is asked where an error leaves it."""

import pytest

from tests.paths.projects import project

APP = """
from flask import Flask, request

app = Flask(__name__)

@app.route("/orders", methods=["GET", "POST"])
def orders():
    {code}
"""


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("return int(request.values['count'])", "GET /orders "),
        ("if request.method == 'POST':\n    return int(request.values['count'])\nreturn ''", "POST /orders "),
        ("if request.method == 'GET':\n    return ''\nreturn int(request.values['count'])", "POST /orders "),
        ("if request.method != 'POST':\n    return ''\nreturn int(request.values['count'])", "POST /orders "),
        ("if request.method == 'GET':\n    return int(request.values['count'])\nreturn ''", "GET /orders "),
        ("if form().validate_on_submit():\n    return int(request.values['count'])\nreturn ''", "POST /orders "),
        ("if request.method == 'POST' or request.args:\n    return int(request.values['count'])\nreturn ''", "GET /orders "),
    ],
)
def test_the_sentence_names_the_method_by_which_the_error_is_met(code: str, label: str) -> None:
    (told,) = project({"app.py": APP.replace("{code}", code.replace("\n", "\n    "))}).unhandled
    assert told.sentence.startswith(label)
