"""Applications that nobody hears of when they fail."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Project, ProjectRule, Severity

LEFT = {
    "error tracker": "its errors stand in a log at best, and nobody is told",
    "metrics": "nobody sees that it grows slow or fails more often than yesterday",
    "health check": "whatever starts and balances it can not tell that it hangs",
}


class Unmonitored(ProjectRule):
    """
    Without an error tracker, metrics and a health check, customers are the monitoring. Each of the three is one line of
    set-up with the libraries at hand.
    """

    title = "application without a watcher"
    severity = Severity.LOW
    confidence = Confidence.MEDIUM
    bad = [
        """
        from fastapi import FastAPI

        app = FastAPI()  # <-

        @app.get("/orders")
        def orders():
            return []
        """,
        """
        import sentry_sdk
        from flask import Flask, jsonify, request
        from prometheus_flask_exporter import PrometheusMetrics

        sentry_sdk.init()
        app = Flask(__name__)  # <-
        PrometheusMetrics(app)

        @app.get("/animals/<key>/health")
        def health(key):
            return jsonify(animal=key, state=request.args.get("status"))

        def ping(printer):
            return printer.ask("ready?")
        """,
    ]
    good = [
        """
        import sentry_sdk
        from fastapi import FastAPI
        from prometheus_fastapi_instrumentator import Instrumentator

        sentry_sdk.init()
        app = FastAPI()
        Instrumentator().instrument(app).expose(app)

        @app.get("/healthz")
        def health():
            return {"ok": True}
        """,
        "def orders():\n    return []",
        """
        # file: shop/project_template/site/main.py
        from fastapi import FastAPI

        app = FastAPI()
        """,
    ]
    bad += [
        """
        # file: shop/__init__.py
        # file: shop/server.py
        from flask import Flask

        server = Flask(__name__)  # <-
        # file: shop/ui/__init__.py
        # file: shop/ui/pages.py
        from flask import Flask

        pages = Flask(__name__)
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        sure = Confidence.LOW if project.applications.watched_elsewhere else self.confidence
        for app, missing in project.unwatched:
            message = f"{app.name} has no {missing}: {LEFT[missing]}"
            yield self.finding(app.location, message, confidence=sure, facts={"missing": missing})
