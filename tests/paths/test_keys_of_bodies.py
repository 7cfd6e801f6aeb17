"""Keys that what was sent may lack, however the body is read, and text of a table that somebody sent."""

import pytest

from tests.paths.projects import project
from tests.paths.shop import app, told


@pytest.mark.parametrize(
    ("read", "fails"),
    [
        ("request.get_json()['name']", True),
        ("request.get_json(force=True)['name']", True),
        ("request.get_json(FORCE)['name']", True),
        ("request.get_json(force=True).get('name')", False),
        ("Cart(force=True)['name']", False),
    ],
)
def test_a_key_of_a_body_that_is_read_on_the_spot(read: str, fails: bool) -> None:
    body = f"@app.post('/orders')\ndef take():\n    return {{'name': {read}}}\n"
    found = {one.error for one in project(app(body) | {"shop/orders.py": "FORCE = True\n"}).unhandled}
    assert ("KeyError" in found) == fails


@pytest.mark.parametrize(("read", "fails"), [("await request.json()", True), ("await orders.newest()", False)])
def test_a_key_of_a_body_that_is_awaited(read: str, fails: bool) -> None:
    code = "from fastapi import FastAPI, Request\nfrom shop import orders\napp = FastAPI()\n\n"
    code += f"@app.post('/orders')\nasync def take(request: Request):\n    return ({read})['name']\n"
    assert ("KeyError" in {one.error for one in project({"shop/app.py": code}).unhandled}) == fails


def test_a_payload_that_an_api_or_namespace_hands_out() -> None:
    code = """
from flask import Flask
from flask_restx import Api, Resource

app = Flask(__name__)
api = Api(app)
orders = api.namespace("v1/orders")

@orders.route("/")
class Orders(Resource):
    def post(self):
        payload = api.payload
        return {"name": payload["name"]}

    def put(self):
        return {"name": orders.payload["name"]}

    def patch(self):
        return {"name": orders.payload.get("name")}
"""
    assert set(told({"shop/app.py": code})) == {"post", "put"}


@pytest.mark.parametrize(
    ("given", "fails"), [("request.get_data(as_text=True)", {"KeyError", "ValueError"}), ("open('fees.csv').read()", set())]
)
def test_a_table_that_was_sent_may_lack_a_column_or_a_number(given: str, fails: set[str]) -> None:
    helper = """
import csv
import io

def load(text):
    reader = csv.DictReader(io.StringIO(text), delimiter=";")
    total = 0
    for number, row in enumerate(reader, 2):
        print(row["name"])
        total += int(row["amount"])
    return total
"""
    body = f"@app.post('/fees')\ndef take():\n    return {{'fees': load({given})}}\n"
    found = {one.error for one in project(app(body) | {"shop/orders.py": helper}).unhandled}
    assert found == fails


@pytest.mark.parametrize(
    ("read", "fails"), [("json.load(request.files['table'])", True), ("schema.load(request.get_json())", False)]
)
def test_a_key_of_a_line_of_a_file_that_was_sent(read: str, fails: bool) -> None:
    body = f"@app.post('/orders')\ndef take():\n    data = {read}\n    return [line['name'] for line in data]\n"
    files = app(body) | {"shop/orders.py": "import json\nfrom marshmallow import Schema\nschema = Schema()\n"}
    assert ("KeyError" in {one.error for one in project(files).unhandled}) == fails


@pytest.mark.parametrize(
    ("asked", "fails"),
    [
        ("set(body) != {'name', 'price'}", False),
        ("set(body.keys()) != {'price', 'name'}", False),
        ("set(order) != {'name', 'price'}", True),
        ("set(body) != {'price', 'number'}", True),
    ],
)
def test_a_key_of_a_body_that_is_refused_unless_it_has_just_such_keys(asked: str, fails: bool) -> None:
    body = "@app.post('/orders')\ndef take(order=()):\n    body = request.get_json()\n"
    body += f"    if {asked}:\n        return {{}}, 400\n    return {{'name': body['name']}}\n"
    assert ("KeyError" in {one.error for one in project(app(body)).unhandled}) == fails


@pytest.mark.parametrize(("name", "fails"), [("order", False), ("one", False), ("body", True)])
def test_a_comprehension_has_a_name_of_its_own(name: str, fails: bool) -> None:
    body = f"@app.post('/orders')\ndef take():\n    body = request.get_json()\n    found = [{name}['name'] for one in stored()]\n"
    body = body.replace("for one", f"for {name}" if name == "order" else "for one")
    body += "    order = request.get_json().get('order')\n    return [found, order]\n"
    assert ("KeyError" in {one.error for one in project(app(body)).unhandled}) == fails


@pytest.mark.parametrize(
    ("owner", "fails"),
    [
        ("request.args", False),
        ("request.cookies", False),
        ("request.headers", True),
        ("request.args.to_dict()", True),
        ("request.form.to_dict()", True),
        ("dict(request.args)", True),
    ],
)
def test_flask_answers_for_a_missing_key_of_its_own_mappings_and_not_of_a_dictionary(owner: str, fails: bool) -> None:
    body = f"@app.post('/orders')\ndef take():\n    given = {owner}\n    return {{'name': given['name']}}\n"
    assert ("KeyError" in {one.error for one in project(app(body)).unhandled}) == fails
    if "dict(request" not in owner:
        body = f"@app.post('/orders')\ndef take():\n    return {{'name': {owner}['name']}}\n"
        assert ("KeyError" in {one.error for one in project(app(body)).unhandled}) == fails
