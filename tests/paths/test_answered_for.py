"""Who answers an error for a view or a handler: a decorator, a hook on a middleware, whoever only waits; and signed claims."""

from tests.paths.projects import project

SHOP = """
import asyncio
import functools

from django.http import JsonResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View

class SoldOut(Exception):
    pass

class Unreachable(Exception):
    pass

def safe(view):
    @functools.wraps(view)
    def inner(request, *args):
        try:
            return view(request, *args)
        except SoldOut:
            return JsonResponse({}, status=409)

    return inner

def outages(get_response):
    def middleware(request):
        return get_response(request)

    def process_exception(request, error):
        return JsonResponse({}, status=503) if isinstance(error, Unreachable) else None

    middleware.process_exception = process_exception
    return middleware

async def tell(key):
    if not key:
        raise SoldOut(key)

async def tell_all(request):
    jobs = [asyncio.create_task(tell(key)) for key in request.GET.getlist("key")]
    done, _ = await asyncio.wait(jobs)
    return JsonResponse({"failed": sum(job.exception() is not None for job in done)})

@method_decorator(safe, name="dispatch")
class Buy(View):
    def get(self, request, key):
        raise Unreachable if key else SoldOut

urlpatterns = [path("buy/<int:key>", Buy.as_view()), path("tell", tell_all)]
"""

CLAIMS = """
import jwt
from flask import Flask, abort, request

app = Flask(__name__)

@app.get("/me")
def me():
    try:
        claims = jwt.decode(request.headers.get("Authorization", ""), KEY, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        abort(401)
    return {"name": claims["sub"], "number": int(claims["number"])}
"""


def test_a_class_wide_decorator_a_middleware_s_hook_and_a_mere_wait_answer() -> None:
    assert project({"shop/views.py": SHOP}).unhandled == ()


def test_claims_that_were_signed_are_no_outside_input() -> None:
    assert project({"shop/app.py": CLAIMS}).unhandled == ()


def test_handlers_of_one_library_are_not_asked_for_routes_of_another_in_the_same_project() -> None:
    errors = "class ShopError(Exception):\n    pass\n"
    served = """
    from aiohttp import web
    from shop.errors import ShopError

    @web.middleware
    async def answered(request, handler):
        try:
            return await handler(request)
        except ShopError:
            return web.json_response({}, status=409)

    async def orders(request):
        raise ShopError("sold out" if request.query else "closed")

    def make():
        app = web.Application(middlewares=[answered])
        app.router.add_get("/v1/orders", orders)
        return app
    """
    tracked = """
    from starlette.applications import Starlette
    from starlette.routing import Route
    from shop.errors import ShopError

    async def parcels(request):
        raise ShopError("sold out" if request.query_params else "closed")

    app = Starlette(routes=[Route("/v1/parcels", parcels)])
    """
    found = project({"shop/errors.py": errors, "shop/served.py": served, "track/main.py": tracked}).unhandled
    assert [one.entry.label for one in found] == ["GET /v1/parcels"]
