"""Errors that leave an entry point with nobody to answer for them."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Project, ProjectRule, Severity


class UnhandledErrorPath(ProjectRule):
    """
    An error that nobody on the way catches ends a request with a bare 500 and a task in silence. Catch it where something
    sensible can be done, or register one handler with the framework that tells the client what happened.
    """

    title = "error that leaves an entry point unhandled"
    severity = Severity.MEDIUM
    cwe = (248, 755)
    bad = [
        """
        # file: shop/gateway.py
        import requests

        def charge(order):
            return requests.post("https://pay.example/charges", json=order, timeout=3)
        # file: shop/views.py
        from flask import Flask, request

        from shop.gateway import charge

        app = Flask(__name__)

        @app.post("/orders/<key>/pay")
        def pay(key):  # <-
            return charge({"order": key}).json()
        """,
        """
        from flask import Flask, request

        app = Flask(__name__)

        @app.get("/orders")
        def orders():  # <-
            page = request.args.get("page", "1")
            return {"page": int(page)}
        """,
        """
        from fastapi import APIRouter

        router = APIRouter()

        class OutOfStock(Exception):
            pass

        class Stock:
            def take(self, sku):
                if sku not in self.levels:
                    raise OutOfStock(sku)

        @router.post("/orders/{sku}")
        def order(sku: str):  # <-
            stock = Stock()
            stock.take(sku)
        """,
    ]
    good = [
        """
        import requests
        from flask import Flask, abort

        app = Flask(__name__)

        @app.post("/orders/<key>/pay")
        def pay(key):
            try:
                return requests.post("https://pay.example/charges", json=key, timeout=3).text
            except requests.RequestException:
                abort(502)
        """,
        """
        from fastapi import FastAPI
        from fastapi.responses import JSONResponse

        app = FastAPI()

        class OutOfStock(Exception):
            pass

        @app.exception_handler(OutOfStock)
        def tell(request, error):
            return JSONResponse({"error": "out of stock"}, status_code=409)

        @app.post("/orders/{sku}")
        def order(sku: str, levels: dict):
            if sku not in levels:
                raise OutOfStock(sku)
        """,
        """
        from starlette.applications import Starlette
        from starlette.requests import Request
        from starlette.responses import PlainTextResponse
        from starlette.routing import Route

        def order(request: Request):
            return PlainTextResponse(request.path_params["number"])

        app = Starlette(routes=[Route("/orders/{number}", order)])
        """,
        """
        from fastapi import FastAPI, HTTPException

        app = FastAPI()

        @app.get("/orders/{number}")
        def order(number: int):
            if number < 1:
                raise HTTPException(404)
            return {"number": number}
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for one in project.unhandled:
            yield self.finding(
                one.location,
                one.sentence,
                confidence=Confidence.MEDIUM if one.doubtful else Confidence.HIGH,
                path=one.path,
                facts={"entry": one.entry.label, "error": one.error},
            )
