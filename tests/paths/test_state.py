"""What an application keeps on its state is found where handlers reach for it."""

import pytest

from tests.paths.projects import project

SHOP = """
import httpx
from arq import create_pool
from fastapi import Depends, FastAPI, Request

async def lifespan(app):
    app.state.http = httpx.AsyncClient({made})
    app.state.queue = await create_pool()
    yield

app = FastAPI(lifespan=lifespan)

def get_queue(request: Request):
    state = request.app.state
    return state.queue

@app.get("/v1/rates")
async def rates(request: Request):
    return await request.app.state.http.get("https://rates.example")

@app.post("/v1/orders")
async def order(queue=Depends(get_queue)):
    await queue.enqueue_job("order")
"""


@pytest.mark.parametrize(("made", "lines"), [("timeout=None", [19]), ("", []), ("timeout=3", [])])
def test_a_client_on_the_state_is_bounded_as_it_was_made(made: str, lines: list[int]) -> None:
    found = project({"shop.py": SHOP.format(made=made)}).outbound.unbounded
    assert [one.location.line for one in found] == lines


def test_what_a_client_and_a_queue_on_the_state_raise_leaves_the_routes() -> None:
    found = {(one.entry.label, one.error.rpartition(".")[2]) for one in project({"shop.py": SHOP.format(made="")}).unhandled}
    assert ("GET /v1/rates", "ConnectError") in found
    assert ("POST /v1/orders", "ConnectionError") in found


def test_a_state_of_which_two_things_are_said_is_nobodys() -> None:
    code = SHOP.format(made="") + "\ndef other(app, made):\n    app.state.http = Other()\n\nclass Other: ...\n"
    assert not project({"shop.py": code}).outbound.all


def test_what_a_worker_keeps_in_its_context_is_apart_from_what_the_server_keeps() -> None:
    code = """
    import httpx
    from aiohttp import ClientSession, web

    async def resources(app):
        app["http"] = ClientSession()
        yield

    async def startup(ctx):
        ctx["http"] = httpx.AsyncClient(timeout=None)

    async def rates(ctx):
        return await ctx["http"].get("https://rates.example")

    class WorkerSettings:
        functions = [rates]
        on_startup = startup
    """
    assert [one.location.line for one in project({"shop.py": code}).outbound.unbounded] == [13]
