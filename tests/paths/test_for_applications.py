"""Routes that functions declare for an application that somebody outside the project hands over."""

import pytest

from tests.paths.projects import project

FLASK = """
from flask import Blueprint

bp = Blueprint("shop", __name__)

@bp.route("/orders")
def orders(): ...

def about(): ...

def init(app):
    app.add_url_rule("/about", "about", about)
    app.register_blueprint(bp, url_prefix="/shop")
"""
FASTAPI = """
from fastapi import APIRouter

router = APIRouter()

@router.get("/orders")
def orders(): ...

def about(): ...

class Plugin:
    def setup(self, app):
        app.include_router(router, prefix="/shop")
        app.add_api_route("/about", about)
"""
AIOHTTP = """
from aiohttp import web

async def orders(request): ...
async def about(request): ...

def setup(application):
    application.router.add_get("/shop/orders", orders)
    application.router.add_get("/about", about)
"""


@pytest.mark.parametrize("code", [FLASK, FASTAPI, AIOHTTP])
def test_the_application_that_is_handed_over_is_the_root(code: str) -> None:
    routes = {(route.path, route.handler.rpartition(".")[2]) for route in project({"shop.py": code}).routes}
    assert routes == {("/shop/orders", "orders"), ("/about", "about")}


def test_another_value_with_methods_of_the_same_names_is_no_application() -> None:
    code = "def fill(blog, about):\n    blog.add_post('/first', about)\n    blog.include_router(about)\n"
    assert project({"shop.py": code}).routes == ()
