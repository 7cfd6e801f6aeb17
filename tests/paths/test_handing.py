"""A parameter without an annotation is what its callers hand over, also where that is a library's."""

from tests.paths.projects import project

NAMES = """
import sqlite3

def name_of(connection, key):
    return connection.execute("SELECT name FROM depot WHERE id = " + key).fetchone()

def names(keys):
    connection = sqlite3.connect("depots.db")
    return [name_of(connection, key) for key in keys]
"""

CALLED = """
from flask import Flask

def served(app):
    return app(environ(), begin)

app = Flask(__name__)
served(app)
"""


def test_a_connection_that_is_handed_over_is_asked() -> None:
    (found,) = project({"depots.py": NAMES}).repeated_queries
    assert found.location.line == 5


def test_an_application_that_is_called_is_no_further_one() -> None:
    assert [one.name for one in project({"shop.py": CALLED}).applications.all] == ["app"]
