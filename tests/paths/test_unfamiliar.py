"""Guards of libraries that no file describes, told by their names, and middleware that Django's settings list."""

import pytest

from auditor.knowledge.load import load
from tests.paths.projects import project

SHOP = {
    "shop/__init__.py": "",
    "shop/urls.py": """
        from django.urls import path
        from shop.views import index
        urlpatterns = [path("api/index", index)]
    """,
    "shop/views.py": """
        def index(request): ...
    """,
    "shop/middleware.py": """
        from django.core.cache import cache
        from django.http import HttpResponse

        class SlowDown:
            def __init__(self, get_response):
                self.get_response = get_response

            def __call__(self, request):
                if cache.incr(request.META["REMOTE_ADDR"]) > 100:
                    return HttpResponse("later", status=429)
                return self.get_response(request)

        class Plain(SlowDown):
            def __call__(self, request):
                return self.get_response(request)
    """,
}


@pytest.mark.parametrize(
    ("listed", "limited"),
    [
        ("shop.middleware.SlowDown", "address"),
        ("throttle_kit.django.RateLimitMiddleware", "unknown"),
        ("django.middleware.common.CommonMiddleware", ""),
        ("shop.middleware.Missing", ""),
    ],
)
def test_middleware_in_djangos_settings_may_limit_every_route(listed: str, limited: str) -> None:
    settings = {"shop/settings.py": f'ROOT_URLCONF = "shop.urls"\nMIDDLEWARE = [\n    "{listed}",\n]\n'}
    assert [route.limited for route in project(SHOP | settings).routes] == [limited]


def test_a_dependency_of_an_unknown_library_may_limit_a_route() -> None:
    code = """
        from fastapi import Depends, FastAPI
        from somebody.limits import rate_limiter, settings_reader

        app = FastAPI()

        @app.get("/a", dependencies=[Depends(rate_limiter(2, 5))])
        def a(): ...

        @app.get("/b", dependencies=[Depends(settings_reader(2))])
        def b(): ...
    """
    assert {route.path: route.limited for route in project({"app.py": code}).routes} == {"/a": "unknown", "/b": ""}


@pytest.mark.parametrize(
    ("decorator", "exposed"),
    [("fuse.circuit_breaker", False), ("again.with_retries", False), ("again.retry", False), ("again.timed", True)],
)
def test_a_decorator_of_an_unknown_library_may_guard_a_service(decorator: str, exposed: bool) -> None:
    code = f"""
        import again, fuse, requests
        from flask import Flask

        app = Flask(__name__)

        @{decorator}("payments")
        def ask():
            return requests.get("https://pay.example.com/v1", timeout=3)

        @app.get("/a")
        def a():
            return ask()
    """
    services = project({"app.py": code}).services
    assert bool(list(services.exposed())) is exposed


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("somebody.RequestIdMiddleware", ["correlation"]),
        ("somebody.logs.CorrelationIDFilter", ["correlation"]),
        ("somebody.RateLimitExceeded", []),
        ("somebody.BreakerError", []),
        ("somebody.rate_limit_exempt", []),
        ("requests.exceptions.RetryError", []),
        ("logging.handlers.retry", []),
        ("retry", []),
    ],
)
def test_errors_exemptions_and_described_libraries_are_not_told_by_name(name: str, kinds: list[str]) -> None:
    assert [guard.kind for guard in load().guards(name)] == kinds


@pytest.mark.parametrize(("base", "exposed"), [("Retry", False), ("object", True)])
def test_an_adapter_may_retry_by_a_class_of_the_projects_own(base: str, exposed: bool) -> None:
    name = "PatientRetry" if base == "Retry" else "Settings"
    code = f"""
        import requests
        from flask import Flask
        from requests.adapters import HTTPAdapter
        from urllib3.util.retry import Retry

        app = Flask(__name__)

        class {name}({base}):
            pass

        @app.get("/a")
        def a():
            session = requests.Session()
            session.mount("https://", HTTPAdapter(max_retries={name}(total=5, backoff_factor=0.5)))
            return session.get("https://pay.example.com/v1", timeout=3).text
    """
    assert bool(list(project({"app.py": code}).services.exposed())) is exposed


def test_a_handler_of_another_package_that_is_named_by_a_text_is_no_route_of_the_project() -> None:
    urls = 'from django.urls import path\n\nurlpatterns = [path("media", "django.views.static.serve")]\n'
    assert project({"shop/urls.py": urls}).routes == ()
