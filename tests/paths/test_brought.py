"""What helpers bring of a request, what a name holds anew, parameters that are None, and how a websocket ends."""

import pytest

from auditor.paths.errors.unhandled import unhandled
from tests.paths.projects import project

HELPER = """
def param(flask_request, key):
    return dict(flask_request.args).get(key) or dict(flask_request.form).get(key) or ""

def counted(flask_request, key):
    return int(flask_request.args.get(key))

def known(flask_request, key):
    value = flask_request.args.get(key)
    return value if value.isdigit() else "1"

def title(key):
    return TITLES[key]
"""
VIEW = """
from flask import Flask, json
from flask import request as flask_request
from shop.core import counted, known, param, title

app = Flask(__name__)

@app.post("/view")
def view():
    {body}
"""


def told(files: dict[str, str]) -> list[tuple[str, str]]:
    found = project(files)
    return [(one.error, one.sentence.partition(" when ")[0]) for one in unhandled(found.entries, found.escapes)]


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ('page = param(flask_request, "page")\n    return str(int(page))', ["ValueError"]),
        ('return str(int(param(flask_request, "page")))', ["ValueError"]),
        ('page = known(flask_request, "page")\n    return str(int(page))', []),
        ('page = title("page")\n    return str(int(page))', []),
        ("return json.loads(flask_request.data)", ["json.JSONDecodeError"]),
        ("page = known(flask_request, 'page')\n    return json.dumps(page)", []),
    ],
)
def test_a_helper_brings_what_it_reads_of_the_request(body: str, errors: list[str]) -> None:
    found = told({"shop/core.py": HELPER, "shop/views.py": VIEW.replace("{body}", body)})
    assert [error for error, _ in found] == errors


FASTAPI = """
import io
import zipfile
from typing import Optional

import requests
from fastapi import FastAPI, Request, UploadFile, WebSocket
from pydantic import BaseModel

app = FastAPI()

class Room(BaseModel):
    name: str

def find(db, name):
    return db.rooms[name]

async def checked(request, schema: Optional[dict]):
    if schema is None:
        return {}
    else:
        return await request.json()

"""


@pytest.mark.parametrize(
    ("handler", "found"),
    [
        (
            '@app.put("/rooms")\nasync def view(request: Request):\n    return await request.json()\n',
            [("json.JSONDecodeError", "PUT /rooms answers 500")],
        ),
        (
            '@app.put("/rooms")\nasync def view(request: Request):\n    return await checked(request, {"a": 1})\n',
            [("json.JSONDecodeError", "PUT /rooms answers 500")],
        ),
        ('@app.put("/rooms")\nasync def view(request: Request):\n    return await checked(request, None)\n', []),
        (
            '@app.get("/rooms/{name}")\ndef view(name: str, db):\n    return Room.model_validate_json(name)\n',
            [("pydantic.ValidationError", "GET /rooms/{name} answers 500")],
        ),
        (
            '@app.get("/rooms/{name}")\ndef view(name: str, db):\n    name = find(db, name)\n'
            "    return Room.model_validate_json(name)\n",
            [],
        ),
        (
            '@app.websocket("/ws")\nasync def view(websocket: WebSocket):\n    requests.get("https://a.example", timeout=3)\n',
            [("requests.exceptions.ConnectionError", "WEBSOCKET /ws closes its websocket")],
        ),
        (
            '@app.get("/sum")\ndef view(first: Optional[int] = None, last: int | None = None):\n    return int(first or last)\n',
            [],
        ),
        ('@app.get("/sum")\ndef view(first, last):\n    return int((last - first) / 86400)\n', []),
        (
            '@app.get("/sum")\ndef view(first: int | str):\n    return int(first)\n',
            [("ValueError", "GET /sum answers 500")],
        ),
        (
            '@app.post("/zip")\ndef view(name: str):\n    zipfile.ZipFile(io.BytesIO(name), "w").close()\n',
            [],
        ),
    ],
)
def test_what_a_fastapi_route_lets_out(handler: str, found: list[tuple[str, str]]) -> None:
    assert told({"shop/app.py": FASTAPI + handler})[:1] == found


@pytest.mark.parametrize(
    ("body", "missing"), [("json.loads(request.data)['rows']", True), ("json.loads(request.data).get('rows')", False)]
)
def test_a_key_may_be_read_where_the_body_is_parsed(body: str, missing: bool) -> None:
    head = "import json\nfrom flask import Flask, request\napp = Flask(__name__)\n\n@app.post('/a')\n"
    code = f"{head}def view():\n    return {body}\n"
    assert ("KeyError" in [error for error, _ in told({"shop/app.py": code})]) is missing


BASE = """
import json
from django.http import JsonResponse
from django.urls import path
from django.views import View
from shop.models import Order

class ApiView(View):
    def body(self):
        return {given}

def json_body(request):
    data = json.loads(request.body)
    return data

def settings_of(request):
    return {"order": 1}

class Orders(ApiView):
    def post(self, request):
        key = self.body()["order"]
        return JsonResponse({"name": Order.objects.get(name=key).name})

urlpatterns = [path("orders", Orders.as_view())]
"""
ROWS = """
from django.db import models

class Order(models.Model):
    name = models.CharField(max_length=9)
"""


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("json_body(self.request)", {"KeyError", "ObjectDoesNotExist"}),
        ('json.loads(self.request.body or b"{}")', {"KeyError", "ObjectDoesNotExist"}),
        ("settings_of(self.request)", set()),
    ],
)
def test_a_base_class_brings_the_body_through_a_helper(given: str, found: set[str]) -> None:
    errors = told({"shop/views.py": BASE.replace("{given}", given), "shop/models.py": ROWS})
    assert {error.rpartition(".")[2] for error, _ in errors} - {"JSONDecodeError"} == found
