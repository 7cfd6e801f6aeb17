"""Starlette hands its request over under a name that nobody annotates."""

from tests.paths.projects import project

SHOP = """
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.responses import JSONResponse
from starlette.routing import Route

class Orders(HTTPEndpoint):
    async def post(self, request):
        body = await request.json()
        return JSONResponse({"name": body["name"]})

async def rename(request):
    return JSONResponse((await request.json()).get("name"))

app = Starlette(routes=[Route("/v1/orders", Orders), Route("/v1/rename", rename, methods=["POST"])])
"""


def test_what_a_request_lacks_leaves_endpoints_and_functions() -> None:
    found = {(one.entry.label, one.error.rpartition(".")[2]) for one in project({"shop.py": SHOP}).unhandled}
    assert found == {
        ("POST /v1/orders", "KeyError"),
        ("POST /v1/orders", "JSONDecodeError"),
        ("POST /v1/rename", "JSONDecodeError"),
    }
