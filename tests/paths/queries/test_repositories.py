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
