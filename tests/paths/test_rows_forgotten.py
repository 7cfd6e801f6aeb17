"""Queries of models that mark rows as deleted, which leave the mark out."""

from tests.paths.projects import project

TOLD_APART = """
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

class Kept:
    deleted_at = db.Column(db.DateTime)

    @classmethod
    def alive(cls):
        return cls.query.filter(cls.deleted_at.is_(None))

class Account(Kept, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.Text)
    is_root = db.Column(db.Boolean)

def some():
    return Account.alive().limit(50).all()

def named(name):
    return Account.query.filter_by(name=name).first()

def of_key(key):
    return Account.query.filter_by(id=key).first()

def root():
    return Account.query.filter_by(is_root=True).first()
"""


def test_a_row_that_is_looked_up_by_its_name_may_be_a_deleted_one() -> None:
    found = list(project({"shop/rows.py": TOLD_APART}).forgotten)
    line = TOLD_APART.splitlines().index("def named(name):") + 2
    assert [(model, column, place.line) for model, column, place in found] == [("Account", "deleted_at", line)]
    assert not list(project({"shop/rows.py": TOLD_APART.replace("Account.alive()", "Account.query")}).forgotten)
