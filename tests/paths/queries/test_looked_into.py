"""Queries that no method asks, and what only looks like a question for each element."""

from tests.paths.projects import project
from tests.paths.queries.asked import MAPPED, marked

LINES = """
from django.db import models

class Order(models.Model):
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)

class Customer(models.Model):
    pass

class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
    product = models.ForeignKey("Product", on_delete=models.CASCADE)

class Product(models.Model):
    pass
"""


def sure(files: dict[str, str]) -> set[tuple[str, int]]:
    """Where something is asked once per element, and not in doubt."""
    found = project(files).repeated_queries
    return {(one.location.path, one.location.line) for one in found if one.confidence.value != "low"}


def test_rows_are_asked_for_by_taking_one_and_by_looking_for_one() -> None:
    files = {
        "shop/models.py": LINES,
        "shop/report.py": """
        from shop.models import Line, Order

        def has_line(order, line):
            return line in order.lines.filter(open=True)  # <-

        def report(line):
            for order in Order.objects.all():
                first = order.lines.order_by("pk")[0]  # <-
                if line in order.lines.exclude(pk=1):  # <-
                    print(order)
                if not order.lines.filter(pk=2):  # <-
                    print(has_line(order, line))
                yield first

        def more():
            for order in Order.objects.all():
                print(order.lines.filter(pk=3)[0])  # <-
                yield order.lines.filter(pk=4)[0].pk  # <-
                order.lines.filter(pk=5)[0].open()  # <-
        """,
    }
    assert sure(files) == marked(files)


def test_rows_that_were_loaded_are_looked_into_for_nothing() -> None:
    files = {
        "shop/models.py": LINES,
        "shop/report.py": """
        from shop.models import Line, Order

        def report(line):
            for order in Order.objects.prefetch_related("lines"):
                if line in order.lines.all():
                    print(order.lines.all()[0])
        """,
    }
    assert not sure(files)


def test_what_is_counted_zipped_or_sorted_is_gone_through() -> None:
    files = {
        "shop/models.py": LINES,
        "shop/report.py": """
        from shop.models import Line, Order

        def report():
            for order in Order.objects.all():
                for place, line in enumerate(order.lines.all()):  # <-
                    print(place, line.product.pk)  # <-
            for order in Order.objects.select_related("customer"):
                for line in sorted(order.lines.exclude(pk=1), key=lambda line: str(line)):  # <-
                    print(line)
                for one, other in zip(order.lines.filter(pk=1), (1, 2)):  # <-
                    print(one, other)
        """,
    }
    assert sure(files) == marked(files)


def test_rows_that_are_held_by_key_are_read_once_and_need_no_query_of_their_own() -> None:
    files = {
        "shop/models.py": MAPPED.replace(
            "class Order(Base)",
            """class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))

class Order(Base)""",
        )
        + '    notes = relationship("Note", collection_class=attribute_mapped_collection("language"))\n',
        "shop/report.py": """
        from sqlalchemy.orm import Session, joinedload
        from shop.models import Order

        def report(session: Session):
            return [order.notes.get("en") for order in session.query(Order)]  # <-

        def whole(session: Session):
            orders = session.query(Order).options(joinedload(Order.notes))
            return [[note.id for note in order.notes.values()] for order in orders]
        """,
    }
    assert sure(files) == marked(files)


def test_statements_about_tables_and_words_of_a_field_are_in_doubt() -> None:
    files = {
        "shop/models.py": MAPPED,
        "shop/manage.py": """
        from sqlalchemy import func, select, table, update
        from sqlalchemy.orm import Session
        from sqlalchemy.schema import DropConstraint
        from shop.models import Order

        def drop(session: Session, keys, names, spoken):
            for key in keys:
                statement = DropConstraint(key)
                session.execute(statement)
            for key in keys:
                change = update(Order).where(Order.id == key).values(number=key)
                session.execute(change)
            for name in names:
                print(session.execute(select(func.count()).select_from(table(name))).scalar_one())
            for word in spoken["arch"].split():
                print(session.query(Order).filter(Order.word == word).first())
            row = session.get(Order, 1)
            while not row.whole:
                above = row.parent_id
                if above is None:
                    return None
                row = session.get(Order, above)
            return row
        """,
    }
    assert not sure(files)


def test_a_view_that_shows_no_rows_asks_nothing_for_each() -> None:
    body = """
        from rest_framework import serializers, viewsets
        from shop.models import Order

        class OrderSerializer(serializers.ModelSerializer):
            name = serializers.CharField(source="customer.name")

            class Meta:
                model = Order
                fields = ["name"]

        class Orders(viewsets.ModelViewSet):
            queryset = Order.objects.{}()
            serializer_class = OrderSerializer
    """
    assert not sure({"shop/models.py": LINES, "shop/api.py": body.format("none")})
    assert sure({"shop/models.py": LINES, "shop/api.py": body.format("all")})


def test_all_that_a_query_loads_is_read_though_it_is_much() -> None:
    many = ", ".join(f"joinedload(Order.number_{number})" for number in range(40))
    files = {
        "shop/models.py": MAPPED,
        "shop/report.py": f"""
        from sqlalchemy.orm import Session, joinedload
        from shop.models import Order

        def report(session: Session):
            orders = session.query(Order).options({many}, joinedload(Order.customer))
            return [order.customer.id for order in orders]
        """,
    }
    assert not sure(files)


def test_some_columns_are_written_of_a_row_whatever_it_is() -> None:
    files = {
        "shop/flags.py": """
        def lower(request, rows):
            for row in rows:
                if row.flag:
                    row.flag = False
                    row.save(update_fields=["flag"])  # <-
            for row in rows:
                row.save()
        """,
    }
    assert sure(files) == marked(files)


def test_rows_under_a_name_that_says_few_are_as_many_as_their_table_has() -> None:
    files = {
        "shop/models.py": LINES,
        "shop/kinds.py": """
        from shop.models import Order

        def counts(given):
            kinds = Order.objects.exclude(pk=1)
            for kind in kinds:
                print(kind.lines.count())  # <-
            for kind in given.kinds:
                print(Order.objects.filter(kind=kind).count())
        """,
    }
    assert sure(files) == marked(files)
