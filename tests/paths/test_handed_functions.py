"""Functions that are handed by name to what calls them."""

from tests.paths.projects import project
from tests.paths.shop import app, told

HANDED = """
import asyncio

import pybreaker
import requests

breaker = pybreaker.CircuitBreaker()

def fetch(key):
    return requests.get(f"https://stock.example/{key}", timeout=3).text

def safely(function, *args):
    try:
        return function(*args)
    except requests.RequestException:
        return None

class Counted:
    def call(self, function, *args, **kwargs):
        try:
            return function(*args, **kwargs)
        except ValueError:
            return None

    def keep(self, function):
        self.kept.append(function)

counted = Counted()

@app.get("/guarded/<key>")
def guarded(key):
    return breaker.call(fetch, key)

@app.get("/direct/<key>")
def direct(key):
    return breaker.call(requests.get, f"https://stock.example/{key}", timeout=3).text

session = requests.Session()

@app.get("/method/<key>")
def method(key):
    return breaker.call(session.get, f"https://stock.example/{key}", timeout=3).text

@app.get("/threaded/<key>")
async def threaded(key):
    return await asyncio.to_thread(requests.get, f"https://stock.example/{key}", timeout=3)

@app.get("/counted/<key>")
def counted_calls(key):
    return counted.call(fetch, key)

@app.get("/safe/<key>")
def safe(key):
    return safely(fetch, key) or safely(requests.get, f"https://stock.example/{key}", timeout=3).text

@app.get("/kept")
def kept():
    counted.keep(fetch)

@app.get("/number/<key>")
def number(key):
    return counted.call(as_number, request.args.get("n"))

@app.get("/float/<key>")
def fraction(key):
    return safely(as_number, request.args.get("n"))

def as_number(text):
    return int(text)
"""


def test_errors_of_a_function_come_out_where_it_is_handed_over_to_be_called() -> None:
    assert sorted(told(app(HANDED))) == ["counted_calls", "direct", "fraction", "guarded", "method", "threaded"]


def test_what_is_handed_over_is_given_what_stands_behind_it() -> None:
    found = {one.entry.label: one for one in project(app(HANDED)).unhandled}
    assert [hop.text for hop in found["GET /float/<key>"].path] == [
        "fraction calls as_number",
        "as_number: builtins.int raises ValueError",
    ]


def test_a_parameter_hides_the_function_that_the_module_has_under_its_name() -> None:
    body = """
import requests

def fetch(key):
    return requests.get(f"https://stock.example/{key}", timeout=3).text

def show(key, fetch=None):
    return fetch(key) if fetch else key

@app.get("/own/<key>")
def own(key):
    return fetch(key)

@app.get("/hidden/<key>")
def hidden(key):
    return show(key, request.finder)
"""
    assert set(told(app(body))) == {"own"}
