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
