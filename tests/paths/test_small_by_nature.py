"""Tables that are small by what they hold, settings that are only read, requests that carry a number of their own."""

from tests.paths.projects import project

ROOMS = """
from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

class MeetingRoom(db.Model):
    id = db.Column(db.Integer, primary_key=True)

class Article(db.Model):
    id = db.Column(db.Integer, primary_key=True)

@app.post("/new")
def new():
    db.session.add_all([MeetingRoom(), Article()])

@app.get("/rooms")
def rooms():
    return jsonify([one.id for one in MeetingRoom.query.all()])

@app.get("/articles")
def articles():
    return jsonify([one.id for one in Article.query.all()])
"""


def test_all_rows_of_a_table_that_is_small_by_nature_are_doubted() -> None:
    found = {one.model: str(one.confidence.value) for one in project({"house/app.py": ROOMS}).unbounded_queries}
    assert found == {"MeetingRoom": "low", "Article": "medium"}


READ = """
from django.conf import settings

def tenants():
    DATABASES = getattr(settings, "DATABASES", {})
    return DATABASES
"""


def test_settings_that_are_only_read_open_no_connection() -> None:
    assert not project({"desk/commands.py": READ}).engines


NUMBERED = """
from uuid import uuid4

from flask import Flask, Request

class OwnRequest(Request):
    @property
    def id(self):
        return uuid4().hex

class OwnFlask(Flask):
    request_class = OwnRequest

app = OwnFlask(__name__)
"""


def test_a_class_of_requests_that_numbers_them_is_an_entry_with_an_id() -> None:
    links = [one.link for one in project({"desk/app.py": NUMBERED}).tracing.broken()]
    assert "entry" not in links
    plain = NUMBERED.replace("uuid4().hex", "1")
    assert "entry" in [one.link for one in project({"desk/app.py": plain}).tracing.broken()]
