"""Small projects' questions as marked lines: a line that ends with `# <-` is asked once per element, or gives all rows."""

import textwrap
from collections.abc import Mapping

from auditor.model.finding import Location
from tests.paths.projects import project

MARK = "# <-"
Places = set[tuple[str, int]]

MAPPED = """
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    customer: Mapped[Customer] = relationship()
"""
"""Orders of customers, mapped by SQLAlchemy."""


def marked(files: Mapping[str, str]) -> Places:
    """Path and line of every mark."""
    return {
        (path, line)
        for path, text in files.items()
        for line, content in enumerate(textwrap.dedent(text).splitlines(), 1)
        if content.rstrip().endswith(MARK)
    }


def repeated(files: Mapping[str, str]) -> Places:
    """Path and line of every question that is asked once per element."""
    return {_place(one.location) for one in project(files).repeated_queries}


def unbounded(files: Mapping[str, str]) -> Places:
    """Path and line of every query whose rows a route answers with."""
    return {_place(one.location) for one in project(files).unbounded_queries}


def _place(location: Location) -> tuple[str, int]:
    return location.path, location.line
