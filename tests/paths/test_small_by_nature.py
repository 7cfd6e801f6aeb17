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


ENGINES = """
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

class Store:
    def __init__(self, config):
        if config.pool_size == 0:
            self.engine = sa.create_engine(config.url, poolclass=NullPool)
        else:
            self.engine = sa.create_engine(config.url, pool_size=config.pool_size)

    def create_database(self, config):
        sa.create_engine(config.url, poolclass=NullPool).connect().execute(sa.text("CREATE DATABASE shop"))

class Plain:
    def __init__(self, config):
        self.engine = sa.create_engine(config.url, poolclass=NullPool)
"""


def test_a_pool_that_settings_may_switch_off_and_a_step_that_needs_none_have_what_they_need() -> None:
    found = {one.location.line: one.pool for one in project({"shop/store.py": ENGINES}).engines}
    assert {line for line, pool in found.items() if pool in ("off", "each")} == {17}


LISTS = """
import redis

client = redis.Redis.from_url("redis://cache")

def names(key):
    found = client.lrange(key, 0, 9)
    found.append(b"x")
    return [one.decode() for one in found]

def later(key):
    pipe = client.pipeline()
    pipe.get(key)
    return pipe.execute()
"""


def test_what_a_client_gave_is_data_and_waits_for_nothing() -> None:
    found = project({"shop/cache.py": LISTS}).outbound.unbounded
    assert [one.edge.call.target for one in found] == ["client.lrange", "pipe.execute"]
