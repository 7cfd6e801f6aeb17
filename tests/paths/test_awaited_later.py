"""What an asynchronous function gives is run where it is awaited, by a helper that answers for its errors or by none."""

import pytest

from tests.paths.shop import told

APP = """
from fastapi import FastAPI
from fastapi.responses import JSONResponse

app = FastAPI()

class Refused(Exception):
    pass

async def store(order):
    if not order.isalnum():
        raise Refused(order)
    return {"stored": order}

async def answered(work):
    try:
        result = await work
    except Refused as error:
        return JSONResponse({"message": str(error)}, status_code=409)
    return result

async def handed_back(work):
    try:
        return await work
    except Refused as error:
        return JSONResponse({"message": str(error)}, status_code=409)

async def timed(work):
    try:
        begin()
    except Refused:
        return None
    return await work

@app.post("/orders/{order}")
async def add(order: str):
    return {code}
"""


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("await answered(store(order))", False),
        ("await handed_back(work=store(order))", False),
        ("await answered(await store(order))", True),
        ("await timed(store(order))", True),
        ("await store(order)", True),
    ],
)
def test_an_error_ends_where_what_lets_it_out_is_awaited(code: str, found: bool) -> None:
    assert bool(told({"app.py": APP.replace("{code}", code)})) is found
