"""What a function of the project gives of a class that it is handed first, and which class its people are rows of."""

import pytest

from tests.paths.projects import project

DJANGO = """
from typing import Type, TypeVar
from django.db import models
from django.shortcuts import get_object_or_404

M = TypeVar("M", bound=models.Model)

class Order(models.Model):
    total = models.IntegerField()

def found{head}:
    {body}

def drop(request, key):
    one = found(Order, key)
    one.delete()
"""
SQL = """
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)

def found(model, session: Session, key):
    {body}

def drop(session: Session, key):
    one = found(Order, session, key)
    session.delete(one)
"""


def deleted(code: str) -> list[str]:
    return [one.model for one in project({"shop.py": code}).deletions.all]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("(model: type[M], key: str) -> M", "return load(model, key)"),
        ("(model: Type[M], key: str) -> M | None", "return load(model, key)"),
        ("[M: models.Model](model: type[M], key: str) -> M", "return load(model, key)"),
        ("(model, key)", "return get_object_or_404(model, pk=key)"),
        ("(model, key)", "return model.objects.get(pk=key)"),
        ("(model, key)", "return model.objects.filter(pk=key).first()"),
    ],
)
def test_a_function_gives_a_row_of_the_class_that_it_is_handed(head: str, body: str) -> None:
    assert deleted(DJANGO.format(head=head, body=body)) == ["Order"]


@pytest.mark.parametrize(
    "body",
    [
        "return session.get(model, key)",
        "return session.query(model).filter(model.id == key).first()",
        "return session.scalars(select(model).where(model.id == key)).one()",
    ],
)
def test_a_function_gives_what_it_asks_a_session_for(body: str) -> None:
    assert deleted(SQL.format(body=body)) == ["Order"]


def test_a_function_that_gives_something_else_gives_no_row_of_the_class() -> None:
    assert deleted(DJANGO.format(head="(model: type[M], key: str) -> Receipt", body="return receipt(model, key)")) == []


PEOPLE = """
from django.conf import settings
from django.db import models

class Base(models.Model):
    password = models.TextField()

    class Meta:
        abstract = True

class Reader(Base):
    name = models.TextField()

class Photo(models.Model):
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

class ReaderProfile(models.Model):
    name = models.TextField()

class ReaderFile(models.Model):
    name = models.TextField()

def leave(reader: Reader, profile: ReaderProfile, file: ReaderFile):
    file.delete()
    profile.delete()
    reader.delete()
"""


@pytest.mark.parametrize(("settings", "models"), [("AUTH_USER_MODEL = 'desk.Reader'\n", ["Reader"]), ("DEBUG = False\n", [])])
def test_a_setting_names_the_class_of_people_that_stands_on_no_librarys(settings: str, models: list[str]) -> None:
    files = {"desk/__init__.py": "", "desk/settings.py": settings, "desk/models.py": PEOPLE}
    assert [one.model for one in project(files).deletions.all] == ["ReaderProfile", *models]
