"""A part of the path that lets numbers alone through is converted without a word, on whichever path it stands."""

from tests.paths.projects import project

VIEWS = r"""
from django.urls import path, re_path

def log(request, key, images=False):
    return bool(int(images))

def page(request, key):
    return int(key)

urlpatterns = [
    re_path(
        r"^(?P<key>\d+)/log/"
        r"(?P<images>[01]+)/$",
        log,
    ),
    path("<int:key>/log", log),
    path("pages/<int:key>", page),
    path("names/<key>", page),
]
"""


def test_a_number_on_one_of_several_paths_is_one_and_text_on_another_is_none() -> None:
    found = project({"shop/views.py": VIEWS})
    assert {one.entry.label.partition(" ")[2] for one in found.unhandled} == {"/names/<key>"}
    assert r"/(?P<key>\d+)/log/(?P<images>[01]+)/" in {route.path for route in found.routes}


def test_a_part_without_a_name_fills_the_parameter_of_its_place() -> None:
    views = r"""
from django.urls import re_path

def page(request, kind, key):
    return int(key)

def named(request, kind, key=None):
    return int(kind)

urlpatterns = [
    re_path(r"^([-/_\.\(\)\w]+)/(\d+)$", page),
    re_path(r"^kinds/(\w+)/(\d+)$", named),
]
"""
    found = project({"shop/views.py": views})
    assert [one.sentence.partition(": ")[2].partition(" ")[0] for one in found.unhandled] == ["named"]


def test_a_condition_that_asks_for_digits_answers_for_the_conversion_that_it_stands_around() -> None:
    views = """
from flask import Flask, request

app = Flask(__name__)

@app.get("/asked")
def asked():
    limit = min(int(request.args["limit"] or 9) if (request.args.get("limit") or "").isdigit() else 9, 50)
    return {"limit": limit}

@app.get("/above")
def above():
    if request.form.get("page", "").isdigit():
        return {"page": int(request.form["page"])}
    return {}

@app.get("/elsewhere")
def elsewhere():
    first = request.args.get("first", "")
    kind = "number" if first.isdigit() else "text"
    page = 1
    size = 10

    return {"page": int(request.args["page"]), "kind": kind, "at": page * size}
"""
    found = project({"shop/views.py": views})
    errors = {(one.entry.label, one.error.rpartition(".")[2]) for one in found.unhandled}
    assert {label for label, error in errors if error == "ValueError"} == {"GET /elsewhere"}
