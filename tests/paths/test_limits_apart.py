"""Limiters that stand around some routes only, or within decorators that a project puts together."""

import pytest

from tests.paths.projects import project

MIDDLEWARE = """
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route, Router

class PerMinute:
    def __init__(self, app, limit=60):
        self.app = app

    async def __call__(self, scope, receive, send):
        if self.is_full(scope):
            await JSONResponse({}, status_code=429)(scope, receive, send)
            return
        await self.app(scope, receive, send)

{kept}

async def here(request):
    return JSONResponse({})

async def there(request):
    return JSONResponse({})

inner = [Route("/there", there)]
"""

DECORATORS = """
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.urls import path
from django.views import View
from django_ratelimit.decorators import ratelimit

slowly = ratelimit(key="ip", rate="60/m", block=True)

def desk(view):
    return login_required(slowly(view))

def shown(view):
    return desk(view)

def named(view):
    return login_required(view)

def bare(request):
    return JsonResponse({})

class Orders(View):
    def get(self, request):
        return JsonResponse({})

kept = slowly(Orders.as_view())
"""


@pytest.mark.parametrize(
    ("routes", "limited"),
    [
        ("[Route('/here', here, middleware=[Middleware(PerMinute)]), *inner]", {"/here": True, "/there": False}),
        ("[Route('/here', here, middleware=[slow]), *inner]", {"/here": True, "/there": False}),
        ("[Route('/here', here), Mount('/in', routes=inner, middleware=slowly)]", {"/here": False, "/in/there": True}),
        ("[Route('/here', here), Mount('/in', routes=inner, middleware=[*slowly])]", {"/here": False, "/in/there": True}),
        ("[Route('/here', here), Mount('/in', app=PerMinute(Router(inner), 5))]", {"/here": False, "/in/there": True}),
        ("[Route('/here', here), Mount('/in', routes=inner)], middleware=[slow]", {"/here": True, "/in/there": True}),
        ("[Route('/here', here), Mount('/in', routes=inner)]", {"/here": False, "/in/there": False}),
    ],
)
def test_middleware_of_a_mount_or_route_limits_what_is_within(routes: str, limited: dict[str, bool]) -> None:
    kept = {"slow": "slow = Middleware(PerMinute, limit=20)", "slowly": "slowly = [slow, Middleware(PerMinute)]"}
    named = "\n".join(kept[name] for name in kept if name in routes)
    found = project({"app.py": f"{MIDDLEWARE.replace('{kept}', named)}\napp = Starlette(routes={routes})\n"}).routes
    assert {route.path: bool(route.limited) for route in found} == limited


@pytest.mark.parametrize(("decorator", "kept"), [("slowly", 1), ("desk", 1), ("shown", 1), ("named", 0)])
def test_a_decorator_may_wrap_by_others_of_the_projects_own(decorator: str, kept: int) -> None:
    code = f"\n@{decorator}\ndef orders(request):\n    return JsonResponse({{}})\n\nurlpatterns = [path('orders', orders)]\n"
    assert [bool(route.limited) for route in project({"urls.py": DECORATORS + code}).routes] == [bool(kept)]


@pytest.mark.parametrize(
    ("handler", "kept"), [("slowly(bare)", 1), ("desk(bare)", 1), ("named(bare)", 0), ("desk(Orders.as_view())", 1), ("kept", 1)]
)
def test_a_handler_may_be_wrapped_where_its_route_is_declared(handler: str, kept: int) -> None:
    code = f"\nurlpatterns = [path('orders', {handler})]\n"
    assert [bool(route.limited) for route in project({"urls.py": DECORATORS + code}).routes] == [bool(kept)]


def test_a_limiter_of_the_projects_own_may_refuse_by_an_error_that_says_429() -> None:
    code = """
    from fastapi import FastAPI

    class TooMany(Exception):
        status = 429

    def slowly(limit):
        def wrap(handler):
            async def inner(*args):
                if window.full(limit):
                    raise TooMany("later")
                return await handler(*args)
            return inner
        return wrap

    app = FastAPI()

    @app.get("/v1/a")
    @slowly(5)
    async def a(): ...
    """
    assert [route.limited for route in project({"app.py": code}).routes] == ["all"]


APPLICATION = """
from flask import Flask
from flask_limiter import Limiter

limiter = Limiter(key_func=lambda: 1{given})

def create_app():
    app = Flask(__name__)
    limiter.init_app(app)

    @app.get("{path}")
    def shown():
        return ""

    return app
"""


def test_limits_of_one_application_hold_for_no_other() -> None:
    hooks = APPLICATION.format(given=", default_limits=['600/minute']", path="/readings")
    shop = APPLICATION.format(given="", path="/desk")
    found = project({"hooks/app.py": hooks, "shop/app.py": shop}).routes
    assert {route.path: bool(route.limited) for route in found} == {"/readings": True, "/desk": False}
