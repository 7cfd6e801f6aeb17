"""Questions that are only asked where an answer is missing, rows that others load ahead, and batches that are taken in turn."""

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project
from tests.paths.queries.asked import MAPPED

ORDERS = """
from django.db import models

class Product(models.Model):
    name = models.TextField()

class Order(models.Model):
    name = models.TextField()

    def products(self):
        return [line.product for line in self.lines.all()]

class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
"""


def sureness(code: str, before: str = ORDERS) -> list[Confidence]:
    return [one.confidence for one in project({"shop.py": before + code}).repeated_queries]


def test_rows_of_a_row_that_some_query_loads_to_their_end_may_all_come_so() -> None:
    assert sureness("") == [Confidence.HIGH]
    assert sureness('def loaded():\n    return Order.objects.prefetch_related("lines__product")\n') == [Confidence.LOW]
    assert sureness('def loaded():\n    return Order.objects.prefetch_related("lines")\n') == [Confidence.HIGH]


@pytest.mark.parametrize(
    ("first", "sure"),
    [("getattr(order, f'counted_{kind}', None)", Confidence.LOW), ("known(order)", Confidence.HIGH)],
)
def test_what_a_row_was_annotated_with_is_not_asked_for(first: str, sure: Confidence) -> None:
    code = f"""
def counts(kind):
    found = []
    for order in Order.objects.all():
        count = {first}
        if count is None:
            count = Line.objects.filter(order=order).count()
        found.append(count)
    return found
"""
    assert sure in sureness(code.replace("return [line.product for line in self.lines.all()]", ""))[-1:]


@pytest.mark.parametrize(("turn", "number"), [("next(batches, None)", 0), ("next(names, None)", 1)])
def test_a_turn_that_takes_the_next_batch_asks_once_a_batch(turn: str, number: int) -> None:
    code = f"""
def store(session, batches, names, statement):
    while taken := {turn}:
        session.execute(select(Order).where(Order.id == taken))
"""
    assert len(sureness(code, MAPPED)) == number
