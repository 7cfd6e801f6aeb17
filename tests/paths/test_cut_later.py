"""A query that gets a name first and is cut where it is used is no whole table; one that is also used whole is."""

import pytest

from tests.paths.projects import project

SHOP = """
from django.db import models
from ninja import NinjaAPI

class Order(models.Model):
    number = models.TextField()

def take(number):
    Order.objects.create(number=number)

api = NinjaAPI()

@api.get("/v1/orders")
def orders(request, open: bool = False):
    found = Order.objects.all()
    if open:
        found = found.filter(open=True)
{use}
"""
CUT = [
    "    return [order.number for order in found.order_by('day')[:100]]",
    "    return found.order_by('day')[:100]",
    "    found = found.order_by('day')[:100]\n    return [order.number for order in found]",
    "    return {'orders': [order.number for order in found[0:20]], 'total': found.count()}",
    "    out = []\n    for order in found.order_by('day')[:100]:\n        out.append(order.number)\n    return out",
]
WHOLE = [
    "    return [order.number for order in found.order_by('day')]",
    "    first = found[:3]\n    return {'orders': [order.number for order in found], 'first': [order.number for order in first]}",
]


@pytest.mark.parametrize(("use", "told"), [*((use, False) for use in CUT), *((use, True) for use in WHOLE)])
def test_rows_are_told_unless_all_that_is_used_of_them_is_cut(use: str, told: bool) -> None:
    assert bool(project({"shop/api.py": SHOP.replace("{use}", use)}).unbounded_queries) is told


EXPORT = """
import csv
import io

from flask import Flask, Response
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

class Order(db.Model):
    number = db.Column(db.String)

def take(number):
    db.session.add(Order(number=number))

def lines(orders):
    for order in orders:
        yield [order.number]

@app.route("/v1/orders.csv")
def orders():
    out = io.StringIO()
    orders = Order.query.{asked}
    csv.writer(out).writerows(lines(orders))
    return Response(out.getvalue(), mimetype="text/csv")
"""


@pytest.mark.parametrize(("asked", "told"), [("all()", True), ("limit(50).all()", False)])
def test_rows_that_are_written_at_once_are_answered_with(asked: str, told: bool) -> None:
    assert bool(project({"shop/api.py": EXPORT.format(asked=asked)}).unbounded_queries) is told


MANY = """
from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

class Order(db.Model):
    number = db.Column(db.String)

def take(number):
    db.session.add(Order(number=number))

@app.route("/v1/orders")
def orders():
    {code}
"""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("return jsonify([order.number for order in Order.query])", True),
        ("open = Order.query.filter_by(open=True)\n    return jsonify([order.number for order in open])", True),
        (
            "query = Order.query\n    out = []\n    for order in query:\n        out.append(order.pk)\n    return jsonify(out)",
            True,
        ),
        ("out = {}\n    for order in Order.query.all():\n        out[order.id] = str(order)\n    return jsonify(out)", True),
        ("query = Order.query\n    query = query.limit(5)\n    return jsonify([order.number for order in query])", False),
        ("return jsonify(len(Order.query.all()))", False),
        ("rows = Order.query.all()\n    return jsonify(total=sum(row.price for row in rows))", False),
        ("rows = Order.query.all()\n    return jsonify(total=len(rows), rows=[str(row) for row in rows])", True),
    ],
)
def test_rows_that_are_gone_through_without_a_call_are_told_and_those_that_are_only_counted_are_not(
    code: str, told: bool
) -> None:
    assert bool(project({"shop/api.py": MANY.replace("{code}", code)}).unbounded_queries) is told
