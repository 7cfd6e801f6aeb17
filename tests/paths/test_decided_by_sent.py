"""A raise below a handler is met where what was sent decides about it; what was found or made meanwhile makes it doubtful."""

import pytest

from tests.paths.projects import project

STORE = """
import requests
from fastapi import FastAPI

app = FastAPI()

class Refused(Exception):
    pass

class Store:
    def few(self, lines):
        total = 0
        for line in lines:
            total += len(line)
        if total < 9:
            raise Refused(total)

    def find(self, key):
        row = self.rows.get(key)
        if row is None:
            raise Refused(key)
        return row

    def free(self, key):
        row = self.newest()
        if row is None:
            raise Refused(key)

    def open(self, row):
        if row.closed:
            raise Refused(row)

    def tried(self, key):
        try:
            return self.rows[int(key)]
        except ValueError:
            raise Refused(f"no number: {key!r}")

    def asked(self):
        try:
            return requests.get("https://stock.example", timeout=3)
        except requests.RequestException as error:
            raise Refused("no answer") from error

    def broken(self):
        try:
            return self.newest()
        except ValueError:
            raise Refused("empty")

    def newest(self):
        return max(self.rows)

store = Store()

def try_to(key):
    try:
        store.open(key)
    except Refused:
        return None

@app.post("/orders/{key}")
def take(key: str, lines: list[str]):
    {code}
"""


@pytest.mark.parametrize(
    ("code", "sure"),
    [
        ("store.few(lines)", True),
        ("store.find(key)", True),
        ("store.open(key)", True),
        ("store.free(key)", False),
        ("if store.shelf.get(key) is None:\n        return None\n    store.find(key)", False),
        ("if store.shelf.get(lines) is None:\n        return None\n    store.find(key)", True),
        ("if store.shelf.get(key) is None:\n        return None\n    store.open(key)", True),
        ("store.tried(key)", True),
        ("store.asked()", True),
        ("store.broken()", False),
        ("store.find(store.newest())", False),
        ("row = store.newest(); store.open(row)", False),
    ],
)
def test_what_was_found_meanwhile_makes_a_raise_doubtful(code: str, sure: bool) -> None:
    found = {one.confidence.name for one in project({"app.py": STORE.replace("{code}", code)}).unhandled}
    assert ("MEDIUM" in found) is sure
