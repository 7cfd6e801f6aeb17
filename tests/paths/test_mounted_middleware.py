"""Middleware that answers errors only of what is mounted with it, and errors that take the place of others."""

import pytest

from tests.paths.projects import project

SHOP = """
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

class Upstream(Exception): ...

class Guard(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        try:
            return await call_next(request)
        except Upstream:
            return JSONResponse({}, status_code=503)

def fetch():
    raise Upstream("later")

async def here(request):
    fetch()

async def there(request):
    fetch()

guarded = [Middleware(Guard)]
inner = [Route("/there", there)]
"""


@pytest.mark.parametrize(
    ("made", "failing"),
    [
        ("Mount('/in', routes=inner, middleware=[Middleware(Guard)])]", {"GET /here"}),
        ("Mount('/in', routes=inner, middleware=guarded)]", {"GET /here"}),
        ("Mount('/in', routes=inner)], middleware=guarded", set()),
        ("Mount('/in', routes=inner, middleware=guarded)], middleware=[Middleware(Guard)]", set()),
        ("Mount('/in', routes=inner, middleware=[*guarded])]", {"GET /here"}),
    ],
)
def test_middleware_answers_for_what_is_mounted_with_it(made: str, failing: set[str]) -> None:
    found = project({"shop.py": f"{SHOP}\napp = Starlette(routes=[Route('/here', here), {made})\n"}).unhandled
    assert {one.entry.label for one in found} == failing


@pytest.mark.parametrize(
    ("caught", "fails"), [("Refused", True), ("requests.RequestException", True), ("KeyError", False), ("ImportError", False)]
)
def test_an_error_of_pythons_own_that_takes_the_place_of_a_telling_one_happens(caught: str, fails: bool) -> None:
    code = f"""
    import requests
    from flask import Flask

    app = Flask(__name__)

    class Refused(Exception): ...

    def tell():
        try:
            ask()
        except {caught}:
            raise RuntimeError("nobody was told")

    @app.post("/told")
    def told():
        tell()
    """
    assert bool(project({"shop.py": code}).unhandled) == fails


def test_a_job_may_be_wrapped_where_it_is_scheduled() -> None:
    code = """
    import functools

    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler()

    def traced(job):
        @functools.wraps(job)
        def inner(*args):
            return job(*args)
        return inner

    def tidy():
        pass

    scheduler.add_job(traced(tidy), "interval", minutes=5)
    """
    assert [(one.kind, one.label) for one in project({"jobs.py": code}).entries] == [("task", "tidy")]


def test_whoever_catches_the_asynchronous_error_of_grpc_has_such_a_channel() -> None:
    code = """
    import grpc
    from fastapi import FastAPI

    from shop.protos import stock_pb2_grpc

    app = FastAPI()
    stub = stock_pb2_grpc.StockStub(grpc.aio.insecure_channel("stock:443"))

    @app.get("/level")
    async def level():
        try:
            return await stub.Level(None, timeout=3)
        except grpc.aio.AioRpcError:
            return {}
    """
    assert project({"shop/app.py": code, "shop/__init__.py": ""}).unhandled == ()
