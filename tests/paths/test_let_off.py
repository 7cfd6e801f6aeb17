"""Routes that a limiter of the project's own lets go on by their path or name are not limited by it."""

import pytest

from tests.paths.projects import project

AIOHTTP = """
import redis
from aiohttp import web

store = redis.Redis()
FREE = {listed}
routes = web.RouteTableDef()

def limiter(per_minute):
    @web.middleware
    async def limit(request, handler):
        route = request.match_info.route
        {asked}
        if store.incr(request.remote) > per_minute:
            raise web.HTTPTooManyRequests()
        return await handler(request)

    return limit

@routes.get("/v1/dump", name="orders-dump")
async def dump(request):
    return web.json_response({{}})

@routes.get("/v1/orders")
async def orders(request):
    return web.json_response({{}})

app = web.Application(middlewares=[limiter(60)])
app.add_routes(routes)
"""
STARLETTE = """
import redis
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.middleware.base import BaseHTTPMiddleware

store = redis.Redis()

class RateLimit(BaseHTTPMiddleware):
    free = ("/v1/dump",)

    async def dispatch(self, request, call_next):
        if request.url.path in {listed}:
            return await call_next(request)
        if store.incr(request.client.host) > 60:
            return JSONResponse({{}}, status_code=429)
        return await call_next(request)

app = FastAPI()
app.add_middleware(RateLimit)

@app.get("/v1/dump")
async def dump():
    return {{}}

@app.get("/v1/orders")
async def orders():
    return {{}}
"""


def unlimited(code: str) -> set[str]:
    return {route.path for route in project({"app.py": code}).routes if not route.limited}


@pytest.mark.parametrize(
    ("listed", "asked", "found"),
    [
        ('{"orders-dump"}', "if route.name in FREE:\n            return await handler(request)", {"/v1/dump"}),
        ('("/v1/dump", "/x")', "if request.path in FREE:\n            return await handler(request)", {"/v1/dump"}),
        ('{"orders-dump"}', "if route.name in FREE:\n            store.incr('dumps')", set()),
        ('{"orders-dump"}', "if route.name in FREE:\n            raise web.HTTPTooManyRequests()", set()),
        ('{"other"}', "if route.name in FREE:\n            return await handler(request)", set()),
    ],
)
def test_a_route_that_is_let_off_by_name_or_path_is_not_limited(listed: str, asked: str, found: set[str]) -> None:
    assert unlimited(AIOHTTP.format(listed=listed, asked=asked)) == found


@pytest.mark.parametrize(
    ("listed", "found"), [('("/v1/dump", "/healthz")', {"/v1/dump"}), ("self.free", {"/v1/dump"}), ('("/healthz",)', set())]
)
def test_a_middleware_class_lets_paths_off(listed: str, found: set[str]) -> None:
    assert unlimited(STARLETTE.format(listed=listed)) == found
