"""Rows whose class saves them in its own way: the call of it in the loop is the place to mend, not the base's in the class."""

import pytest

from tests.paths.projects import project

DESK = """
from django.db import models
from tracked import Tracked

class Order(models.Model):
    note = models.TextField()

    def save(self, *args, **kwargs):
        super({given}).save(*args, **kwargs)

class Gift(Order):
    def save(self, force_insert=False, force_update=False, using=None, update_fields=None):
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)

class Parcel(Tracked, models.Model):
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        kept = getattr(self, "_kept", None)
        if kept:
            self._kept = None

def close_all():
    for order in {model}.objects.filter(note=""):
        order.note = "closed"
        order.save()

def close_few(few):
    for order in {model}.objects.filter(pk__gt=few):
        order.save()
"""


@pytest.mark.parametrize(("model", "given"), [("Order", ""), ("Order", "Order, self"), ("Gift", ""), ("Parcel", "")])
def test_the_call_in_the_loop_is_told_and_not_what_the_class_asks_of_its_base(model: str, given: str) -> None:
    found = project({"shop/models.py": DESK.format(model=model, given=given)}).repeated_queries
    assert [(one.location.line, one.kind) for one in found] == [(25, "write"), (29, "write")]
