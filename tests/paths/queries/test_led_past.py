"""Queries for all rows of a table that a route does not come to, or only learns something of."""

import pytest

from tests.paths.queries.asked import marked, unbounded

MODELS = """
from django.db import models

class Order(models.Model):
    number = models.TextField()

def make():
    Order.objects.create(number="1")
"""
VIEWS = """
from django.http import JsonResponse
from shop.models import Order

def newest(limit=None):
    if limit is not None:
        return list(Order.objects.order_by("number")[:limit])
    return list(Order.objects.order_by("number"))  {mark}

def is_known(order):
    return order in Order.objects.all()

def orders(request, order):
    return JsonResponse({{"orders": {shown}}})
"""
URLS = "from django.urls import path\nfrom shop.views import orders\nurlpatterns = [path('orders/', orders)]\n"


@pytest.mark.parametrize(
    ("shown", "whole"),
    [
        ("[order.number for order in newest()]", True),
        ("[order.number for order in newest(limit=5)]", False),
        ("is_known(order)", False),
    ],
)
def test_a_route_is_told_where_it_comes_to_the_query_and_shows_its_rows(shown: str, whole: bool) -> None:
    views = VIEWS.format(mark="# <-" if whole else "", shown=shown)
    files = {"shop/models.py": MODELS, "shop/views.py": views, "shop/urls.py": URLS}
    assert unbounded(files) == marked(files)
