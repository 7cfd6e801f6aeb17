"""The route table from the code is the one that the framework itself has when the application runs."""

import importlib.util
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.paths.asked.application import Application
from tests.paths.asked.by_aiohttp import AIOHTTP
from tests.paths.asked.by_django import DJANGO
from tests.paths.asked.by_fastapi import FASTAPI
from tests.paths.asked.by_flask import FLASK
from tests.paths.projects import project


def asked(application: Application, folder: Path) -> list[str]:
    """What the framework says, from a process of its own."""
    for path, text in application.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", application.ask], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return sorted(set(done.stdout.splitlines()))


@pytest.mark.parametrize("application", [FLASK, FASTAPI, DJANGO, AIOHTTP], ids=lambda one: str(one.framework))
def test_the_table_is_the_frameworks_own(application: Application, tmp_path: Path) -> None:
    if importlib.util.find_spec(application.framework) is None:
        pytest.skip(f"{application.framework} is not installed")
    said = sorted({route.name for route in project(application.files).routes})
    assert said == asked(application, tmp_path)


ROWS = """
from flask import Flask
from flask.views import MethodView

app = Flask(__name__)

class Orders(MethodView):
    def get(self): ...
    def post(self): ...

def about(): ...

TABLE = {
    "orders": {"url": "/v1/orders", "options": {"defaults": {"key": None}, "methods": ["GET"]}, "view": Orders},
    "new": {"url": "/v1/orders/new", "options": {"methods": ["POST"]}, "view": Orders},
}
PLAIN = {"about": {"path": "/v1/about", "view": about}}

def register():
    for key, row in TABLE.items():
        view = row["view"].as_view(key)
        app.add_url_rule(row["url"], endpoint=key, view_func=view, **row["options"])
    for row in PLAIN.values():
        app.add_url_rule(row["path"], view_func=row["view"])

register()
"""


def test_rows_of_a_table_may_hold_what_they_declare_under_keys() -> None:
    routes = {(route.method, route.path, route.handler) for route in project({"app.py": ROWS}).routes}
    assert routes == {
        ("GET", "/v1/orders", "app.Orders.get"),
        ("POST", "/v1/orders/new", "app.Orders.post"),
        ("GET", "/v1/about", "app.about"),
    }
