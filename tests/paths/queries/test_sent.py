"""Questions through a session that nobody knows, and rows that a call goes through which was given a query's own calls."""

from tests.paths.projects import project

MODELS = """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Member(Base):
    email: Mapped[str] = mapped_column()

class Invoice(Base):
    number: Mapped[str] = mapped_column()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    member: Mapped["Member"] = relationship()
"""
TASKS = """
from sqlalchemy import update
from shop.models import Invoice, Member

async def send(ctx, keys):
    async with ctx["sessions"]() as session:
        for key in keys:
            member = await session.get(Member, key)
            print(member.email)

async def mark(ctx, keys):
    async with ctx["sessions"]() as session:
        for key in keys:
            await session.execute(update(Invoice).where(Invoice.id == key).values(number=""))

def read(cache, keys):
    return [cache.get(Member) for key in keys] + [cache.get("member", key) for key in keys]
"""


def test_a_session_from_a_dictionary_is_known_by_the_class_and_the_statement_that_it_is_given() -> None:
    found = project({"shop/models.py": MODELS, "shop/tasks.py": TASKS}).repeated_queries
    assert [one.location.line for one in found] == [8, 14]


ROWS = """
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from shop.models import Invoice

class Invoices:
    def __init__(self, session: Session) -> None:
        self.session = session

    def loaded(self) -> list[Invoice]:
        query = select(Invoice).options(joinedload(Invoice.member))
        return list(self.session.scalars(query).unique().all())

    def bare(self) -> list[Invoice]:
        query = select(Invoice).where(Invoice.number != "")
        return list(self.session.scalars(query).unique().all())

def loaded(session: Session):
    return [invoice.member.email for invoice in Invoices(session).loaded()]

def bare(session: Session):
    return [invoice.member.email for invoice in Invoices(session).bare()]
"""


def test_a_list_of_what_a_statement_gives_holds_what_the_statement_loads() -> None:
    found = project({"shop/models.py": MODELS, "shop/rows.py": ROWS}).repeated_queries
    assert [one.location.line for one in found] == [22]


NARROWED = """
from django.db import models

class Subscriber(models.Model):
    def open_invoices(self):
        return self.invoices.filter(is_paid=False)

    def own_invoices(self):
        return self.invoices.all()

class Invoice(models.Model):
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="invoices")
    cents = models.IntegerField()
    is_paid = models.BooleanField()

def owing(subscriber):
    return sum(invoice.cents for invoice in subscriber.open_invoices())

def far():
    return [owing(subscriber) for subscriber in Subscriber.objects.all()]

def near():
    return [len(subscriber.open_invoices()) for subscriber in Subscriber.objects.all()]

def loaded():
    return [len(subscriber.own_invoices()) for subscriber in Subscriber.objects.prefetch_related("invoices")]
"""


def test_what_a_method_of_a_row_narrows_is_asked_where_it_is_gone_through() -> None:
    found = project({"shop/models.py": NARROWED}).repeated_queries
    assert [one.location.line for one in found] == [17, 23]
