"""Where a query of a class that asks for whatever its heirs or makers name is told: at the call that says for what."""

import pytest

from tests.paths.projects import project

TABLES = """
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)

class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)
"""
REPOSITORY = """
from tables import Base, Customer, Order

class Repository:
    model: type[Base]

    def __init__(self, session{more}):
        self.session = session
        {kept}

    def get(self, key):
        return self.session.get(self.model, key)

    def require(self, key):
        found = self.get(key)
        if found is None:
            raise LookupError(key)
        return found

class Orders(Repository):
    {orders}

class Customers(Repository):
    {customers}
"""
SERVICE = """
from sqlalchemy.orm import Session
from repository import Customers, Orders

def orders(session: Session, keys):
    repository = Orders(session)
    return [repository.get(key) for key in keys]

def customers(session: Session, keys):
    repository = Customers(session)
    found = []
    for key in keys:
        found.append(repository.require(key))
    return found
"""


@pytest.mark.parametrize(
    ("more", "kept", "named", "places"),
    [
        ("", "pass", True, [("service.py", 7), ("service.py", 13)]),
        (", model: type[Base]", "self.model = model", False, [("service.py", 7), ("service.py", 13)]),
        ("", "self.model = Order", False, [("repository.py", 12)]),
    ],
)
def test_each_loop_that_says_for_what_is_told(more: str, kept: str, named: bool, places: list[tuple[str, int]]) -> None:
    orders, customers = ("model = Order", "model = Customer") if named else ("pass", "pass")
    repository = REPOSITORY.format(more=more, kept=kept, orders=orders, customers=customers)
    found = project({"tables.py": TABLES, "repository.py": repository, "service.py": SERVICE}).repeated_queries
    assert [(one.location.path, one.location.line) for one in found] == places
