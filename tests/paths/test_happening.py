"""What an error path says happened: in a reader's words where a library's call decides, by the type where the project does."""

import pytest

from tests.paths.projects import project

HEAD = """
    import base64, json, uuid
    import jwt, requests, smtplib
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy
    app = Flask(__name__)
    db = SQLAlchemy(app)
    class Row(db.Model):
        name = db.Column(db.String, unique=True)
    class SoldOut(Exception):
        pass
"""
SAID = {
    "requests.get('https://rates.example', timeout=3)": "an HTTP service can not be reached or does not answer in time",
    "int(request.args.get('page', '1'))": "`request.args.get('page', '1')` is no number",
    "uuid.UUID(request.args['id'])": "`request.args['id']` is no UUID",
    "base64.b64decode(request.headers['X-Key'])": "`request.headers['X-Key']` is no Base64",
    "json.loads(request.data)": "`request.data` is no valid JSON",
    "json.loads(request.data or request.args.get('data', '').encode().decode())": "what it is given is no valid JSON",
    "Row.query.filter_by(name=request.args.get('name')).one()": "no row fits",
    "smtplib.SMTP('mail.example', timeout=3)": "the mail server can not be reached",
}


def _said(body: str) -> list[str]:
    text = f"{HEAD}    @app.post('/orders')\n    def order():\n        {body}\n        return ''\n"
    return [one.sentence for one in project({"shop.py": text}).unhandled]


@pytest.mark.parametrize("call", SAID)
def test_a_call_that_fails_is_told_by_what_happened(call: str) -> None:
    said = [sentence for sentence in _said(call) if f" when {SAID[call]}: order → " in sentence]
    assert len(said) == 1
    assert said[0].startswith("POST /orders answers 500 when ")
    assert " raises " in said[0]
    assert said[0].endswith(", caught nowhere")


def test_a_key_that_misses_is_named() -> None:
    (said,) = _said("body = request.get_json()\n        name = body['name']")
    assert (
        said
        == "POST /orders answers 500 when `body` holds no 'name': order → reading body['name'] raises KeyError, caught nowhere"
    )


def test_what_the_project_raises_itself_keeps_its_name() -> None:
    (said,) = _said("if request.args.get('sku') == 'none':\n            raise SoldOut()")
    assert said == "POST /orders answers 500 when SoldOut is raised: order, caught nowhere"


def test_more_than_two_ways_to_fail_are_not_listed() -> None:
    (said,) = _said("requests.get('https://rates.example', timeout=3).raise_for_status()")
    assert " when an HTTP service fails: order → " in said
