"""Errors of what a handler has run elsewhere do not come back to it; those of what it waits for do."""

import pytest

from tests.paths.projects import project

APP = """
import asyncio

from fastapi import FastAPI

app = FastAPI()
kept = set()

class Refused(Exception): ...

async def announce(key):
    raise Refused(key)

def tell(key):
    raise Refused(key)

@app.post("/orders/{key}")
async def order(key: int):
    BODY
"""


def leaves(body: str) -> bool:
    """Whether the error leaves the route whose body this is."""
    found = project({"shop.py": APP.replace("BODY", body)})
    return bool(found.unhandled)


@pytest.mark.parametrize(
    "body",
    [
        "asyncio.create_task(announce(key))",
        "task = asyncio.create_task(announce(key)); kept.add(task); task.add_done_callback(kept.discard)",
        "await asyncio.gather(announce(key), return_exceptions=True)",
        "asyncio.to_thread(tell, key)",
        "asyncio.get_running_loop().run_in_executor(None, tell, key)",
    ],
)
def test_what_runs_elsewhere_keeps_its_errors(body: str) -> None:
    assert not leaves(body)


@pytest.mark.parametrize(
    "body",
    [
        "await announce(key)",
        "await asyncio.gather(announce(key))",
        "await asyncio.wait_for(announce(key), 3)",
        "await asyncio.to_thread(tell, key)",
        "await asyncio.get_running_loop().run_in_executor(None, tell, key)",
    ],
)
def test_what_is_waited_for_gives_its_errors_back(body: str) -> None:
    assert leaves(body)


RETRIED = """
import httpx
from fastapi import FastAPI, HTTPException
from tenacity import AsyncRetrying, RetryError, stop_after_attempt

app = FastAPI()

@app.get("/rates")
async def rates():
    try:
        async for attempt in AsyncRetrying(stop=stop_after_attempt(3)OPTIONS):
            with attempt:
                async with httpx.AsyncClient() as client:
                    return (await client.get("https://rates.example")).text
    except RetryError:
        raise HTTPException(503)
"""


@pytest.mark.parametrize(("options", "leaves"), [("", False), (", reraise=True", True)])
def test_attempts_that_are_given_up_raise_the_librarys_own_error(options: str, leaves: bool) -> None:
    assert bool(project({"shop.py": RETRIED.replace("OPTIONS", options)}).unhandled) is leaves
