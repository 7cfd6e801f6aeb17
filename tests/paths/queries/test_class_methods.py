"""Rows asked for by class methods that models inherit, and by helpers that narrow the query which they are handed."""

import textwrap

import pytest

from tests.paths.queries.asked import MAPPED, marked, repeated

FLASK = """
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

class Kept:
    deleted_at = db.Column(db.DateTime)

    @classmethod
    def alive(cls):
        return cls.query.filter(cls.deleted_at.is_(None)).order_by(cls.deleted_at)

    @classmethod
    def of_key(cls, key):
        return db.session.get(cls, key)

    @classmethod
    def chosen(cls):
        return db.session.query(cls).filter(cls.deleted_at.is_(None))

    @classmethod
    def names(cls):
        return [row.name for row in cls.query.all()]

class Owner(Kept, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.Text)

class Parcel(Kept, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.Text)
    owner_id = db.Column(db.ForeignKey("owner.id"))
    owner = db.relationship(Owner)
"""


@pytest.mark.parametrize(
    "code",
    [
        """
        def owners():
            return [parcel.owner.name for parcel in Parcel.alive().limit(50).all()]  # <-
        """,
        """
        def owners():
            return [parcel.owner.name for parcel in Parcel.chosen().limit(50)]  # <-
        """,
        """
        def names():
            return [owner.name for owner in Owner.alive().limit(50).all()]
        """,
        """
        def by_name(names):
            return [Parcel.alive().filter_by(name=name).first() for name in names]  # <-
        """,
        """
        def owners(keys):
            for key in keys:
                parcel = Parcel.of_key(key)  # the class method's query is asked once per key
                print(parcel.name)
        """,
        """
        def names():
            return [name.upper() for name in Parcel.names()]
        """,
        """
        from sqlalchemy.orm import joinedload

        def owners():
            return [parcel.owner.name for parcel in Parcel.alive().options(joinedload(Parcel.owner)).limit(50)]
        """,
    ],
)
def test_a_mixins_class_method_asks_for_rows_of_the_class_that_it_is_called_on(code: str) -> None:
    shown = "from models import *\n" + textwrap.dedent(code)
    files = {"models.py": FLASK, "shop.py": shown}
    assert {place for place in repeated(files) if place[0] == "shop.py"} == marked({"shop.py": shown})


NARROWED = """
class Pages:
    def page(self, query, number):
        return query.limit(20).offset(20 * number).all()

    def told(self, number, query):
        return query.all()

def only(rows, number):
    return rows.filter_by(number=number)

class Orders(Pages):
    def newest(self, number):
        return self.page(Order.query.order_by(Order.id), number)

    def known(self, number):
        return self.page(Order.query.options(joinedload(Order.customer)), number)

class Customers(Pages):
    def newest(self, number):
        return self.page(Customer.query.order_by(Customer.id), number)
"""


@pytest.mark.parametrize(
    "code",
    [
        "def shown(number):\n    return [order.customer.id for order in Orders().newest(number)]  # <-\n",
        "def shown(number):\n    return [order.customer.id for order in only(Order.query, number)]  # <-\n",
        "def shown(number):\n    return [customer.id for customer in Customers().newest(number)]\n",
        "def shown(number):\n    return [customer.id for customer in only(Customer.query, number)]\n",
        "def shown(number):\n    return [order.customer.id for order in Orders().known(number)]\n",
    ],
)
def test_a_helper_gives_rows_of_what_it_is_handed_whoever_else_calls_it(code: str) -> None:
    files = {"shop.py": MAPPED + "from sqlalchemy.orm import joinedload\n" + NARROWED + code}
    assert repeated(files) == marked(files)
