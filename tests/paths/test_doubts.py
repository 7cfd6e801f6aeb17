"""What speaks against an error of the project's own makes it doubtful; what nobody looked at is told as surely as before."""

from tests.paths.projects import project
from tests.paths.shop import app, told

HELPERS = """
class Late(Exception):
    pass

class RowNotFound(Exception):
    pass

class Order:
    def __init__(self, name=None, url=None):
        if name and url:
            raise Late("one of both")

def pay(order):
    if order.paid:
        raise Late("paid already")

def count(number):
    if number > LIMIT:
        raise Late(number)

def ready():
    if not STATE.active:
        raise Late()

class Rows:
    def get(self, key):
        row = self.rows.one_or_none(key)
        if row is None:
            raise RowNotFound(key)
        return row

    def create(self, name):
        return self.get(self.insert(name))
"""


def with_helpers(routes: str) -> dict[str, str]:
    return told({**app(routes), "shop/orders.py": HELPERS})


def test_what_the_caller_asks_about_the_same_object_is_doubtful() -> None:
    routes = """
@app.post("/asked")
def asked():
    order = find(request.args["key"])
    if order.paid:
        return "", 409
    pay(order)
    return ""

@app.post("/unasked")
def unasked():
    order = find(request.args["key"])
    pay(order)
    return ""
"""
    found = with_helpers(routes)
    assert found["asked"] == "low"


def test_a_row_that_its_maker_looks_up_is_there() -> None:
    routes = """
@app.post("/rows")
def make():
    return Rows().create(request.args["name"])

@app.get("/rows")
def show():
    return Rows().get(request.args["key"])
"""
    assert with_helpers(routes) == {"make": "low", "show": "medium"}


def test_an_object_made_of_a_whole_mapping_is_doubtful() -> None:
    routes = """
@app.post("/whole")
def whole():
    return Order(**request.get_json()).name

@app.post("/named")
def named():
    return Order(request.args["name"], request.args["url"]).name
"""
    found = with_helpers(routes)
    assert (found["whole"], found["named"]) == ("low", "medium")


def test_what_every_entry_point_runs_into_is_how_the_helper_is_meant() -> None:
    route = """
@app.post("/{0}")
def {0}():
    count(int(request.headers["Content-Length"]))
    return ""
"""
    assert set(with_helpers("".join(map(route.format, "abcdefg"))).values()) == {"low"}
    assert set(with_helpers("".join(map(route.format, "ab"))).values()) == {"medium"}


def test_a_handler_that_raises_again_only_when_told_so_answers_for_whoever_does_not() -> None:
    files = {
        "shop/app.py": """
import requests
from flask import Flask

app = Flask(__name__)

def tell(event, strict=False):
    try:
        requests.post("https://log.example", json=event, timeout=3)
    except Exception:
        if strict:
            raise

@app.post("/quiet")
def quiet():
    tell("quiet")
    return ""
"""
    }
    assert not told(files)
    strict = files["shop/app.py"] + '\n@app.post("/loud")\ndef loud():\n    tell("loud", strict=True)\n    return ""\n'
    assert set(told({"shop/app.py": strict})) == {"loud"}


def test_a_manager_catches_what_its_model_lacks() -> None:
    found = project(
        {
            "shop/views.py": """
from django.db import models
from django.urls import path

class Orders(models.Manager):
    def by_key(self, key):
        try:
            return self.get(key=key)
        except self.model.DoesNotExist:
            return None

class Order(models.Model):
    key = models.CharField(max_length=9)
    objects = Orders()

def show(request, key):
    return Order.objects.by_key(key)

def bold(request, key):
    return Order.objects.get(key=key)

urlpatterns = [path("<str:key>", show), path("bold/<str:key>", bold)]
"""
        }
    )
    assert [one.sentence.partition(" → ")[0].rpartition(" ")[2] for one in found.unhandled] == ["bold"]


def test_an_answer_that_a_helper_looked_at_is_as_it_was_promised() -> None:
    routes = """
import requests

def looked(path):
    answer = requests.get("https://api.example/" + path, timeout=3)
    answer.raise_for_status()
    return answer

def unlooked(path):
    return requests.get("https://api.example/" + path, timeout=3)

@app.get("/a")
def a():
    try:
        answer = looked("a")
    except requests.HTTPError:
        return "", 502
    except requests.ConnectionError:
        return "", 502
    except requests.Timeout:
        return "", 502
    return answer.json()

@app.get("/b")
def b():
    try:
        answer = unlooked("b")
    except requests.RequestException:
        return "", 502
    return answer.json()
"""
    assert set(told(app(routes))) == {"b"}


def test_a_body_that_is_any_mapping_and_a_table_that_was_sent_may_lack_a_key() -> None:
    found = project(
        {
            "shop/api.py": """
import csv
import io
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI

app = FastAPI()

@app.post("/orders")
def order(body: Annotated[dict[str, Any], Body()]):
    return body["sku"]

@app.post("/import")
def load(text: str = Body(embed=True)):
    return [row["sku"] for row in csv.DictReader(io.StringIO(text))]

@app.post("/asked")
def asked(body: dict):
    return body["sku"] if "sku" in body else None

@app.get("/me")
def me(user: dict = Depends(signed_in)):
    return user["name"]
"""
        }
    )
    assert {one.sentence.partition(" → ")[0].rpartition(" ")[2] for one in found.unhandled} == {"order", "load"}


def test_all_by_which_a_scope_asks_one_machine_is_told_once() -> None:
    routes = """
import requests

def rate(code):
    answer = requests.get("https://rates.example/" + code, timeout=3)
    answer.raise_for_status()
    return answer.text

@app.get("/rate")
def show():
    return rate("EUR")
"""
    found = project(app(routes)).unhandled
    assert [one.sentence.partition(" raises ")[2].partition(",")[0] for one in found] == [
        "ConnectionError or Timeout or HTTPError"
    ]


def test_a_file_that_was_listed_is_there() -> None:
    routes = """
from pathlib import Path

def read(file):
    with open(file) as text:
        return text.read()

@app.get("/all/<folder>")
def all_of(folder):
    return [read(file) for file in sorted_or_not(folder)]

@app.get("/listed/<folder>")
def listed(folder):
    found = []
    for file in Path(folder).glob("*.md"):
        found.append(read(file))
    return found

@app.get("/named/<name>")
def named(name):
    return read(name)
"""
    found = told(app(routes))
    assert "listed" not in found
    assert "named" in found
