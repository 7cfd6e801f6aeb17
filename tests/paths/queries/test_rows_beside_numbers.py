"""A statement that asks for rows and for something beside them hands out rows of which relations are read one by one."""

import pytest

from tests.paths.projects import project

SHOP = """
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

db = SQLAlchemy()

class Customer(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)

class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.ForeignKey("customer.id"))
    customer = db.relationship(Customer)

def report():
    for order, count in {asked}:
        print(order.customer.name, count)
"""


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("db.session.execute(select(Order, func.count()).group_by(Order.id)).all()", True),
        ("db.session.query(Order, func.count()).group_by(Order.id)", True),
        ("db.session.query(Order, func.count()).options(joinedload(Order.customer)).group_by(Order.id)", False),
        ("db.session.query(Order.id, func.count()).group_by(Order.id)", False),
    ],
)
def test_the_first_of_several_variables_is_the_row(asked: str, told: bool) -> None:
    assert bool(project({"shop/app.py": SHOP.replace("{asked}", asked)}).repeated_queries) is told
