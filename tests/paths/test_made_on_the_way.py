"""Objects that are made within an expression, and what is then called on them."""

import pytest

from auditor.facts.flow.elide import elided
from tests.paths.shop import told

SPOOL = """
from pathlib import Path

from fastapi import FastAPI

app = FastAPI()
SPOOL = Path("/var/spool/shop")

def read_note(name):
    return (SPOOL / f"{name}.txt").read_text(errors="replace")

@app.get("/notes/{name}")
def note(name: str):
    return {"note": read_note(name)}
"""
GRID = """
class GridMissing(Exception):
    pass

class GridClient:
    def connection(self, serial):
        if serial.startswith("x"):
            raise GridMissing(serial)
        return {}

def answer(serial):
    try:
        return GridClient().connection(serial)
    except GridMissing:
        return {}
"""
VIEWS = """
import asyncio

from fastapi import FastAPI
from shop.grid import GridClient

app = FastAPI()

def connected(serial, client=None):
    return (client or GridClient()).connection(serial)

@app.get("/connections/{serial}")
def connection(serial: str):
    return connected(serial)

@app.get("/connections/{serial}/thread")
async def threaded(serial: str):
    return await asyncio.to_thread(GridClient().connection, serial)
"""
WARM = """
import asyncio

import requests
from fastapi import FastAPI

app = FastAPI()

def warm(city):
    requests.get(f"https://storms.test/{city}", timeout=3).raise_for_status()

@app.post("/warm")
async def warm_up(cities: list[str]):
    outcomes = await asyncio.gather(*(asyncio.to_thread(warm, city) for city in cities), return_exceptions=True)
    return [repr(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
"""


@pytest.mark.parametrize(
    ("text", "short"),
    [
        (b"(client or Client(1, b=(2,))).send", "Client().send"),
        (b"(await made or web.Client()).send", "web.Client().send"),
        (b"f(client or Client(1)).send", "f().send"),
        (b'(FOLDER / f"{name}.txt").open', "FOLDER.joinpath().open"),
        (b'(Path(x) / "a" / name).open', "Path().joinpath().open"),
        (b"f(a / b).open", "f().open"),
        (b"(a + b / c).open", "().open"),
        (b"(a / b)", "()"),
    ],
)
def test_what_brackets_make_is_told_in_short(text: bytes, short: str) -> None:
    assert elided(text) == short


def test_a_file_may_be_named_by_what_is_put_together_in_brackets() -> None:
    assert told({"app.py": SPOOL}) == {"note": "high"}
    assert not told({"app.py": SPOOL.replace("{name}", "notes")})


def test_a_stand_in_tells_what_was_handed_over_and_so_does_a_method_of_a_new_object() -> None:
    assert set(told({"shop/grid.py": GRID, "shop/views.py": VIEWS})) == {"connection", "threaded"}


def test_errors_that_are_gathered_as_values_do_not_come_back() -> None:
    assert not told({"app.py": WARM})
    assert set(told({"app.py": WARM.replace(", return_exceptions=True", "")})) == {"warm_up"}
