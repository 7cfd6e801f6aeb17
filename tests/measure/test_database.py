"""Figures about questions to the database, of a small project that lies on disk."""

from datetime import date
from pathlib import Path

import pytest

from auditor.model.measure import Measure
from auditor.packs.rules import places
from auditor.run.audit import audit
from auditor.run.job import Job

MODELS = """
from django.db import models

class Customer(models.Model):
    full_name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
    paidAt = models.DateTimeField()
"""
VIEWS = """
from shop.models import Order

def list_orders(request):
    return [order.customer.full_name for order in Order.objects.all()]

def archive(request):
    for order in Order.objects.all():
        order.save()
"""
URLS = """
from django.urls import path
from shop import views

urlpatterns = [path("orders/", views.list_orders), path("archive/", views.archive)]
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    for name, text in (("__init__", ""), ("models", MODELS), ("views", VIEWS), ("urls", URLS)):
        (tmp_path / "shop" / f"{name}.py").write_text(text)
    return tmp_path


def measured(root: Path, *hot: str) -> dict[str, Measure]:
    rules = tuple(place for place in places() if place.id.startswith("database/"))
    snapshot = audit(Job(root, rules, date(2026, 6, 1), hot=hot))
    return {measure.name: measure for measure in snapshot.measures if measure.name.startswith("database.")}


def test_repeated_queries_are_counted_once_each(shop: Path) -> None:
    assert measured(shop)["database.n_plus_one"].value == 2


@pytest.mark.parametrize("hot", ["shop.views.list_*", "/orders/", "* /orders/"])
def test_those_below_a_hot_path_are_counted_on_their_own(shop: Path, hot: str) -> None:
    assert measured(shop, hot)["database.hot_n_plus_one"].value == 1


def test_without_hot_paths_the_figure_is_unknown_and_says_why(shop: Path) -> None:
    assert "hot paths" in measured(shop)["database.hot_n_plus_one"].note
    assert "no route or function" in measured(shop, "shop.nowhere")["database.hot_n_plus_one"].note


def test_naming_is_the_share_of_fields_in_the_style_of_most(shop: Path) -> None:
    assert measured(shop)["database.naming_pct"].value == pytest.approx(66.7)
