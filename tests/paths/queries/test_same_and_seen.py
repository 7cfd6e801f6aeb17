"""Rows that are there already, the same in all turns, or of another table in each: what is asked of them is in doubt."""

from tests.paths.projects import project
from tests.paths.queries.asked import marked
from tests.paths.queries.test_looked_into import LINES, sure


def test_rows_that_a_plain_object_holds_may_have_come_with_more() -> None:
    files = {
        "shop/models.py": LINES,
        "shop/report.py": """
        from dataclasses import dataclass
        from shop.models import Order

        @dataclass
        class Row:
            order: Order

        def rows() -> list[Row]:
            return [Row(order) for order in Order.objects.prefetch_related("lines")]

        def report():
            for row in rows():
                print([line.pk for line in row.order.lines.all()])
                print(row.order.lines.filter(pk=1).exists())  # <-
        """,
    }
    found = {(one.location.line, one.confidence.value) for one in project(files).repeated_queries}
    assert {line for line, sureness in found if sureness != "low"} == {line for _, line in marked(files)}


def test_what_a_page_came_with_is_seen_through_the_list_that_is_made_of_it() -> None:
    body = """
        from django.core.paginator import Paginator
        from shop.models import Order

        def page(request):
            orders = Order.objects{}
            if request.GET:
                orders = orders.filter(pk=1)
            shown = Paginator(orders, 20).get_page(1)
            return names(list(shown.object_list))

        def names(orders):
            return [order.customer.pk for order in orders if order.customer]
    """
    assert not sure({"shop/models.py": LINES, "shop/page.py": body.format('.select_related("customer")')})


def test_each_turn_that_finds_another_class_asks_another_table() -> None:
    files = {
        "shop/models.py": LINES,
        "shop/find.py": """
        from django.apps import apps

        def found(names, number):
            for name in names:
                model = apps.get_model(name)
                if model.objects.filter(number=number).exists():
                    print(name)
        """,
    }
    assert not sure(files)


def test_a_name_that_two_loops_give_is_what_its_own_loop_goes_through() -> None:
    files = {
        "shop/models.py": LINES,
        "shop/sync.py": """
        from shop.models import Line, Order

        def sync(registry):
            for line in Line.objects.all():
                print(line)
            for line in registry.lines.values():
                try:
                    Order.objects.get(pk=line.number)
                except Order.DoesNotExist:
                    Order.objects.create(pk=line.number)
        """,
    }
    assert not sure(files)


TABLES = """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)

class Space(Base):
    __tablename__ = "space"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column()
    owner_id: Mapped[int] = mapped_column()
"""


def test_a_session_holds_the_rows_of_the_table_that_is_gone_through_and_a_row_that_is_always_the_same() -> None:
    files = {
        "shop/models.py": TABLES,
        "shop/spaces.py": """
        from sqlalchemy.orm import Session
        from shop import models
        from shop.models import Space, User

        def may(db: Session, user_id, key):
            user = db.get(models.User, user_id)
            return user is not None and user.id != key

        def check(db: Session, user_id, keys):
            return [key for key in keys if may(db, user_id, key)]

        def parents(db: Session):
            return [db.get(Space, space.parent_id) for space in db.query(Space).all()]

        def owners(db: Session):
            return [db.get(User, space.owner_id) for space in db.query(Space).all()]  # <-
        """,
    }
    assert sure(files) == marked(files)


def test_what_is_connected_to_a_signal_runs_when_that_is_sent() -> None:
    files = {
        "shop/models.py": LINES,
        "shop/signals.py": """
        from django.db.models.signals import post_save
        from shop.models import Order
        from shop.search import indexed

        def index(sender, instance, **kwargs):
            print(Order.objects.get(pk=instance.pk))

        for model in indexed():
            post_save.connect(index, sender=model)
        """,
    }
    assert not project(files).repeated_queries
