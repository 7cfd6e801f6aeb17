"""Helpers that read a request themselves, whichever part of it they are asked for, and what a schema hands on."""

from tests.paths.projects import project

FLASK = """
from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

app = Flask(__name__)
db = SQLAlchemy(app)

class Guest(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(20), unique=True)

def number(name):
    return int(request.args[name])

@app.get("/page")
def page():
    return jsonify(number("page"))

@app.get("/guest/<int:pk>")
def guest(pk):
    return jsonify(db.session.execute(select(Guest).where(Guest.id == pk)).scalar_one().name)

@app.post("/guest")
def add():
    data = schema.load(request.get_json())
    db.session.add(Guest(**data))
    db.session.commit()
    return jsonify(1)

@app.post("/guest/copy")
def copy():
    data = build(request.get_json())
    db.session.add(Guest(**data))
    db.session.commit()
    return jsonify(1)
"""
DJANGO = """
import json

from django.http import JsonResponse
from django.urls import path

def quick(request, pk):
    return JsonResponse({k: v for k, v in body(request).items() if k == "name"})

def body(request):
    return json.loads(request.body.decode())

def page(request):
    return JsonResponse({"page": number(request, "page")})

def number(request, name):
    return int(request.GET.get(name, "1"))

def double(request):
    return JsonResponse({"double": twice(4)})

def twice(value):
    return int(value) * 2

urlpatterns = [path("quick/<int:pk>", quick), path("page", page), path("double", double)]
"""


MAPPED = """
from flask import Flask, jsonify, request

app = Flask(__name__)

@app.get("/numbers")
def numbers():
    return jsonify(list(map(int, request.args.get("ids", "").split(","))))

@app.get("/words")
def words():
    return jsonify(list(map(str, request.args.getlist("id"))))

@app.get("/own")
def own():
    return jsonify(list(map(int, ["1", "2"])))
"""


def leaving(text: str) -> set[tuple[str, str]]:
    found = project({"shop.py": text})
    return {(found.graph.name(one.entry.node), one.error.rpartition(".")[2]) for one in found.unhandled}


def test_a_helper_that_reads_a_request_fails_for_all_who_ask_it() -> None:
    assert leaving(DJANGO) == {("quick", "JSONDecodeError"), ("page", "ValueError")}


def test_a_schema_looks_at_values_and_not_at_the_table() -> None:
    assert leaving(FLASK) == {("page", "ValueError"), ("guest", "NoResultFound"), ("add", "IntegrityError")}


def test_what_map_hands_to_a_conversion_is_converted() -> None:
    assert leaving(MAPPED) == {("numbers", "ValueError")}
