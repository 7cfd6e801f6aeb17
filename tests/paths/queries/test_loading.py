"""What a query brings along, read from the text of its options."""

import pytest

from auditor.paths.loads.loading import UNKNOWN, Loads, of_call, of_text
from tests.paths.queries.asked import repeated


@pytest.mark.parametrize(
    ("method", "args", "paths"),
    [
        ("select_related", '"customer", "customer__address"', {("customer",), ("customer", "address")}),
        ("prefetch_related", "'lines__product'", {("lines",), ("lines", "product")}),
        ("options", "joinedload(Order.lines).selectinload(Line.product)", {("lines",), ("lines", "product")}),
        ("options", "joinedload('customer.address')", {("customer",), ("customer", "address")}),
        ("options", "defaultload(Order.lines).joinedload(Line.product)", {("lines", "product"), ("lines",)}),
        ("options", "load_only(Order.id)", set()),
        ("filter", "customer=1", set()),
    ],
)
def test_options_name_the_paths_that_they_load(method: str, args: str, paths: set[tuple[str, ...]]) -> None:
    assert of_call(method, args).paths == paths


def test_select_related_without_names_loads_all_relations_to_one() -> None:
    assert of_call("select_related", "").to_one


def test_a_prefetch_with_a_query_of_its_own_loads_what_that_query_loads() -> None:
    args = 'Prefetch("lines", queryset=Line.objects.select_related("product"), to_attr="open_lines")'
    assert of_call("prefetch_related", args).paths == {
        ("lines",),
        ("lines", "product"),
        ("open_lines",),
        ("open_lines", "product"),
    }


def test_options_that_nobody_sees_leave_the_answer_open() -> None:
    assert not of_call("options", "*strategies").known
    assert not of_call("prefetch_related", "*names").known


def test_a_text_may_hold_the_calls_anywhere() -> None:
    text = 'list(Order.objects.filter(open=True).select_related("customer").prefetch_related("lines"))'
    assert of_text(text).paths == {("customer",), ("lines",)}


def test_what_holds_of_all_callers_is_what_each_of_them_loads() -> None:
    one, other = Loads(frozenset({("customer",), ("lines",)})), Loads(frozenset({("customer",)}))
    assert one.common(other).paths == {("customer",)}
    assert not one.common(UNKNOWN).known


def test_a_strategy_goes_on_in_statements_of_its_own() -> None:
    code = """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, contains_eager, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Room(Base):
    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)

class Booking(Base):
    __tablename__ = "booking"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    room: Mapped[Room] = relationship()

class Day(Base):
    __tablename__ = "day"
    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    booking: Mapped[Booking] = relationship()

def rooms(session: Session):
    strategy = contains_eager(Day.booking)
    strategy.joinedload(Booking.room)
    return [day.booking.room.id for day in session.query(Day).join(Booking).options(strategy)]
"""
    assert repeated({"shop.py": code}) == set()


STRATEGIES = """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload

class Base(DeclarativeBase):
    pass

class Product(Base):
    __tablename__ = "product"
    name: Mapped[str] = mapped_column()
    id: Mapped[int] = mapped_column(primary_key=True)

class Line(Base):
    __tablename__ = "line"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    product: Mapped[Product] = relationship()

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[list[Line]] = relationship()

def products(session: Session):
    loaded = {loaded}
    orders = session.query(Order).options(loaded).order_by(Order.id).all()
    for order in orders:
        for line in order.lines:
            print(line.product.name)
"""


@pytest.mark.parametrize(
    ("loaded", "asked"),
    [
        ("selectinload(Order.lines).joinedload(Line.product)", 0),
        ("selectinload(Order.lines)", 1),
        ("joinedload(Order.lines).load_only(Line.id)", 1),
    ],
)
def test_a_strategy_of_several_calls_may_be_kept_under_a_name(loaded: str, asked: int) -> None:
    assert len(repeated({"shop/orders.py": STRATEGIES.replace("{loaded}", loaded)})) == asked


@pytest.mark.parametrize(
    ("before", "given", "asked"),
    [
        ("out = Prefetch('books', queryset=Book.objects.filter(is_out=True))", "out", False),
        ("out = Prefetch('author', queryset=Author.objects.all())", "out", True),
        ("out = ['books']", "*out", False),
        ("out = ['author']", "*out", True),
        ("out = 'books'", "out", False),
    ],
)
def test_what_comes_along_may_stand_under_a_name(before: str, given: str, asked: bool) -> None:
    code = f"""
from django.db import models
from django.db.models import Prefetch

class Author(models.Model):
    name = models.CharField(max_length=10)

class Book(models.Model):
    author = models.ForeignKey(Author, related_name="books", on_delete=models.CASCADE)
    is_out = models.BooleanField()

def titles():
    {before}
    for author in Author.objects.prefetch_related({given}):
        print([book.pk for book in author.books.all()])
"""
    assert bool(repeated({"shop/models.py": code})) is asked
