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


SUMS = """
from sqlalchemy import func, select
from sqlalchemy.orm import DeclarativeBase, mapped_column

class Base(DeclarativeBase):
    pass

class Payment(Base):
    id = mapped_column(primary_key=True)
    bill_id = mapped_column()
    cents = mapped_column()
    deleted_at = mapped_column()

def numbers(session, bill):
    return session.execute(select(Payment.id, Payment.cents).where(Payment.deleted_at.is_(None))).all()

def paid(session, bill):
    return session.scalar(select(func.sum(Payment.cents)).where(Payment.bill_id == bill))
"""


def test_a_sum_over_rows_forgets_them_as_a_list_does() -> None:
    found = list(project({"shop/rows.py": SUMS}).forgotten)
    assert [(model, column, place.line) for model, column, place in found] == [("Payment", "deleted_at", len(SUMS.splitlines()))]


REPOSITORIES = """
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, mapped_column

class Base(DeclarativeBase):
    pass

class Account(Base):
    id = mapped_column(primary_key=True)
    email = mapped_column()
    deleted_at = mapped_column()

class Repository:
    def __init__(self, session):
        self.session = session

    def query(self):
        return select(self.model)CAREFUL

    def all(self):
        return self.session.scalars(self.query()).all()

class AccountRepository(Repository):
    model = Account

    def of_email(self, email):
        return self.session.scalar(select(Account).where(Account.email == email))
"""


def test_a_repository_forgets_what_the_base_of_all_of_them_leaves_out() -> None:
    careful = REPOSITORIES.replace("CAREFUL", ".where(self.model.deleted_at.is_(None))")
    found = list(project({"shop/rows.py": careful}).forgotten)
    line = len(careful.splitlines())
    assert [(model, column, place.line) for model, column, place in found] == [("Account", "deleted_at", line)]
    assert not list(project({"shop/rows.py": REPOSITORIES.replace("CAREFUL", "")}).forgotten)
