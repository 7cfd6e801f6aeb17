"""Rows that go for good past what a project made to keep them: the signed-in user, and models beside a session's filter."""

from tests.paths.projects import project

LEAVING = """
from django.contrib.auth.mixins import LoginRequiredMixin
from django.views import View

class Leave(LoginRequiredMixin, View):
    def post(self, request):
        request.user.delete()

    def delete(self, request):
        self.request.user.delete()
"""


def test_the_user_who_is_signed_in_is_critical_where_the_accounts_are_the_librarys_own() -> None:
    found = project({"desk/views.py": LEAVING}).deletions.all
    assert [(one.model, one.location.line) for one in found] == [("User", 7), ("User", 10)]
    assert not project({"desk/views.py": LEAVING.replace("django", "desk")}).deletions.all


FILTERED = """
from sqlalchemy import event, select
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, with_loader_criteria

class Base(DeclarativeBase):
    pass

class Kept:
    deleted_at = mapped_column()

class Order(Base):
    state = mapped_column()
    deleted_at = mapped_column()

class Member(Kept, Base):
    email = mapped_column()

@event.listens_for(Session, "do_orm_execute")
def hide(state):
    state.statement = state.statement.options(with_loader_criteria(Kept, lambda kept: kept.deleted_at.is_(None)))

def members(session):
    return session.scalars(select(Member).where(Member.email != ""))

def with_mark(session):
    return session.scalars(select(Member).where(Member.deleted_at.is_(None)))

def still_there(session):
    return session.scalars(select(Order).where(Order.deleted_at.is_(None)))

def open_ones(session):
    return session.scalars(select(Order).where(Order.state == "open"))
"""


def test_a_filter_of_the_session_covers_the_classes_that_it_names_and_their_heirs() -> None:
    found = list(project({"shop/rows.py": FILTERED}).forgotten)
    assert [(model, place.line) for model, _, place in found] == [("Order", 32)]


def test_a_filter_for_all_models_covers_them_all() -> None:
    assert not list(project({"shop/rows.py": FILTERED.replace("criteria(Kept", "criteria(Base")}).forgotten)
