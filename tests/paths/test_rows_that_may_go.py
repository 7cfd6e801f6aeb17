"""Rows of critical models whose deletion nobody would want undone: they join two others, or were just made."""

from tests.paths.projects import project

JOINED = """
from sqlalchemy import Column, ForeignKeyConstraint, String
from sqlalchemy.orm import DeclarativeBase, relationship

class Base(DeclarativeBase): ...

class Parcel(Base):
    __tablename__ = "parcels"
    shop = Column(String, primary_key=True)
    name = Column(String, primary_key=True)

class User(Base):
    __tablename__ = "users"
    id = Column(String, primary_key=True)

class ParcelMember(Base):
    __tablename__ = "parcel_members"
    __table_args__ = (
        ForeignKeyConstraint(["shop", "parcel_name"], ["parcels.shop", "parcels.name"]),
        ForeignKeyConstraint(["user_id"], ["users.id"]),
    )
    shop = Column(String, primary_key=True)
    parcel_name = Column(String, primary_key=True)
    user_id = Column(String, primary_key=True)
    role = Column(String)
    parcel = relationship("Parcel")
    user = relationship("User")

def leave(db, name):
    db.query(ParcelMember).filter(ParcelMember.parcel_name == name).delete()

def close(db, key):
    db.query(User).filter(User.id == key).delete()
"""


def test_a_row_that_joins_two_others_by_keys_of_its_table_may_go() -> None:
    assert [one.model for one in project({"models.py": JOINED}).deletions.all] == ["User"]


STORED = """
from typing import Generic, TypeVar

from sqlalchemy import Column, String
from sqlalchemy.orm import DeclarativeBase, Session

class Base(DeclarativeBase): ...

class Workspace(Base):
    __tablename__ = "workspaces"
    id = Column(String, primary_key=True)

M = TypeVar("M")

class Store(Generic[M]):
    def __init__(self, session: Session):
        self.session = session

    def create(self, row: M) -> M:
        self.session.add(row)
        return row

    def delete(self, row: M) -> None:
        self.session.delete(row)

class Workspaces(Store[Workspace]):
    model = Workspace

class Desk:
    def __init__(self, store: Workspaces):
        self.store = store

    def open(self, name):
        workspace = Workspace(id=name)
        workspace = self.store.create(workspace)
        try:
            migrate(workspace)
        except OSError:
            self.store.delete(workspace)
            raise

    def close(self, workspace: Workspace):
        self.store.delete(workspace)
"""


def test_a_row_that_was_just_made_may_go_by_what_a_store_deletes() -> None:
    found = project({"desk.py": STORED}).deletions.all
    assert [(one.location.line, one.doubted) for one in found] == [(39, True), (43, False)]
