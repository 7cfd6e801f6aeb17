"""A repository's question that several loops repeat, and what stands in for a protocol or an abstract class."""

from tests.paths.projects import project

TABLES = """
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
"""
PORTS = """
from typing import Protocol

class Orders(Protocol):
    def name_of(self, key: int) -> str: ...

    def forget(self, key: int) -> None: ...

class Work:
    orders: Orders
"""
ROWS = """
from sqlalchemy import select
from shop.tables import Order

class Rows:
    def __init__(self, session):
        self.session = session

    def name_of(self, key: int) -> str:
        return self.session.scalars(select(Order.name).where(Order.id == key)).one()

class SqlOrders(Rows):
    def forget(self, key: int) -> None:
        pass

class Names:
    def name_of(self, key: int) -> str:
        return ""
"""
SERVICE = """
from shop.ports import Work

def names(work: Work, keys):
    return [work.orders.name_of(key) for key in keys]

def lines(work: Work, chosen):
    for key in chosen:
        print(work.orders.name_of(key))

def one(work: Work, key):
    return work.orders.name_of(key)
"""
FILES = {"shop/tables.py": TABLES, "shop/ports.py": PORTS, "shop/rows.py": ROWS, "shop/service.py": SERVICE}


def test_a_class_that_has_all_methods_of_a_protocol_stands_in_for_it() -> None:
    (found,) = project(FILES).repeated_queries
    assert (found.location.path, found.through) == ("shop/rows.py", ("Rows.name_of",))


def test_a_question_that_two_loops_repeat_is_one_finding_that_names_both() -> None:
    (found,) = project(FILES).repeated_queries
    assert [hop.location.line for hop in found.hops][:1] == [5]
    assert [(other.location.path, other.location.line) for other in found.others] == [("shop/service.py", 9)]


def test_the_surest_of_the_loops_is_told() -> None:
    more = SERVICE + (
        "\nfrom sqlalchemy import select\nfrom shop.tables import Order\n"
        "def all_names(work: Work, session):\n"
        "    return [work.orders.name_of(one.id) for one in session.scalars(select(Order))]\n"
    )
    (found,) = project({**FILES, "shop/service.py": more}).repeated_queries
    assert (found.function, len(found.others)) == ("all_names", 2)
