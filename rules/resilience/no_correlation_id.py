"""Requests whose trace ends somewhere."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Project, ProjectRule, Severity

LOST = {
    "entry": ": what one caller met can not be told from what others did",
    "log": ": its lines can not be put together by the request that they tell of",
    "outbound": ": what the other side logs can not be found by it",
    "task": ": what it logs can not be traced to who asked for it",
}
"""What is lost where a link is broken."""


class NoCorrelationId(ProjectRule):
    """
    When a customer reports a failure, one id leads from the request through the log to every service and task that took
    part, or nobody finds them. Take the id in, put it in every record, and send it on.
    """

    title = "request id that is not handed on"
    severity = Severity.LOW
    confidence = Confidence.MEDIUM
    cwe = (778,)
    bad = [
        """
        import logging

        import redis
        import structlog
        from aiohttp import web
        from rq import Queue

        logging.basicConfig(format="%(message)s")
        structlog.configure(processors=[structlog.contextvars.merge_contextvars, structlog.processors.JSONRenderer()])
        queue = Queue(connection=redis.Redis())

        @web.middleware
        async def take_id(request, handler):
            structlog.contextvars.bind_contextvars(request_id=request.headers.get("X-Request-ID"))
            return await handler(request)

        async def render(request):
            queue.enqueue("shop.jobs.render", 1)  # <-
            return web.Response(status=202)

        app = web.Application(middlewares=[take_id])
        app.router.add_post("/v1/render", render)
        """,
        """
        import logging

        import requests
        from flask import Flask

        logging.basicConfig(level="INFO")  # <-
        app = Flask(__name__)  # <-

        @app.get("/rates")
        def rates():
            return requests.get("https://rates.example/today", timeout=3).json()  # <-
        """,
    ]
    good = [
        """
        import logging.config

        from asgi_correlation_id import CorrelationIdMiddleware
        from fastapi import FastAPI

        LINES = {
            "version": 1,
            "filters": {"id": {"()": "asgi_correlation_id.CorrelationIdFilter"}},
            "formatters": {"line": {"format": "[%(correlation_id)s] %(message)s"}},
        }
        logging.config.dictConfig(LINES)
        app = FastAPI()
        app.add_middleware(CorrelationIdMiddleware)

        @app.get("/v1/orders")
        def orders():
            return []
        """,
        """
        import logging

        import redis
        import structlog
        from aiohttp import web
        from rq import Queue

        logging.basicConfig(format="%(message)s")
        structlog.configure(processors=[structlog.contextvars.merge_contextvars, structlog.processors.JSONRenderer()])
        queue = Queue(connection=redis.Redis())

        @web.middleware
        async def take_id(request, handler):
            structlog.contextvars.bind_contextvars(request_id=request.headers.get("X-Request-ID"))
            return await handler(request)

        async def render(request):
            queue.enqueue("shop.jobs.render", 1, meta={"request_id": request.headers.get("X-Request-ID")})
            return web.Response(status=202)

        app = web.Application(middlewares=[take_id])
        app.router.add_post("/v1/render", render)
        """,
        """
        import logging

        import requests
        from flask import Flask, g, request

        logging.basicConfig(format="%(request_id)s %(message)s")
        app = Flask(__name__)

        @app.before_request
        def take_id():
            g.request_id = request.headers.get("X-Request-ID")

        @app.get("/rates")
        def rates():
            headers = {"X-Request-ID": g.request_id}
            return requests.get("https://rates.example/today", headers=headers, timeout=3).json()

        @app.get("/stock")
        def stock():
            headers = {"Accept": "application/json"}
            headers["X-Request-ID"] = g.request_id
            return requests.get("https://stock.example/all", headers=headers, timeout=3).json()
        """,
        """
        import logging

        import dramatiq
        import requests
        from flask import Flask, g, has_request_context, request

        logging.basicConfig(format="%(request_id)s %(message)s")
        app = Flask(__name__)

        class Stock:
            def __init__(self):
                self.session = requests.Session()

            def _headers(self):
                return {"X-Request-ID": g.request_id} if has_request_context() else {}

            def level(self):
                return self.session.get("https://stock.internal/level", headers=self._headers(), timeout=3).json()

        @dramatiq.actor
        def index(key, request_id=None):
            print(key, request_id)

        @app.before_request
        def take_id():
            g.request_id = request.headers.get("X-Request-ID")

        @app.post("/v1/orders/<key>")
        def order(key):
            index.send(key, request_id=g.request_id)
            return Stock().level()
        """,
        """
        import requests

        def rates():
            return requests.get("https://rates.example/today", timeout=3).json()
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for link in project.tracing.broken():
            sure = Confidence.LOW if link.doubtful else self.confidence
            message = f"{link.what}{LOST.get(link.link, '')}"
            yield self.finding(link.location, message, confidence=sure, facts={"link": link.link})
