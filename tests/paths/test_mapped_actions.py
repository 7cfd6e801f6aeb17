"""A view set may be routed to without a router: its route says which method answers what."""

import pytest

from tests.paths.projects import table

VIEWS = """
from rest_framework import viewsets
from rest_framework.response import Response

class Orders(viewsets.ViewSet):
    def everything(self, request):
        return Response([])

    def make(self, request):
        return Response({})
"""


@pytest.mark.parametrize(
    "urls",
    [
        'urlpatterns = [path("orders/", Orders.as_view({"get": "everything", "post": "make"}))]',
        "urlpatterns = [path('orders/', login_required(Orders.as_view(actions={'post': 'make', 'get': 'everything'})))]",
        'orders = Orders.as_view({"get": "everything", "post": "make"})\nurlpatterns = [path("orders/", orders, name="orders")]',
    ],
)
def test_each_method_is_answered_by_the_one_it_is_mapped_to(urls: str) -> None:
    head = (
        "from django.urls import path\nfrom django.contrib.auth.decorators import login_required\nfrom shop.views import Orders\n"
    )
    assert table({"shop/views.py": VIEWS, "shop/urls.py": f"{head}{urls}\n"}) == [
        ("GET", "/orders/", "views.Orders.everything"),
        ("POST", "/orders/", "views.Orders.make"),
    ]
