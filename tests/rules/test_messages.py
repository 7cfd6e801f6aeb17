"""What findings say: one true sentence that names what is read, reached or deleted."""

import pytest

from auditor.packs.rules import load_rules, places
from auditor.rule.api import ProjectRule
from tests.paths.projects import project

TABLES = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    rider = models.ForeignKey(Customer, related_name="+", on_delete=models.CASCADE)
"""
SCHEMA = """
from marshmallow import Schema, fields
from shop.models import Order

class Shown(Schema):
    label = fields.Function(lambda order: order.customer.name)

def shown():
    return Shown(many=True).dump(Order.objects.all())
"""
VIEW = """
import requests
from django.http import JsonResponse
from django.urls import path
from shop.models import Order

def weather(request):
    return requests.get(request.user.city_address, timeout=3)

def everything(request):
    return JsonResponse(list(Order.objects.all()), safe=False)

def drop(request, order: Order):
    order.delete()

urlpatterns = [path("weather", weather), path("api/orders", everything)]
"""


def said(rule_id: str, files: dict[str, str]) -> list[str]:
    (rule,) = (rule for rule in load_rules(places()) if rule.id == rule_id)
    assert isinstance(rule, ProjectRule)
    return [finding.message for finding in rule.check(project({"shop/models.py": TABLES, **files}))]


@pytest.mark.parametrize(
    ("rule", "code", "words"),
    [
        ("database/n-plus-one", SCHEMA, "Shown.label reads customer, which is not loaded"),
        ("resilience/hard-delete", VIEW, "rows of Order are deleted for good, and the model is critical by its name"),
        ("resilience/no-circuit-breaker", VIEW, "reaches another machine (by requests in shop.views) with no"),
        ("database/unbounded-query", VIEW, "answers with every row of Order that it finds: no page"),
    ],
)
def test_a_message_names_what_is_meant(rule: str, code: str, words: str) -> None:
    found = said(rule, {"shop/views.py": code})
    assert [message for message in found if words in message], found
