"""A base class makes an object of the class that its heirs name: what the object gives is known in the heirs."""

import pytest

from tests.paths.projects import project

SHOP = """
from typing import Generic, Sequence, TypeVar

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

class Base(DeclarativeBase): ...

class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column()

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()

M = TypeVar("M", bound=Base)

class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

class Orders(Repository[Order]):
    model = Order

    def newest(self) -> Sequence[Order]:
        return self.session.scalars(select(Order).order_by(Order.id).limit(50)).all()

R = TypeVar("R", bound=Repository)

{service}

class Sheets({base}):
    repository = Orders

    def day(self):
        return [order.customer.name for order in self.repo.newest()]
"""
MADE = """
class Service:
    repository: type[Repository]

    def __init__(self, session: Session) -> None:
        self.repo = self.repository(session)
"""
GENERIC = """
class Service(Generic[R]):
    repository: type[R]

    def __init__(self, session: Session) -> None:
        self.repo = self.repository(session)
"""
ASKED = """
class Service(Generic[R]):
    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def repo(self) -> R:
        return self.repository(self.session)
"""


@pytest.mark.parametrize(
    ("service", "base"), [(MADE, "Service"), (GENERIC, "Service[Orders]"), (GENERIC, "Service"), (ASKED, "Service[Orders]")]
)
def test_rows_are_known_that_an_object_gives_which_the_base_made(service: str, base: str) -> None:
    found = project({"shop.py": SHOP.replace("{service}", service).replace("{base}", base)}).repeated_queries
    assert [one.function for one in found] == ["Sheets.day"]
