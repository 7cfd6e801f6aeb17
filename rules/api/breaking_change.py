"""Routes that clients rely on and do not find any more."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Location, Project, ProjectRule, Severity


class BreakingChange(ProjectRule):
    """
    A version is a promise: whoever calls `/v1/orders` today calls it next year. Keep the route until its version ends, and
    put what is new beside it. The baseline holds the routes that are promised.
    """

    title = "promised route removed"
    severity = Severity.HIGH
    confidence = Confidence.MEDIUM
    bad = [
        """
        # file: shop/api.py
        from fastapi import FastAPI  # <-
        # before: GET /v1/orders
        # before: DELETE /v1/orders/{key}

        app = FastAPI()

        @app.get("/v1/purchases")
        def purchases():
            return []

        @app.get("/v1/orders/{key}")
        def order(key: int):
            return key
        """,
    ]
    good = [
        """
        # file: shop/api.py
        from fastapi import FastAPI
        # before: GET /v1/orders/{key}

        app = FastAPI()

        @app.get("/v1/orders/{number}")
        def order(number: int):
            return number

        @app.get("/v2/orders/{number}")
        def newer(number: int):
            return {"number": number}
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for method, path, file, what in project.api.broken:
            place = Location(file if file in project.files else "auditor-baseline.json", 1)
            yield self.finding(place, f"{method} {path} {what}: clients of this version find nothing", facts={"route": path})
