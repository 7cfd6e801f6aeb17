"""Dependencies of a route that a name holds as a list."""

from tests.paths.projects import project

APP = """
from fastapi import APIRouter, Depends, FastAPI, Request

class TooMany(Exception):
    status_code = 429

used = {}

def limit_rate(request: Request) -> None:
    used[request.client.host] = used.get(request.client.host, 0) + 1
    if used[request.client.host] > 60:
        raise TooMany

app = FastAPI()
limited = [Depends(limit_rate)]

@app.post("/v1/orders", dependencies=limited)
def order() -> dict:
    return {}

@app.post("/v1/notes")
def note() -> dict:
    return {}
"""


def test_what_the_list_names_is_asked_before_the_route() -> None:
    found = project({"shop.py": APP})
    hooks = {entry.route.path: [found.graph.name(node) for node in entry.hooks] for entry in found.entries if entry.route}
    assert hooks == {"/v1/orders": ["limit_rate"], "/v1/notes": []}


def test_a_limiter_of_the_projects_own_in_a_list_counts() -> None:
    throttle = """
class Throttle:
    def __init__(self, times):
        self.times = times

    async def __call__(self, request: Request):
        if used.get(request.client.host, 0) > self.times:
            raise HTTPException(429)
"""
    app = APP.replace("class TooMany", f"{throttle}\nclass TooMany").replace("Depends(limit_rate)", "Depends(Throttle(9))")
    app = app.replace("FastAPI, Request", "FastAPI, HTTPException, Request").replace("def limit_rate", "def unused")
    assert {route.path: bool(route.limited) for route in project({"shop.py": app}).routes} == {
        "/v1/orders": True,
        "/v1/notes": False,
    }


MADE = """
from fastapi import APIRouter, Depends, FastAPI
from fastapi_limiter.depends import RateLimiter

def limit(times: int, seconds: int = 60):
    return Depends(RateLimiter(times=times, seconds=seconds))

def unlimited():
    return Depends(str)

standard_limit = limit(120)
no_limit = unlimited()
kept = APIRouter(prefix="/v1/kept", dependencies=[standard_limit])
other = APIRouter(prefix="/v1/other")

@kept.get("/orders")
def orders() -> list:
    return []

@other.get("/by_name", dependencies=[standard_limit])
def by_name() -> list:
    return []

@other.get("/called", dependencies=[limit(3)])
def called() -> list:
    return []

@other.get("/unlimited", dependencies=[no_limit])
def none() -> list:
    return []

app = FastAPI()
app.include_router(kept)
app.include_router(other)
"""


def test_a_function_that_makes_a_limiter_counts_where_it_is_called_and_under_a_name() -> None:
    assert {route.path: bool(route.limited) for route in project({"shop.py": MADE}).routes} == {
        "/v1/kept/orders": True,
        "/v1/other/by_name": True,
        "/v1/other/called": True,
        "/v1/other/unlimited": False,
    }
