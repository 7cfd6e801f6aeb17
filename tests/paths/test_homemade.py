"""A limiter that a project wrote itself is told by what it does; one that only a handler asks leaves the answer in doubt."""

import pytest

from tests.paths.projects import project

LIMITS = """
import functools
import time

import redis
from fastapi import HTTPException, Request
from flask import abort, request

store = redis.Redis()

def limited(times):
    def decorator(view):
        @functools.wraps(view)
        def wrapper(*args):
            if store.incr(request.remote_addr) > times:
                abort(429)
            return view(*args)
        return wrapper
    return decorator

def counted(view):
    def wrapper(*args):
        store.incr("views")
        return view(*args)
    return wrapper

class RateLimiter:
    def __init__(self, times):
        self.times, self.seen = times, []

    async def __call__(self, request: Request):
        self.seen.append(time.time())
        if len(self.seen) > self.times:
            raise HTTPException(status_code=429)

class Window:
    def is_limited(self, key):
        return store.incr(key) > 5
"""
FLASK = """
import requests
from flask import Flask, abort
from limits import Window, counted, limited

app = Flask(__name__)
logins_limiter = Window()
"""
ASKS = "    if logins_limiter.is_limited('x'):\n        abort(429)\n"
PROXIES = "    if requests.get('http://x').status_code == 429:\n        abort(429)\n"
FAST = "from fastapi import APIRouter, Depends, FastAPI\nfrom limits import RateLimiter\napp = FastAPI()\nfew = RateLimiter(5)\n"


def limit(code: str) -> str:
    (route,) = project({"limits.py": LIMITS, "app.py": code}).routes
    return route.limited


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("@app.get('/a')\n@limited(5)\ndef a(): ...", "address"),
        ("@app.get('/a')\n@counted\ndef a(): ...", ""),
        (f"@app.get('/a')\ndef a():\n{ASKS}", "unknown"),
        (f"@app.get('/a')\ndef a():\n{PROXIES}", ""),
        (f"@app.before_request\ndef first():\n{ASKS}@app.get('/a')\ndef a(): ...", "all"),
    ],
)  # fmt: skip
def test_in_flask_it_may_be_a_decorator_a_hook_or_what_a_handler_asks(code: str, said: str) -> None:
    assert limit(FLASK + code) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("@app.get('/a', dependencies=[Depends(RateLimiter(5))])\ndef a(): ...", "all"),
        ("@app.get('/a')\ndef a(_=Depends(few)): ...", "all"),
        ("r = APIRouter(dependencies=[Depends(few)])\n@r.get('/a')\ndef a(): ...\napp.include_router(r)", "all"),
        ("@app.get('/a')\ndef a(): ...", ""),
    ],
)
def test_in_fastapi_it_may_be_a_dependency_of_a_route_or_a_router(code: str, said: str) -> None:
    assert limit(FAST + code) == said


@pytest.mark.parametrize(("settings", "said"), [("rest_settings(5)", "unknown"), ("{}", "")])
def test_settings_that_a_call_puts_together_may_name_a_throttle(settings: str, said: str) -> None:
    views = "from rest_framework.views import APIView\nclass A(APIView):\n    def get(self, request): ...\n"
    urls = "from django.urls import path\nfrom views import A\nurlpatterns = [path('a/', A.as_view())]\n"
    made = f"from made import rest_settings\nREST_FRAMEWORK = {settings}\n"
    (route,) = project({"views.py": views, "urls.py": urls, "settings.py": made}).routes
    assert route.limited == said


@pytest.mark.parametrize(("path", "watched"), [
    ("/status", True), ("/api/v1/status", True), ("/shop/healthz", True), ("/customs/status", False),
    ("/devices/{id}/heartbeat", False), ("/metrics", True), ("/experiments/{id}/metrics", False),
])  # fmt: skip
def test_a_word_of_watchers_that_a_business_has_too_counts_only_near_the_root(path: str, watched: bool) -> None:
    found = project({"app.py": f"from fastapi import FastAPI\napp = FastAPI()\n@app.get('{path}')\ndef a(): ...\n"})
    assert bool(found.api.reachable) is not watched
