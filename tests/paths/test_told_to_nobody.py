"""Errors that look unanswered and are not: by a framework's own last resort, a list of names, a context manager, no bound."""

import pytest

from tests.paths.projects import project
from tests.paths.shop import app, told

TORNADO = """
import json

from tornado.web import Application, HTTPError, RequestHandler

class Base(RequestHandler):
    def {name}
        {body}

class Orders(Base):
    def post(self):
        self.write(json.loads(self.request.body))

application = Application([(r"/orders", Orders)])
"""
LAST = {
    "_handle_request_exception(self, error):": "self.finish(str(error.status_code if isinstance(error, HTTPError) else 500))",
    "write_error(self, status_code, **kwargs):": "self.finish(str(status_code))",
}
ASKED_TOGETHER = """
REQUIRED = ("name", "amount")

@app.post("/each")
def each():
    data = request.get_json()
    missing = []
    for key in ["name", "amount"]:
        if not data.get(key):
            missing.append(key)
    if missing:
        abort(400)
    return {"name": data["name"]}

@app.post("/any")
def any_of_them():
    data = request.get_json()
    if any(key not in data for key in ("name", "amount")):
        abort(400)
    return {"name": data["name"]}

@app.post("/less")
def less():
    data = request.get_json()
    if {"name", "amount"} - data.keys():
        abort(400)
    return {"name": data["name"]}

@app.post("/one")
def another():
    data = request.get_json()
    for key in ["name", "amount"]:
        if key not in data:
            abort(400)
    return {"name": data["name"], "note": data["note"]}

@app.post("/all")
def all_of_them():
    data = request.get_json()
    for key in data:
        if key not in ("name", "amount"):
            abort(400)
    return {"name": data["name"]}

@app.post("/written")
def written():
    data = request.get_json()
    order = {"name": data.get("name", ""), "amount": data.get("amount", 1)}
    if data.get("code"):
        order["code"] = 1
    return {"name": order["name"]}

@app.post("/over")
def taken_over():
    order = {"amount": 1, **request.get_json()}
    return {"name": order["name"]}
"""
ENDED = """
import httpx
import requests

class Quiet:
    def __enter__(self): ...
    def __exit__(self, *error):
        return True

class Sometimes:
    def __enter__(self): ...
    def __exit__(self, kind, error, trace):
        if kind is KeyError:
            return True

@app.get("/quiet")
def quiet():
    with Quiet():
        return requests.get("https://stock.example", timeout=3).text

@app.get("/sometimes")
def sometimes():
    with Sometimes():
        return requests.get("https://stock.example", timeout=3).text

@app.get("/untimed")
def untimed():
    try:
        return httpx.get("https://stock.example", timeout=None).text
    except httpx.ConnectError:
        abort(502)

@app.get("/timed")
def timed():
    try:
        return httpx.get("https://stock.example", timeout=3).text
    except httpx.ConnectError:
        abort(502)
"""
BY_TYPE = """
from django.http import JsonResponse
from django.urls import path

class Taken(Exception):
    pass

class Full(Exception):
    pass

class Answers:
    statuses = {Taken: 409}

    def process_exception(self, request, error):
        status = self.statuses.get(type(error))
        return JsonResponse({}, status=status) if status else None

def join(request):
    if request.GET.get("again"):
        raise Taken
    raise Full

urlpatterns = [path("join", join)]
"""


@pytest.mark.parametrize("name", LAST)
def test_who_is_asked_last_answers_every_error(name: str) -> None:
    answered = TORNADO.format(name=name, body=LAST[name])
    handed_on = TORNADO.format(name=name, body=f"super().{name.partition('(')[0]}(500)")
    assert list(project({"shop.py": answered}).unhandled) == []
    assert [one.error for one in project({"shop.py": handed_on}).unhandled] == ["json.JSONDecodeError"]


def test_keys_are_asked_for_one_after_another_by_a_list_of_names() -> None:
    found = project(app(ASKED_TOGETHER)).unhandled
    assert {one.entry.label: one.path[-1].text for one in found} == {
        "POST /one": "another: reading data['note'] raises KeyError",
        "POST /all": "all_of_them: reading data['name'] raises KeyError",
        "POST /over": "taken_over: reading order['name'] raises KeyError",
    }


def test_a_context_manager_that_always_hands_back_true_ends_errors_and_no_bound_is_never_reached() -> None:
    assert sorted(told(app(ENDED))) == ["sometimes", "timed"]


def test_middleware_that_looks_types_up_answers_those_alone() -> None:
    assert [one.error for one in project({"shop.py": BY_TYPE}).unhandled] == ["shop.Full"]
