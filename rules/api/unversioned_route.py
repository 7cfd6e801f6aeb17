"""Public routes that can not change without breaking somebody."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Project, ProjectRule, Severity


class UnversionedRoute(ProjectRule):
    """
    A route without a version can never change: every client is on the same one. Put the version into the path (`/v1`), or
    set up versioning by header for all routes at once.
    """

    title = "API route without a version"
    severity = Severity.LOW
    confidence = Confidence.MEDIUM
    bad = [
        """
        from flask import Blueprint, Flask, jsonify

        app = Flask(__name__)
        orders = Blueprint("orders", __name__, url_prefix="/api/orders")

        @orders.get("/<int:key>")
        def show(key):  # <-
            return jsonify(key=key)

        app.register_blueprint(orders)
        """,
        """
        # file: shop/api.py
        from fastapi import APIRouter

        router = APIRouter(prefix="/orders")

        @router.get("/{key}")
        def show(key: int):  # <-
            return {"key": key}
        # file: shop/main.py
        from fastapi import FastAPI

        from shop.api import router

        app = FastAPI()
        app.include_router(router, prefix="/api")
        """,
    ]
    good = [
        """
        # file: shop/settings.py
        from functools import lru_cache

        from pydantic_settings import BaseSettings

        class Settings(BaseSettings):
            api_version: str = "v1"

        @lru_cache
        def get_settings() -> Settings:
            return Settings()
        # file: shop/main.py
        from fastapi import APIRouter, FastAPI

        from shop.settings import get_settings

        router = APIRouter(prefix=f"/api/{get_settings().api_version}")

        @router.get("/orders/{key}")
        def show(key: int):
            return {"key": key}

        app = FastAPI()
        app.include_router(router)
        """,
        """
        from fastapi import FastAPI
        from fastapi.responses import HTMLResponse

        app = FastAPI()

        @app.get("/", response_class=HTMLResponse)
        def home():
            return "<h1>Orders</h1>"

        @app.post("/hooks/scales")
        def weighed(body: dict):
            return {}
        """,
        """
        # file: shop/api.py
        from fastapi import APIRouter

        router = APIRouter(prefix="/orders")

        @router.get("/{key}")
        def show(key: int):
            return {"key": key}
        # file: shop/main.py
        from fastapi import FastAPI

        from shop.api import router

        app = FastAPI()
        app.include_router(router, prefix="/api/v2")

        @app.get("/healthz")
        def health():
            return "ok"
        """,
        """
        from flask import Flask, redirect, render_template

        app = Flask(__name__)

        @app.get("/orders")
        def orders():
            return render_template("orders.html")

        @app.get("/go/<int:key>")
        def go(key):
            return redirect(f"/orders/{key}")
        """,
    ]

    good += [
        """
        from fastapi import FastAPI
        from house.versions import version

        app = FastAPI()

        @app.get("/orders/{key}")
        @version(1)
        def show(key: int):
            return {"key": key}

        @app.get("/api/v{version}/parcels")
        def parcels(version: int):
            return []

        @app.get("/ui/orders")
        def for_our_own_pages():
            return []
        """,
    ]

    good += [
        """
        from aiohttp import web

        routes = web.RouteTableDef()

        @web.middleware
        async def versioned(request, handler):
            api_version = request.headers.get("X-Shop-Version")
            request["version"] = api_version or "v2"
            return await handler(request)

        @routes.get("/orders")
        async def orders(request):
            return web.json_response([])

        app = web.Application(middlewares=[versioned])
        app.add_routes(routes)
        """,
    ]
    bad += [
        """
        from aiohttp import web

        routes = web.RouteTableDef()

        @web.middleware
        async def outdated(request, handler):
            client = request.headers.get("X-Client-Version")
            request["old"] = client == "1"
            return await handler(request)

        @routes.get("/orders")
        async def orders(request):  # <-
            return web.json_response([])

        app = web.Application(middlewares=[outdated])
        app.add_routes(routes)
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for route in project.api.unversioned:
            sure = Confidence.LOW if project.api.is_doubtful(route) else self.confidence
            message = f"{route.name} has no version: what it takes and answers can not change without breaking whoever calls it"
            yield self.finding(route.location, message, confidence=sure, facts={"route": route.name})
