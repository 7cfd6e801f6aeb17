"""Limits that stand apart from the routes they cover."""

import pytest

from tests.paths.projects import project

HEAD = """
from flask import Blueprint, Flask
from flask_limiter import Limiter

limiter = Limiter(key_func=lambda: "all")
shared = limiter.shared_limit("5/minute", scope="all")
app = Flask(__name__)
bp = Blueprint("bp", __name__, url_prefix="/bp")

def slowed(view):
    return limiter.limit("5/minute")(view)

def per_minute(number):
    return limiter.limit(f"{number}/minute")

def timed(view):
    def inner(*args):
        return view(*args)
    return inner
"""


def limited(code: str) -> dict[str, bool]:
    return {route.path: bool(route.limited) for route in project({"app.py": HEAD + code}).routes}


@pytest.mark.parametrize(("decorator", "kept"), [("shared", 1), ("slowed", 1), ("per_minute(9)", 1), ("timed", 0)])
def test_a_decorator_of_the_projects_own_limits_where_it_calls_a_limiter(decorator: str, kept: int) -> None:
    assert limited(f"\n@app.get('/a')\n@{decorator}\ndef a(): ...\n") == {"/a": bool(kept)}


def test_a_limiter_may_be_handed_a_blueprint() -> None:
    code = """
limiter.limit("9/minute")(bp)
app.register_blueprint(bp)

@bp.get("/b")
def b(): ...

@bp.get("/c")
@limiter.exempt
def c(): ...

@app.get("/a")
def a(): ...
"""
    assert limited(code) == {"/bp/b": True, "/bp/c": True, "/a": False}


def test_an_exempt_blueprint_is_let_off_the_default_limits() -> None:
    code = """
strict = Limiter(key_func=lambda: "all", app=app, default_limits=["9/day"])
strict.exempt(bp)
app.register_blueprint(bp)

@bp.get("/b")
def b(): ...

@app.get("/a")
def a(): ...
"""
    assert limited(code) == {"/bp/b": False, "/a": True}


DJANGO = """
from django.http import HttpResponse
from django.urls import path
from django_ratelimit.decorators import ratelimit
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

@ratelimit(key="ip", rate="5/m", block=False)
def noted(request):
    return HttpResponse("")

@ratelimit(key="ip", rate="5/m", block=False)
def asked(request):
    return HttpResponse(status=429) if request.limited else HttpResponse("")

def wrapped(request):
    return HttpResponse("")

class Handing(APIView):
    def get(self, request): ...

    def get_throttles(self):
        return [AnonRateThrottle()]

class Scoped(APIView):
    throttle_scope = "burst"

    def get(self, request): ...

urlpatterns = [
    path("noted", noted),
    path("asked", asked),
    path("wrapped", ratelimit(key="ip", rate="5/m")(wrapped)),
    path("handing", Handing.as_view()),
    path("scoped", Scoped.as_view()),
]
"""


def test_what_only_takes_note_is_no_limit_and_what_the_url_table_wraps_is_one() -> None:
    found = {route.path: bool(route.limited) for route in project({"shop/urls.py": DJANGO}).routes}
    assert found == {"/noted": False, "/asked": True, "/wrapped": True, "/handing": True, "/scoped": False}


@pytest.mark.parametrize(
    ("setup", "limited"),
    [
        ('app.config["RATELIMIT_DEFAULT"] = "200 per day"', "address"),
        ('app.config.update(RATELIMIT_DEFAULT="100/hour")', "address"),
        ('app.config.from_mapping({"RATELIMIT_APPLICATION": "100/hour"})', "address"),
        ("class Config:\n    RATELIMIT_DEFAULT = '100/hour'\napp.config.from_object(Config)", "address"),
        ("class Config:\n    RATELIMIT_DEFAULT = None\napp.config.from_object(Config)", ""),
        ('app.config["RATELIMIT_STORAGE_URI"] = "redis://"', ""),
    ],
)
def test_default_limits_may_stand_in_the_configuration(setup: str, limited: str) -> None:
    head = "from flask import Flask\nfrom flask_limiter import Limiter\napp = Flask(__name__)\n"
    code = f"{head}{setup}\nlimiter = Limiter(key_func=lambda: 1)\nlimiter.init_app(app)\n@app.get('/a')\ndef a(): return ''\n"
    (route,) = project({"app.py": code}).routes
    assert route.limited == limited


def test_middleware_of_one_application_limits_no_routes_of_another() -> None:
    limiter = (
        "class RateLimit:\n    async def __call__(self, scope, receive, send):\n"
        "        if self.spent(scope):\n            return await Response(status_code=429)(scope, receive, send)\n"
    )
    tools = (
        "from starlette.applications import Starlette\nfrom starlette.responses import Response\n" + limiter + "def make():\n"
        "    tools = Starlette()\n    tools.add_middleware(RateLimit)\n"
        "    tools.add_route('/v1/status', status)\n    return tools\n"
        "async def status(request): ...\n"
    )
    shop = "from flask import Flask\napp = Flask(__name__)\n@app.get('/v1/orders')\ndef orders(): ...\n"
    routes = project({"tools.py": tools, "shop.py": shop}).routes
    assert {route.path: route.limited for route in routes} == {"/v1/orders": "", "/v1/status": "all"}


VIEWS = """
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View
from django_ratelimit.decorators import ratelimit

class Slow(View):
    @method_decorator(ratelimit(key="user", rate="9/m"))
    def dispatch(self, *args, **kwargs):
        return super().dispatch(*args, **kwargs)

@method_decorator(ratelimit(key="user", rate="9/m"), name="dispatch")
class Headed(View): ...

class Orders(Slow):
    def get(self, request): ...

class Bills(Headed):
    def get(self, request): ...

@method_decorator(ratelimit(key="user", rate="9/m"), name="get")
class Lines(View):
    def get(self, request): ...
    def put(self, request): ...

urlpatterns = [path("orders", Orders.as_view()), path("bills", Bills.as_view()), path("lines", Lines.as_view())]
"""


def test_a_view_class_limits_what_its_dispatch_or_its_head_says() -> None:
    found = {(route.method, route.path): bool(route.limited) for route in project({"shop/urls.py": VIEWS}).routes}
    assert found == {("GET", "/orders"): True, ("GET", "/bills"): True, ("GET", "/lines"): True, ("PUT", "/lines"): False}


def test_a_route_of_ninja_may_say_that_none_of_its_routers_limits_holds() -> None:
    code = """
from ninja import NinjaAPI
from ninja.throttling import AnonRateThrottle, AuthRateThrottle
from django.urls import path

api = NinjaAPI(throttle=[AuthRateThrottle("9/m")])

@api.get("/a")
def a(request): ...

@api.get("/b", throttle=[])
def b(request): ...

urlpatterns = [path("", api.urls)]
"""
    found = {route.path: bool(route.limited) for route in project({"shop/urls.py": code}).routes}
    assert found == {"/a": True, "/b": False}


@pytest.mark.parametrize(
    ("asked", "limited"),
    [
        ("RateLimiter(times=2, seconds=5)", True),
        ("slow", True),
        ("slower", True),
        ("signed_in", False),
        ("round_and_round", False),
    ],
)
def test_a_limiter_is_found_behind_the_dependencies_of_a_dependency(asked: str, limited: bool) -> None:
    code = f"""
from fastapi import Depends, FastAPI, Request
from fastapi_limiter.depends import RateLimiter

app = FastAPI()

def slow(request: Request, asked=Depends(RateLimiter(times=2, seconds=5))):
    return asked

def slower(asked=Depends(slow)):
    return asked

def signed_in(request: Request):
    return request.user

def round_and_round(asked=Depends(round_and_round)):
    return asked

@app.get("/orders")
def orders(asked=Depends({asked})):
    return []
"""
    (route,) = project({"app.py": code}).routes
    assert bool(route.limited) is limited


THROTTLED = """
from django.urls import path
from rest_framework.decorators import api_view, throttle_classes
from rest_framework.throttling import UserRateThrottle

@api_view(["GET"])
def plain(request): ...

@api_view(["GET"])
@throttle_classes([])
def let_off(request): ...

@api_view(["GET"])
@throttle_classes([UserRateThrottle])
def own(request): ...

def page(request): ...

urlpatterns = [path("plain", plain), path("off", let_off), path("own", own), path("page", page)]
"""


@pytest.mark.parametrize(
    ("default", "limited"), [("UserRateThrottle", {"/plain": "user", "/own": "user"}), ("", {"/own": "user"})]
)
def test_the_default_throttles_hold_for_views_that_are_functions(default: str, limited: dict[str, str]) -> None:
    named = f"'rest_framework.throttling.{default}'" if default else ""
    settings = f"REST_FRAMEWORK = {{'DEFAULT_THROTTLE_CLASSES': [{named}]}}\n"
    routes = project({"shop/settings.py": settings, "shop/urls.py": THROTTLED}).routes
    assert {route.path: route.limited for route in routes if route.limited} == limited
