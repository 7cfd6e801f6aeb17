"""Limiters that count requests of some methods, or of views that name what they are counted by, count no others."""

import pytest

from tests.paths.projects import project

SCOPED = """
from django.urls import path
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

class Named(APIView):
    throttle_scope = "uploads"

    def get(self, request): ...

class Own(APIView):
    throttle_classes = [ScopedRateThrottle]

    def get(self, request): ...

class Both(Own):
    throttle_scope = "uploads"

    def get(self, request): ...

class Plain(APIView):
    def get(self, request): ...

urlpatterns = [
    path("named", Named.as_view()), path("own", Own.as_view()), path("both", Both.as_view()), path("plain", Plain.as_view()),
]
"""


@pytest.mark.parametrize(
    ("default", "limited"),
    [
        ("'ScopedRateThrottle'", {"/named", "/both"}),
        ("'UserRateThrottle', 'ScopedRateThrottle'", {"/named", "/both", "/plain"}),
    ],
)
def test_a_throttle_by_scope_counts_nothing_for_views_without_one(default: str, limited: set[str]) -> None:
    named = default.replace("'U", "'rest_framework.throttling.U").replace("'S", "'rest_framework.throttling.S")
    settings = f"REST_FRAMEWORK = {{'DEFAULT_THROTTLE_CLASSES': [{named}]}}\n"
    routes = project({"shop/settings.py": settings, "shop/urls.py": SCOPED}).routes
    assert {route.path for route in routes if route.limited} == limited


@pytest.mark.parametrize(
    ("methods", "limited"),
    [
        ("", {"GET", "POST"}),
        (", method='POST'", {"POST"}),
        (", method=['GET', 'POST']", {"GET", "POST"}),
        (", method=UNSAFE", {"POST"}),
    ],
)
def test_a_limiter_of_some_methods_counts_those_of_a_class_alone(methods: str, limited: set[str]) -> None:
    code = f"""
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View
from django_ratelimit import UNSAFE
from django_ratelimit.decorators import ratelimit

@method_decorator(ratelimit(key="user", rate="10/m"{methods}), name="dispatch")
class Notes(View):
    def get(self, request): ...
    def post(self, request): ...

urlpatterns = [path("notes", Notes.as_view())]
"""
    routes = project({"shop/urls.py": code}).routes
    assert {route.method for route in routes if route.limited} == limited


STACKED = """
from fastapi import FastAPI, Request
from slowapi import Limiter
from slowapi.util import get_remote_address

limiter = Limiter(key_func=get_remote_address)
app = FastAPI()

@app.get("/below")
@limiter.limit("5/minute")
def below(request: Request): ...

@limiter.limit("5/minute")
@app.get("/above")
def above(request: Request): ...
"""


def test_a_limiter_above_the_route_wraps_what_nobody_calls() -> None:
    found = {route.path: route.limited for route in project({"shop.py": STACKED}).routes}
    assert found == {"/below": "address", "/above": ""}
