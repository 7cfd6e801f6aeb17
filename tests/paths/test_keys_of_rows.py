"""A row that is looked up by a key as it was sent: what is no number ends in a `ValueError`."""

import pytest

from tests.paths.projects import project

HEAD = """
from django.db import models
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path

class Shop(models.Model):
    name = models.CharField(max_length=10)

class Order(models.Model):
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE)
    session_id = models.CharField(max_length=40)

class Coupon(models.Model):
    code = models.CharField(max_length=10, primary_key=True)

def show(request, key):
    {body}
    return JsonResponse({{}})

urlpatterns = [path("orders/<{kind}:key>", show)]
"""


def _told(body: str, kind: str = "str") -> set[tuple[str, str]]:
    found = project({"shop/urls.py": HEAD.format(body=body, kind=kind)}).unhandled
    return {(one.error, str(one.confidence)) for one in found if one.error == "ValueError"}


@pytest.mark.parametrize(
    "body",
    [
        "Order.objects.filter(pk=request.POST.get('order')).first()",
        "get_object_or_404(Order, pk=request.GET.get('order'))",
        "Order.objects.exclude(id=key).count()",
        "Order.objects.filter(shop_id=request.GET.get('shop')).count()",
        "try:\n        Order.objects.get(pk=key)\n    except Order.DoesNotExist:\n        pass",
    ],
)
def test_a_key_as_it_was_sent_may_be_no_number(body: str) -> None:
    assert _told(body) == {("ValueError", "medium")}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Order.objects.filter(pk=key).first()", "int"),
        ("Order.objects.filter(pk=int(key)).first()", "int"),
        ("Coupon.objects.filter(pk=key).first()", "str"),
        ("Order.objects.filter(session_id=key).first()", "str"),
        ("Order.objects.filter(pk=3).first()", "str"),
        ("if key.isdigit():\n        Order.objects.filter(pk=key).first()", "str"),
        ("try:\n        Order.objects.get(pk=key)\n    except (Order.DoesNotExist, ValueError):\n        pass", "str"),
    ],
)
def test_a_key_that_is_a_number_or_may_be_any_text_is_fine(body: str, kind: str) -> None:
    assert _told(body, kind) == set()
