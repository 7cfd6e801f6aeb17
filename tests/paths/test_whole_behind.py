"""Whole tables behind a query that a model begins itself, and behind a function that runs a statement."""

import pytest

from tests.paths.projects import project

INVOICES = """
import peewee
from flask import Flask, jsonify

app = Flask(__name__)

class Base(peewee.Model):
    deleted_at = peewee.DateTimeField(null=True)

    @classmethod
    def alive(cls):
        return cls.select().where(cls.deleted_at.is_null())

    @classmethod
    def newest(cls):
        return cls.alive().order_by(cls.id.desc()).limit(20)

class Invoice(Base):
    number = peewee.CharField()

def make(number):
    Invoice.create(number=number)

@app.get("/invoices")
def invoices():
    {body}
"""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("return jsonify(list(Invoice.alive().dicts()))", 1),
        ("rows = Invoice.alive().order_by(Invoice.number)\n    return jsonify([row.number for row in rows])", 1),
        ("return jsonify(list(Invoice.alive().limit(50).dicts()))", 0),
        ("return jsonify(list(Invoice.alive().paginate(1, 50).dicts()))", 0),
        ("return jsonify(list(Invoice.newest().dicts()))", 0),
    ],
)
def test_a_query_that_a_model_begins_itself_is_as_bounded_as_it_is_written(body: str, found: int) -> None:
    assert len(project({"shop.py": INVOICES.format(body=body)}).unbounded_queries) == found


GATEWAY = """
from flask import Flask, jsonify
from shop.db import cursor

app = Flask(__name__)

class Gateway:
    def rows(self, sql, *args):
        with cursor() as cur:
            cur.execute(sql, args)
            return cur.fetchall()

    def row(self, sql, *args):
        with cursor() as cur:
            return cur.execute(sql, args).fetchone()

@app.get("/parcels")
def parcels():
    return jsonify(Gateway().{ask})
"""


@pytest.mark.parametrize(
    ("ask", "found"),
    [
        ("rows('SELECT id, code FROM parcels')", 1),
        ("rows(\"SELECT id, code FROM parcels WHERE state <> 'sent'\")", 1),
        ("rows('SELECT id, code FROM parcels WHERE weight > %s', 3)", 0),
        ("rows('SELECT id, code FROM parcels LIMIT 50')", 0),
        ("rows('SELECT id, code FROM parcels WHERE shop_id = %s', 7)", 0),
        ("row('SELECT id, code FROM parcels')", 0),
    ],
)
def test_a_statement_may_be_handed_to_a_function_that_runs_it(ask: str, found: int) -> None:
    assert len(project({"shop/api.py": GATEWAY.replace("{ask}", ask)}).unbounded_queries) == found
