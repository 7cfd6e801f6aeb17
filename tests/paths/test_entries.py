"""Tasks and commands, limits, and who answers errors, as they belong to each entry point."""

import pytest

from tests.paths.projects import project

FLASK = """
from flask import Blueprint, Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address)
app = Flask(__name__)
bp = Blueprint("bp", __name__, url_prefix="/bp")
app.register_blueprint(bp)


class Refused(Exception): ...
class Late(Exception): ...


@app.errorhandler(Refused)
def refused(error): return "no"


@bp.errorhandler(Late)
def late(error): return "late"


@app.get("/a")
@limiter.limit("5/minute")
def a(): return "a"


@app.get("/b")
@limiter.limit("5/minute", key_func=lambda: current_user.id)
def b(): return "b"


@bp.get("/c")
def c(): return "c"


@bp.get("/d")
@limiter.exempt
def d(): return "d"
"""


def test_each_route_has_the_limit_that_covers_it() -> None:
    found = {route.path: route.limited for route in project({"app.py": FLASK}).routes}
    assert found == {"/a": "address", "/b": "user", "/bp/c": "", "/bp/d": ""}


def test_default_limits_cover_all_but_what_is_exempt() -> None:
    code = FLASK.replace("key_func=get_remote_address)", 'key_func=get_remote_address, default_limits=["9/day"])')
    found = {route.path: route.limited for route in project({"app.py": code}).routes}
    assert found == {"/a": "address", "/b": "user", "/bp/c": "address", "/bp/d": ""}


def test_a_blueprints_handler_answers_only_for_its_own_routes() -> None:
    found = {entry.route.path: entry.answered for entry in project({"app.py": FLASK}).entries if entry.route}
    assert "app.Refused" in found["/a"] & found["/bp/c"]
    assert "app.Late" in found["/bp/c"]
    assert "app.Late" not in found["/a"]
    assert "werkzeug.exceptions.HTTPException" in found["/a"]


@pytest.mark.parametrize(
    ("name", "code", "entries"),
    [
        (
            "tasks.py",
            """
            from celery import Celery, shared_task
            app = Celery()

            @shared_task
            def one(): ...

            @app.task(name="named", autoretry_for=(KeyError,))
            def two(): ...
            """,
            {("task", "one"), ("task", "named")},
        ),
        (
            "jobs.py",
            """
            import dramatiq
            from apscheduler.schedulers.background import BackgroundScheduler

            clock = BackgroundScheduler()

            @dramatiq.actor
            def sent(): ...

            def ticking(): ...

            clock.add_job(ticking, "interval", minutes=1)
            """,
            {("task", "sent"), ("task", "ticking")},
        ),
        (
            "cli.py",
            """
            import click
            import typer

            app = typer.Typer()

            @click.group()
            def cli(): ...

            @cli.command("load-all")
            def load(): ...

            @app.command()
            def run(): ...
            """,
            {("command", "cli"), ("command", "load-all"), ("command", "run")},
        ),
        (
            "shop/management/commands/tidy.py",
            """
            from django.core.management.base import BaseCommand

            class Command(BaseCommand):
                def handle(self, *args, **options): ...
            """,
            {("command", "tidy")},
        ),
    ],
)
def test_tasks_and_commands_are_found(name: str, code: str, entries: set[tuple[str, str]]) -> None:
    assert {(entry.kind, entry.label) for entry in project({name: code}).entries} == entries


def test_what_a_task_is_run_again_for_is_answered() -> None:
    code = """
    from celery import shared_task

    @shared_task(autoretry_for=(KeyError, OSError), retry_backoff=True)
    def again(): ...
    """
    (entry,) = project({"tasks.py": code}).entries
    assert entry.answered >= {"KeyError", "OSError", "celery.exceptions.Retry"}


def test_a_middleware_answers_for_the_types_it_catches_around_the_request() -> None:
    code = """
    from fastapi import FastAPI
    from starlette.middleware.base import BaseHTTPMiddleware

    app = FastAPI()

    class Calm(BaseHTTPMiddleware):
        async def dispatch(self, request, call_next):
            try:
                return await call_next(request)
            except TimeoutError:
                return "late"

    @app.get("/x")
    def x(): ...
    """
    (entry,) = project({"main.py": code}).entries
    assert "TimeoutError" in entry.answered
    assert "Exception" not in entry.answered


@pytest.mark.parametrize(
    "code",
    [
        """
        @app.middleware("http")
        async def calm(request, call_next):
            try:
                return await call_next(request)
            except TimeoutError:
                return "late"
        """,
        """
        async def calm(request, call_next):
            try:
                return await call_next(request)
            except TimeoutError:
                return "late"

        app.add_middleware(BaseHTTPMiddleware, dispatch=calm)
        """,
        """
        class Calm:
            async def __call__(self, scope, receive, send):
                try:
                    await self.inner(scope, receive, send)
                except TimeoutError:
                    await late(scope, receive, send)

        app.add_middleware(Calm)
        """,
    ],
)
def test_a_middleware_that_is_a_function_or_an_application_itself_answers_too(code: str) -> None:
    made = """
        from fastapi import FastAPI
        from starlette.middleware.base import BaseHTTPMiddleware

        app = FastAPI()

        @app.get("/x")
        def x(): ...
    """
    (entry,) = project({"main.py": made + code}).entries
    assert "TimeoutError" in entry.answered
    assert "Exception" not in entry.answered


QUEUED = """
import datetime

import redis
from rq import Queue

queue = Queue(connection=redis.Redis())

def render(key): ...
def clean(): ...
def shrink(key): ...

def start(key):
    queue.enqueue(render, key)
    queue.enqueue_in(datetime.timedelta(hours=1), clean)
    queue.enqueue("jobs.shrink", key)
"""


def test_what_rq_is_given_is_a_task_by_name_too() -> None:
    tasks = [entry.label for entry in project({"jobs.py": QUEUED}).entries if entry.kind == "task"]
    assert tasks == ["clean", "render", "shrink"]


@pytest.mark.parametrize(
    ("settings", "tasks"),
    [
        ("class WorkerSettings:\n    functions = [mail, func(count)]", ["count", "mail"]),
        ("LISTED = [mail]\nclass Own:\n    functions = LISTED\n    redis_settings = None", ["mail"]),
        ("class Own:\n    functions = [mail]", []),
    ],
)
def test_the_functions_that_a_workers_settings_list_are_tasks(settings: str, tasks: list[str]) -> None:
    code = f"from arq.worker import func\nasync def mail(ctx): ...\nasync def count(ctx): ...\n{settings}\n"
    assert [entry.label for entry in project({"worker.py": code}).entries if entry.kind == "task"] == tasks
