"""A parameter without an annotation is what its callers hand over, also where that is a library's."""

from tests.paths.projects import project

NAMES = """
import sqlite3

def name_of(connection, key):
    return connection.execute("SELECT name FROM depot WHERE id = " + key).fetchone()

def names(keys):
    connection = sqlite3.connect("depots.db")
    return [name_of(connection, key) for key in keys]
"""

CALLED = """
from flask import Flask

def served(app):
    return app(environ(), begin)

app = Flask(__name__)
served(app)
"""


def test_a_connection_that_is_handed_over_is_asked() -> None:
    (found,) = project({"depots.py": NAMES}).repeated_queries
    assert found.location.line == 5


def test_an_application_that_is_called_is_no_further_one() -> None:
    assert [one.name for one in project({"shop.py": CALLED}).applications.all] == ["app"]


PAGED = """
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase): ...

class Flat(Base):
    __tablename__ = "flat"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

def flats_page(session: Session) -> list[Flat]:
    return session.scalars(select(Flat).limit(100)).all()

def name_of(session: Session, key: int) -> str:
    return session.scalar(select(Flat.name).where(Flat.id == key))

def names(session: Session):
    return [name_of(session, flat.id) for flat in flats_page(session)]

def of_batches(session: Session, batches):
    for batch in batches:
        session.scalars(select(Flat).where(Flat.id.in_(batch))).all()
"""


def test_rows_of_a_page_are_many_and_batches_are_few() -> None:
    assert [one.location.line for one in project({"flats.py": PAGED}).repeated_queries] == [16]
