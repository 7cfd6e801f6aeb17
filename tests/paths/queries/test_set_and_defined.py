"""What asks nothing, or once: relations that a method has set, statements about tables, views that show one row."""

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project

ROWS = """
from django.db import models

class Season(models.Model):
    begin = models.DateField()

class Ticket(models.Model):
    season = models.ForeignKey(Season, on_delete=models.CASCADE)

    def place(self, season):
        self.season = season
        return self.season.begin

    def shown(self):
        return self.season.begin

"""


@pytest.mark.parametrize(("method", "told"), [("place(None)", False), ("shown()", True)])
def test_a_relation_that_was_just_set_asks_nothing(method: str, told: bool) -> None:
    code = f"def work():\n    for ticket in Ticket.objects.all():\n        ticket.{method}\n"
    assert bool(project({"shop/rows.py": ROWS + code}).repeated_queries) is told


TABLES = """
from sqlalchemy import DDL, select, text
from sqlalchemy.orm import Session

def trigger(name):
    return DDL(f"CREATE TRIGGER t_{name} BEFORE UPDATE ON orders")

def create_view_sql(name):
    return "CREATE VIEW " + name

def rows_of(name):
    return select(name)

def work(session: Session, names):
    for name in names:
        session.execute(STATEMENT)
"""


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("trigger(name)", False),
        ("text(create_view_sql(name))", False),
        ("DDL(name)", False),
        ("rows_of(name)", True),
    ],
)
def test_a_statement_about_tables_is_known_by_what_makes_it(statement: str, told: bool) -> None:
    assert bool(project({"shop/work.py": TABLES.replace("STATEMENT", statement)}).repeated_queries) is told


VIEWS = """
from django.db import models
from django.urls import path
from rest_framework import routers, serializers, viewsets

class Cart(models.Model):
    name = models.TextField()

    @property
    def amount(self):
        return self.lines.count()

class Line(models.Model):
    cart = models.ForeignKey(Cart, related_name="lines", on_delete=models.CASCADE)

class CartSerializer(serializers.ModelSerializer):
    class Meta:
        model = Cart
        fields = ("id", "amount")

class Carts(viewsets.ModelViewSet):
    queryset = Cart.objects.all()
    serializer_class = CartSerializer

router = routers.DefaultRouter()
"""


@pytest.mark.parametrize(
    ("routes", "told"),
    [
        ('urlpatterns = [path("cart", Carts.as_view({"get": "retrieve", "put": "update"}))]', False),
        ('urlpatterns = [path("cart", Carts.as_view({"get": "list"})), path("one", Carts.as_view({"get": "retrieve"}))]', True),
        ('router.register("carts", Carts)\nurlpatterns = [path("cart", Carts.as_view({"get": "retrieve"}))]', True),
        ('router.register("carts", Carts)\nurlpatterns = router.urls', True),
    ],
)
def test_a_view_that_is_routed_to_one_row_shows_no_list(routes: str, told: bool) -> None:
    found = project({"shop/views.py": f"{VIEWS}{routes}\n"}).repeated_queries
    assert any(one.by == "serializer" for one in found) is told


ALIAS = """
def show():
    for ticket in Ticket.objects.prefetch_related("season__guests"):
        guests = ticket.season.guests
        print(guests.count(), [one.name for one in guests.all()])

class Guest(models.Model):
    season = models.ForeignKey(Season, related_name="guests", on_delete=models.CASCADE)
    name = models.TextField()
"""


def test_a_manager_under_another_name_hands_out_what_was_prefetched() -> None:
    assert project({"shop/rows.py": ROWS + ALIAS}).repeated_queries == ()
    (found, *_) = project({"shop/rows.py": ROWS + ALIAS.replace("season__guests", "season")}).repeated_queries
    assert found.relation == "season.guests"


@pytest.mark.parametrize(("saved", "sure"), [("tickets", Confidence.LOW), ("others", Confidence.HIGH)])
def test_what_could_not_be_saved_at_once_is_saved_one_by_one(saved: str, sure: Confidence) -> None:
    code = f"""
def keep(tickets: list[Ticket], others):
    try:
        Ticket.objects.bulk_create({saved})
    except ValueError:
        for ticket in tickets:
            ticket.save()
"""
    assert [one.confidence for one in project({"shop/rows.py": ROWS + code}).repeated_queries] == [sure]
