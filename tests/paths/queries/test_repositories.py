"""Repositories whose methods ask for rows of a class that only their heirs name."""

from tests.paths.queries.asked import marked, repeated

SHOP = """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

class Show(Base):
    __tablename__ = "show"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    account: Mapped[Account] = relationship()

class Repository:
    model = None

    def __init__(self, session: Session):
        self.session = session

    def all(self):
        return self.session.query(self.model).all()

    def get(self, key):
        return self.session.get(self.model, key)

    def need(self, key):
        found = self.get(key)
        if found is None:
            raise LookupError(key)
        return found

class Shows(Repository):
    model = Show

    def whole(self):
        return self.session.query(Show).options(joinedload(Show.account)).all()

class Accounts(Repository):
    model = Account
"""


def test_rows_of_an_inherited_method_are_of_the_heirs_class() -> None:
    code = """
def names(session: Session):
    return [show.account.name for show in Shows(session).all()]  # <-

def whole(session: Session):
    return [show.account.name for show in Shows(session).whole()]

def accounts(session: Session):
    return [account.name for account in Accounts(session).all()]
"""
    files = {"shop.py": SHOP + code}
    assert repeated(files) == marked(files)


def test_a_method_that_asks_another_gives_the_same_class() -> None:
    code = """
def owners(session: Session, keys):
    shows = Shows(session)
    for key in keys:
        show = shows.need(key)
        print(show.account.name)  # <-
"""
    files = {"shop.py": SHOP + code}
    assert marked(files) <= repeated(files)


def test_what_an_heir_says_is_loaded_is_loaded_by_the_statement_of_its_base() -> None:
    code = """
from typing import Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

Row = TypeVar("Row", bound=Base)

class Rows(Generic[Row]):
    model: type[Base]
    eager = ()

    def select(self) -> Select[tuple[Row]]:
        return select(self.model).options(*self.eager)

class LoadedShows(Rows[Show]):
    model = Show
    eager = (joinedload(Show.account),)

    def of(self, session: Session, key) -> list[Show]:
        return session.scalars(self.select().where(Show.id > key)).all()

class BareShows(Rows[Show]):
    model = Show

    def of(self, session: Session, key) -> list[Show]:
        return session.scalars(self.select().where(Show.id > key)).all()

def loaded(session: Session):
    return [show.account.name for show in LoadedShows().of(session, 1)]

def bare(session: Session):
    return [show.account.name for show in BareShows().of(session, 1)]  # <-
"""
    files = {"shop.py": SHOP + code}
    assert repeated(files) == marked(files)


def test_what_a_statement_made_elsewhere_asks_for_needs_no_annotation() -> None:
    code = """
from sqlalchemy import select
from sqlalchemy.orm import joinedload

class Shown:
    def __init__(self, session: Session):
        self.session = session

    def query(self):
        return select(Show)

    def page(self, number):
        return self.session.scalars(self.query().offset(number * 50).limit(50)).unique().all()

    def named(self, name):
        statement = select(Show).limit(50)
        return self.session.scalars(statement).all()

    def whole(self):
        return self.session.scalars(self.query().options(joinedload(Show.account)).limit(50)).all()

def pages(session: Session):
    return [show.account.name for show in Shown(session).page(1)]  # <-

def named(session: Session):
    return [show.account.name for show in Shown(session).named("x")]  # <-

def whole(session: Session):
    return [show.account.name for show in Shown(session).whole()]
"""
    files = {"shop.py": SHOP + code}
    assert repeated(files) == marked(files)


def test_a_class_that_begins_queries_itself_is_asked_by_its_heirs_name_for_it() -> None:
    code = """
from peewee import ForeignKeyField, Model

class Buyer(Model):
    pass

class Sale(Model):
    buyer = ForeignKeyField(Buyer)

class Rows:
    model = None

    def newest(self):
        return self.model.select().limit(100)

    def listed(self):
        return list(self.model.select())

class Sales(Rows):
    model = Sale

def names():
    return [sale.buyer.name for sale in Sales().newest()]  # <-

def other_names():
    return [sale.buyer.name for sale in Sales().listed()]  # <-
"""
    files = {"shop.py": code}
    assert repeated(files) == marked(files)
