"""Routes that anybody may call as often as they like."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Project, ProjectRule, Severity

ALONE = ": one client that calls it in a loop can take it from all others"
MAYBE = " that can be read: what the project made, a library that nobody described, or settings that a call makes may limit it"

INSTALLED = " of its own: it may have one where the application is made that these routes are installed in"


class UnlimitedRoute(ProjectRule):
    """
    One client in a loop takes the service from all others. Limit requests by user or tenant; a limit by address alone
    stops an office and lets a botnet pass. Pages that people open now and then are told with little confidence, those for
    signing in, finding, sending and paying like any other route.
    """

    title = "route without a rate limit"
    severity = Severity.LOW
    confidence = Confidence.MEDIUM
    cwe = (770,)
    bad = [
        """
        from flask import Flask, jsonify
        from flask_limiter import Limiter

        app = Flask(__name__)
        limiter = Limiter(key_func=lambda: "all", app=app)

        @app.get("/v1/orders")
        @limiter.limit("10/minute")
        def orders():
            return jsonify([])

        @app.post("/v1/orders")
        def order():  # <-
            return jsonify({})
        """,
        """
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/v1/orders")
        def orders():  # <-
            return []
        """,
        """
        from django.http import HttpResponse
        from django.urls import path
        from django_ratelimit.decorators import ratelimit

        @ratelimit(key="ip", rate="5/m", block=False)
        def orders(request):  # <-
            return HttpResponse("[]")

        urlpatterns = [path("v1/orders", orders)]
        """,
    ]
    bad += [
        """
        from django.urls import path
        from rest_framework.response import Response
        from rest_framework.throttling import UserRateThrottle
        from rest_framework.views import APIView

        class Limited(APIView):
            def get_throttles(self):
                return [UserRateThrottle()]

            def get(self, request):
                return Response([])

        class Unlimited(APIView):
            def get_throttles(self):
                return []

            def get(self, request):  # <-
                return Response([])

        urlpatterns = [path("v1/orders", Limited.as_view()), path("v1/parcels", Unlimited.as_view())]
        """,
        """
        import redis
        from fastapi import FastAPI, HTTPException, Request

        app = FastAPI()
        store = redis.Redis(socket_timeout=1)

        @app.post("/v1/logins")
        def login(request: Request):  # <-
            if store.incr(request.client.host) > 5:
                raise HTTPException(status_code=429)
            return {}

        @app.get("/v1/customs/status")
        def customs():  # <-
            return []
        """,
    ]
    bad += [
        """
        from fastapi import FastAPI
        from slowapi import Limiter
        from slowapi.middleware import SlowAPIMiddleware
        from slowapi.util import get_remote_address

        partners = FastAPI()
        partners.state.limiter = Limiter(key_func=get_remote_address, default_limits=["100/hour"])
        partners.add_middleware(SlowAPIMiddleware)
        app = FastAPI()
        app.mount("/v1/partners", partners)

        @partners.get("/orders")
        def of_partner():
            return []

        @app.get("/v1/orders")
        def orders():  # <-
            return []
        """,
        """
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/static/{name}")
        def file(name):
            return open(name).read()

        @app.post("/v1/media/upload")
        def upload():  # <-
            return {}
        """,
    ]
    good = [
        """
        from fastapi import APIRouter, Depends, FastAPI
        from fastapi_limiter.depends import RateLimiter

        per_minute = Depends(RateLimiter(times=60, minutes=1))
        orders = APIRouter(prefix="/orders")
        parcels = APIRouter(prefix="/parcels", dependencies=[per_minute])
        app = FastAPI()

        @orders.get("/{ident}")
        def order(ident: int):
            return {}

        @parcels.get("/{ident}")
        def parcel(ident: int):
            return {}

        app.include_router(orders, prefix="/v1", dependencies=[Depends(RateLimiter(times=9, seconds=1))])
        app.include_router(parcels, prefix="/v1")
        """,
        """
        from flask import Blueprint, Flask, jsonify
        from flask_limiter import Limiter

        app = Flask(__name__)
        limiter = Limiter(key_func=lambda: "all", app=app)
        orders = Blueprint("orders", __name__, url_prefix="/v1")
        limiter.limit("10/minute")(orders)
        app.register_blueprint(orders)

        @orders.get("/orders")
        def listed():
            return jsonify([])
        """,
        """
        from fastapi import APIRouter, Depends, HTTPException, Request

        class Throttle:
            def __init__(self, times):
                self.times = times

            def __call__(self, request: Request):
                if self.seen(request.client.host) > self.times:
                    raise HTTPException(429, "slow down")

        router = APIRouter(prefix="/v1", dependencies=[Depends(Throttle(times=20))])

        @router.get("/orders")
        def orders():
            return []
        """,
        """
        import functools

        from aiohttp import web

        def limited(times):
            def decorate(handler):
                @functools.wraps(handler)
                async def wrapper(request):
                    if hit(request.remote) > times:
                        raise web.HTTPTooManyRequests()
                    return await handler(request)
                return wrapper
            return decorate

        @limited(5)
        async def orders(request):
            return web.json_response([])

        app = web.Application()
        app.router.add_get("/v1/orders", orders)
        """,
        """
        from flask import Flask, jsonify
        from flask_limiter import Limiter

        app = Flask(__name__)
        Limiter(key_func=lambda: "all", app=app, default_limits=["100/hour"])

        @app.get("/v1/orders")
        def orders():
            return jsonify([])
        """,
        """
        from django.http import HttpResponse
        from django.urls import path
        from django_ratelimit.core import is_ratelimited

        def orders(request):
            if is_ratelimited(request, group="orders", key="user", rate="5/m", increment=True):
                return HttpResponse(status=429)
            return HttpResponse("[]")

        urlpatterns = [path("v1/orders", orders)]
        """,
        """
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/health")
        def health():
            return "ok"
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for route in project.api.unlimited:
            doubt = MAYBE if route.limited else ALONE if project.api.applied else INSTALLED
            sure = Confidence.LOW if doubt is not ALONE or project.api.is_for_people(route) else self.confidence
            message = f"{route.name} has no rate limit{doubt}"
            yield self.finding(route.location, message, confidence=sure, facts={"route": route.name})
