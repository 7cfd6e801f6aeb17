"""Paths that a project declares in a way of its own, and that tell whether it works."""

import pytest

from tests.paths.projects import project


@pytest.mark.parametrize(("path", "lacking"), [("/ping/", False), ("/orders/", True), ("/orders/<key>/status/", True)])
def test_a_path_that_a_function_of_the_project_declares_may_be_a_health_check(path: str, lacking: bool) -> None:
    code = f"""
from flask import Flask
from flask.views import MethodView

app = Flask(__name__)

class Ping(MethodView):
    def get(self):
        return "pong"

def register_api(view, url):
    app.add_url_rule(url, view_func=view.as_view(view.__name__))

register_api(Ping, "{path}")
"""
    assert ("health check" in {words for _, words in project({"app.py": code}).unwatched}) is lacking
