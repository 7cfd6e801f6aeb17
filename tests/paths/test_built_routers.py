"""Routers that a function makes, with a class of routes that answers for what leaves their handlers."""

import pytest

from tests.paths.shop import told

APP = """
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

class Late(Exception):
    pass

class Tells(APIRoute):
    def get_route_handler(self):
        handler = super().get_route_handler()

        async def tell(request):
            try:
                return await handler(request)
            except Late as error:
                return str(error)

        return tell

def build(prefix):
    router = APIRouter(prefix=prefix{given})

    @router.post("/orders/{order}")
    def add(order: str):
        if not order.isalnum():
            raise Late(order)

    return router

app = FastAPI()
app.include_router(build("/shop"))
"""


@pytest.mark.parametrize(("given", "found"), [(", route_class=Tells", False), ("", True)])
def test_a_class_of_routes_answers_for_the_handlers_of_a_router_that_a_function_makes(given: str, found: bool) -> None:
    assert bool(told({"app.py": APP.replace("{given}", given)})) is found
