"""Statements of SQL that are written out and give all rows of a table."""

from auditor.model.finding import Confidence
from tests.paths.projects import project
from tests.paths.queries.asked import marked, unbounded

ROUTES = """
from flask import Flask, jsonify

from shop import rows

app = Flask(__name__)

@app.get("/titles")
def titles():
    return jsonify(rows.titles())

@app.get("/shelves")
def shelves():
    return jsonify(rows.shelves())

@app.get("/newest")
def newest():
    return jsonify(rows.newest())

@app.get("/of")
def of():
    return jsonify(rows.of(5))

@app.get("/numbers")
def numbers():
    return jsonify(rows.numbers())

@app.get("/first")
def first():
    return jsonify(rows.first())
"""

ROWS = """
import sqlite3

SHELVES = "SELECT place FROM shelves"

def titles():
    cursor = sqlite3.connect("shop.db").cursor()
    cursor.execute("SELECT title FROM books ORDER BY title")  # <-
    return [row[0] for row in cursor.fetchall()]

def shelves():
    rows = sqlite3.connect("shop.db").execute(SHELVES).fetchall()  # <-
    return {"rows": rows}

def newest():
    return sqlite3.connect("shop.db").execute("SELECT title FROM books ORDER BY id DESC LIMIT 20").fetchall()

def of(shelf):
    return sqlite3.connect("shop.db").execute("SELECT title FROM books WHERE shelf = ?", (shelf,)).fetchall()

def numbers():
    return sqlite3.connect("shop.db").execute("SELECT shelf, count(*) FROM books GROUP BY shelf").fetchall()

def first():
    cursor = sqlite3.connect("shop.db").cursor()
    cursor.execute("SELECT title FROM books")
    return cursor.fetchone()
"""


def test_statements_that_are_written_out_may_give_a_whole_table() -> None:
    files = {"shop/app.py": ROUTES, "shop/rows.py": ROWS}
    assert unbounded(files) == marked(files)
    assert {one.model for one in project(files).unbounded_queries} == {"books", "shelves"}


def test_a_table_without_a_class_has_a_name() -> None:
    code = """
import sqlalchemy as sa
from flask import Flask, jsonify

app = Flask(__name__)
depots = sa.Table("depot", sa.MetaData(), sa.Column("id", sa.Integer))
engine = sa.create_engine("postgresql://")

@app.get("/depots")
def all_depots():
    with engine.connect() as connection:
        return jsonify(connection.execute(sa.select(depots)).fetchall())

@app.get("/depots/<int:key>")
def one_depot(key):
    with engine.connect() as connection:
        return jsonify(connection.execute(sa.select(depots).where(depots.c.id == key)).fetchall())
"""
    (one,) = project({"shop.py": code}).unbounded_queries
    assert (one.model, one.confidence) == ("depots", Confidence.MEDIUM)


def test_brackets_around_a_query_part_nothing() -> None:
    code = """
from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.Integer)

@app.get("/orders/of/<int:key>")
def of_customer(key):
    found = (
        Order.query.filter(Order.id > 3).filter(
            Order.customer_id == key
        )
    ).all()
    return jsonify([order.id for order in found])
"""
    assert unbounded({"shop.py": code}) == set()


def test_a_query_that_is_handed_over_may_be_bounded_before() -> None:
    code = """
from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.Integer)

def shown(query):
    return [order.id for order in query.all()]

@app.get("/orders/of/<int:key>")
def of_customer(key):
    query = Order.query.filter(Order.customer_id == key)
    return jsonify(shown(query))
"""
    assert unbounded({"shop.py": code}) == set()
    whole = code.replace(".filter(Order.customer_id == key)", ".order_by(Order.id)")
    assert len(unbounded({"shop.py": whole})) == 1


def test_rows_of_a_statement_are_taken_without_asking_again() -> None:
    code = """
import psycopg2

def counts(codes):
    found = {}
    with psycopg2.connect("") as connection, connection.cursor() as cursor:
        for code in codes:
            cursor.execute("SELECT count(*) FROM scans WHERE code = %s", (code,))  # <-
            found[code] = cursor.fetchone()[0]
    return found
"""
    assert {(one.location.path, one.location.line) for one in project({"app.py": code}).repeated_queries} == marked(
        {"app.py": code}
    )
