"""What was parsed, asked for or looked up before is not met again, and what a helper reads of a request depends on nobody."""

from tests.paths.projects import project
from tests.paths.shop import app, told


def test_a_text_that_was_parsed_before_where_that_was_caught_is_parsed_again() -> None:
    routes = """
from urllib.parse import urlsplit

@app.get("/safe")
def safe():
    url = request.args["url"]
    try:
        parsed = parse_safely(url)
    except ValueError:
        return "", 400
    return urlsplit(url).path

@app.get("/bold")
def bold():
    url = request.args["url"]
    return urlsplit(url).path
"""
    assert set(told(app(routes))) == {"bold"}


def test_a_header_that_the_caller_asks_for_is_there_but_may_be_of_one_part_or_no_password() -> None:
    views = """
import base64

from django.urls import path

def named(request):
    kind, text = request.META["HTTP_AUTHORIZATION"].split()
    return kind, base64.b64decode(text.encode())

def show(request):
    if "HTTP_AUTHORIZATION" in request.META:
        return named(request)

def show_boldly(request):
    return named(request)

urlpatterns = [path("show", show), path("bold", show_boldly)]
"""
    errors = {(one.entry.label, one.error) for one in project({"shop/views.py": views}).unhandled}
    assert errors == {
        ("ANY /show", "ValueError"),
        ("ANY /show", "binascii.Error"),
        ("ANY /bold", "ValueError"),
        ("ANY /bold", "binascii.Error"),
        ("ANY /bold", "KeyError"),
    }


def test_a_helper_that_reads_the_request_itself_depends_on_nothing_more() -> None:
    views = """
from django.urls import path

def kind(request):
    kind, text = request.META.get("HTTP_AUTHORIZATION", "").split()
    if kind.lower() != "basic":
        raise ValueError(kind)

def show(request):
    return kind(request)

urlpatterns = [path("show", show)]
"""
    assert [one.error for one in project({"shop/views.py": views}).unhandled] == ["ValueError"]


def test_a_key_that_a_helper_reads_is_missing_only_for_those_who_hand_on_what_was_sent() -> None:
    routes = """
def book(data):
    return data["model"]

@app.post("/sent")
def sent():
    return book(request.get_json())

@app.post("/copied/<key>")
def copied(key):
    return book(dump(find(key)))
"""
    assert set(told(app(routes))) == {"sent"}


def test_a_part_of_what_was_looked_up_before_is_no_outside_input() -> None:
    routes = """
class Gone(Exception):
    pass

def load(key):
    found = ROWS.get(key)
    if found is None:
        raise Gone(key)
    return found

@app.post("/start/<code>")
def start(code):
    attempt = attempt_by_code(code)
    if not attempt:
        return "", 404
    load(attempt["id"])

@app.post("/bold")
def bold():
    attempt = request.get_json()
    load(attempt["id"])
"""
    assert set(told(app(routes))) == {"bold"}
