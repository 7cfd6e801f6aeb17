"""Rows that were asked for before, in the ways in which a view looks whether there are any."""

from tests.paths.projects import project

MODELS = """
from django.db import models

class Shelf(models.Model):
    number = models.IntegerField(unique=True)
    secret = models.TextField()
"""
URLS = """
from django.urls import path

from shop import views

urlpatterns = [path("edit/<int:number>", views.edit), path("add/<str:number>", views.add), path("show/<str:number>", views.show)]
"""


def _told(views: str) -> list[str]:
    text = f"import base64\n\nfrom django.shortcuts import get_object_or_404, render\n\nfrom shop.models import Shelf\n{views}"
    found = project({"shop/models.py": MODELS, "shop/urls.py": URLS, "shop/views.py": text}).unhandled
    return sorted(f"{one.entry.label.split('/')[1]} {one.error.rpartition('.')[2]}" for one in found)


def test_a_query_that_is_kept_only_to_be_tested_is_asked_before() -> None:
    views = """
def edit(request, number):
    known = Shelf.objects.filter(number=number)
    if not known:
        return None
    return Shelf.objects.get(number=number)

def add(request, number):
    known = Shelf.objects.filter(number=number)
    if len(known) == 0:
        Shelf.objects.create(number=number)

def show(request, number):
    known = Shelf.objects.filter(number=number)
    return render(request, "shelf.html", {"all": known, "one": Shelf.objects.get(number=number)})
"""
    assert _told(views) == ["show ObjectDoesNotExist"]


def test_a_query_for_something_else_says_nothing() -> None:
    views = """
def edit(request, number):
    known = Shelf.objects.filter(secret=request.user.name)
    if not known:
        return None
    return Shelf.objects.get(number=number)
"""
    assert _told(views) == ["edit ObjectDoesNotExist"]


def test_rows_that_a_loop_goes_through_as_mappings_are_there() -> None:
    views = """
def edit(request, number):
    rows = list(Shelf.objects.filter(number=number).values())
    for row in rows:
        Shelf.objects.get(id=row.get("id")).touch()

def show(request, number):
    for row in request.session["rows"]:
        Shelf.objects.get(id=row.get("id"), number=number).touch()
"""
    assert _told(views) == ["show ObjectDoesNotExist"]


def test_a_name_that_a_row_takes_over_from_its_key_is_no_longer_what_was_sent() -> None:
    views = """
def edit(request, number):
    number = get_object_or_404(Shelf, number=number)
    return base64.b64decode(number.secret)

def show(request, number):
    return base64.b64decode(number)
"""
    assert _told(views) == ["show Error"]


def test_what_only_new_rows_bring_about_is_not_met_where_the_row_was_looked_up() -> None:
    views = """
from django.core.mail import send_mail
from django.db import models

class Order(models.Model):
    def save(self, *args, **kwargs):
        if not self.pk:
            send_mail("a", "b", "c", ["d"])
        super().save(*args, **kwargs)

def edit(request, number):
    order = get_object_or_404(Order, pk=number)
    order.save()

def add(request, number):
    order = Order(note=number)
    order.save()
"""
    assert _told(views) == ["add OSError"]


def test_a_text_that_fits_a_pattern_and_rows_that_were_counted_are_looked_at() -> None:
    views = """
import re

def edit(request, number):
    if Shelf.objects.filter(number=number).count() == 0:
        return None
    return Shelf.objects.get(number=number)

def add(request, number):
    if not re.match("[0-9]+$", number):
        return None
    return int(number)

def show(request, number):
    return int(number)
"""
    assert _told(views) == ["show ValueError"]
