"""Functions that only send the statement that they are given: whoever gives it in a loop asks once per element."""

from auditor.model.finding import Confidence
from tests.paths.projects import project
from tests.paths.queries.asked import marked, repeated

STORE = """
import sqlite3

class Store:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)

    def _adapt(self, query):
        return query.replace("?", "%s")

    def execute(self, query, params=()):
        cursor = self.connection.cursor()
        cursor.execute(self._adapt(query), params)
        return cursor

    def fetch_one(self, query, params=()):
        return self.execute(query, params).fetchone()

def run(connection, sql, *values):
    adapted = sql.replace("?", "%s")
    connection.cursor().execute(adapted, values)

def by_key(connection: sqlite3.Connection, key):
    return connection.execute("SELECT * FROM orders WHERE id = ?", (key,)).fetchone()  # <-
"""
ORDERS = """
from shop.store import Store, by_key, run

class Orders:
    def __init__(self, path):
        self.store = Store(path)

    def close(self, keys):
        for key in keys:
            self.store.execute("UPDATE orders SET open = 0 WHERE id = ?", (key,))  # <-

    def read(self, keys):
        return [self.store.fetch_one("SELECT * FROM orders WHERE id = ?", (key,)) for key in keys]  # <-

    def remove(self, connection, keys):
        for key in keys:
            run(connection, "DELETE FROM orders WHERE id = ?", key)  # <-

    def known(self, connection, keys):
        return [by_key(connection, key) for key in keys]

    def make(self, names):
        for name in names:
            self.store.execute(f"CREATE TABLE {name} (id INTEGER)")

    def indexes(self, names):
        return [self.store.fetch_one("SELECT sql FROM sqlite_master WHERE name = ?", (name,)) for name in names]
"""


def test_the_call_that_gives_the_statement_is_the_place() -> None:
    files = {"shop/store.py": STORE, "shop/orders.py": ORDERS}
    assert repeated(files) == marked(files)


PLAYED = """
import sqlite3

def play(connection: sqlite3.Connection, statements):
    for statement, values in statements:
        connection.execute({sent}, values)
"""


def test_what_goes_from_statement_to_statement_is_in_doubt_in_any_form() -> None:
    for sent, sure in (("statement", False), ("adapt(statement)", False), ("'UPDATE orders SET open = ?'", True)):
        (one,) = project({"shop/play.py": PLAYED.format(sent=sent)}).repeated_queries
        assert (one.confidence is not Confidence.LOW) is sure
