"""Rows that go for good past what a project made to keep them: the signed-in user, and models beside a session's filter."""

import pytest

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


CARE = """
from django.db import models

class Concert(models.Model):
    name = models.TextField()

class ShowEvent(models.Model):
    date = models.DateField()

class AccessEvent(models.Model):
    user = models.ForeignKey("auth.User", models.CASCADE)
    action = models.TextField()

class Order(models.Model):
    total = models.DecimalField()

def forget(pk):
    ShowEvent.objects.filter(pk=pk).delete()

def hide(pk):
    AccessEvent.objects.filter(pk=pk).delete()

def everything(shop, really=False):
    if really:
        Order.objects.filter(shop=shop).delete()

def again(shop, rows):
    Order.objects.filter(shop=shop).delete()
    Order.objects.bulk_create(rows)

def bring_in(shop):
    # left-over rows of a failed run
    Order.objects.filter(shop=shop, state="new").delete()

def drop(order: Order, user):
    if not order.allow_delete():
        return
    user.log_action("order.deleted", order.pk)
    order.delete()

def drop_for(order: Order, user):
    if user.can_delete(order):
        order.delete()

def empty(order: Order):
    if not order.is_deleted:
        raise NotInBin()
    order.delete()

def clean(shop, cutoff):
    Order.objects.filter(shop=shop, created_at__lt=cutoff).delete()

def copy(shop, lines):
    order = Order.objects.create(shop=shop)
    try:
        fill(order, lines)
    except BadLines:
        order.delete()
        raise
"""


def test_what_is_deleted_with_care_or_was_never_to_stay_is_doubted() -> None:
    found = project({"shop/rows.py": CARE}).deletions.all
    assert [(one.location.line, one.doubted) for one in found] == [
        (18, True),
        (21, False),
        (25, True),
        (28, True),
        (33, True),
        (39, True),
        (43, False),
        (48, True),
        (51, True),
        (58, True),
    ]


LINKS = """
from sqlmodel import Field, Session, SQLModel, select

class RoleUser(SQLModel, table=True):
    id: int = Field(primary_key=True)
    role_id: int = Field(foreign_key="role.id")
    user_id: int = Field(foreign_key="user.id")

class ShopUser(SQLModel, table=True):
    id: int = Field(primary_key=True)
    shop_id: int = Field(foreign_key="shop.id")
    email: str = ""

def leave(session: Session, role_id, user_id):
    link = session.exec(select(RoleUser).where(RoleUser.role_id == role_id)).one()
    session.delete(link)

def close(session: Session, email):
    user = session.exec(select(ShopUser).where(ShopUser.email == email)).one()
    session.delete(user)
"""


def test_a_row_of_keys_alone_links_two_others_whatever_it_is_called() -> None:
    found = project({"shop/rows.py": LINKS}).deletions.all
    assert [one.model for one in found] == ["ShopUser"]


DESTROYED = """
from rest_framework import viewsets
from django.db import models

class Order(models.Model):
    number = models.CharField(max_length=9)

class Orders(viewsets.ModelViewSet):
    def get_queryset(self):
        return Order.objects.filter(owner=self.request.user)

    def perform_destroy(self, instance):
        instance.delete()

    def cancel(self, request, pk):
        self.get_object().delete()
"""


def test_a_view_hands_its_methods_one_of_the_rows_that_it_shows() -> None:
    found = project({"desk/views.py": DESTROYED}).deletions.all
    assert [(one.model, one.location.line, one.doubted) for one in found] == [("Order", 13, False), ("Order", 16, False)]


MARKED = """
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Clinic(Base):
    __tablename__ = "clinics"
    {column} = mapped_column()

class AuditEntry(Base):
    __tablename__ = "audit_entries"
    action = mapped_column()

def close(session: Session, key):
    session.delete(session.get(Clinic, key))

def forget(session: Session, key):
    session.delete(session.get(AuditEntry, key))
"""


def test_a_model_with_a_mark_for_deleted_rows_loses_none_without_a_doubt() -> None:
    def found(column: str) -> list[tuple[str, bool]]:
        return [(one.model, one.doubted) for one in project({"desk.py": MARKED.replace("{column}", column)}).deletions.all]

    assert found("deleted_at") == [("Clinic", True), ("AuditEntry", False)]
    assert found("archived_at") == [("AuditEntry", False)]


ACCOUNTS = """
from flask import Blueprint
from flask_login import UserMixin, current_user
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
desk = Blueprint("desk", __name__)

class Person(UserMixin, db.Model):
    team_id = db.Column(db.ForeignKey("team.id"))
    removed_at = db.Column(db.DateTime)

@desk.post("/leave")
def leave():
    db.session.delete(current_user._get_current_object())
    db.session.commit()

def sweep(cursor):
    cursor.execute("DELETE FROM accounts WHERE removed_at IS NOT NULL")

def drop(cursor):
    cursor.execute("DELETE FROM accounts WHERE id = 1")
"""


def test_who_signs_in_is_critical_and_rows_marked_before_are_swept() -> None:
    found = project({"desk/rows.py": ACCOUNTS}).deletions.all
    assert [(one.location.line, one.model) for one in found] == [(15, "Person"), (22, "accounts")]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("cursor.execute('DELETE FROM users WHERE id = %s', key)", [("users", False)]),
        ("cursor.execute(\n        adapt('DELETE FROM invoices WHERE id = ?'), key)", [("invoices", False)]),
        ("cursor.execute('DELETE FROM roster_user WHERE id = %s', key)", []),
        ("cursor.execute('DELETE FROM team_members WHERE team_id = ? AND user_id = ?', key)", []),
        ("cursor.execute('DELETE FROM schedule_order WHERE id = %s', key)", [("schedule_order", True)]),
    ],
)
def test_rows_that_a_statement_deletes_are_told_once_by_their_table_unless_it_links_two_others(
    statement: str, found: list[tuple[str, bool]]
) -> None:
    text = f"def gone(cursor, key):\n    cursor.execute('SELECT * FROM roster JOIN user ON owner = id')\n    {statement}\n"
    assert [(one.model, one.doubted) for one in project({"desk/store.py": text}).deletions.all] == found


def test_a_sweep_of_old_rows_is_no_loss() -> None:
    text = "def sweep(cursor):\n    cursor.execute('DELETE FROM invoices WHERE made < now()')\n"
    assert not project({"desk/store.py": text}).deletions.all
