"""Choices of forms: each row of their query is shown by its text."""

import pytest

from tests.paths.projects import project

FORMS = """
from django import forms
from django.db import models

class Shop(models.Model):
    name = models.TextField()

class Shelf(models.Model):
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE)

    def __str__(self):
        return self.shop.name

class ByShop(forms.ModelChoiceField):
    def label_from_instance(self, shelf):
        return shelf.shop.name.upper()

class Move(forms.Form):
    shelf = {field}
"""


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("forms.ModelChoiceField(queryset=Shelf.objects.all())", ["self.shop"]),
        ("forms.ModelMultipleChoiceField(Shelf.objects.filter(pk__gt=3))", ["self.shop"]),
        ("ByShop(queryset=Shelf.objects.all())", ["shelf.shop"]),
        ("ByShop(queryset=Shelf.objects.select_related('shop'))", []),
        ("forms.ModelChoiceField(queryset=Shelf.objects.select_related('shop'))", []),
        ("forms.ModelChoiceField(queryset=Shop.objects.all())", []),
        ("forms.ModelChoiceField(queryset=Shelf.objects.all(), widget=forms.HiddenInput)", []),
    ],
)
def test_a_field_of_many_rows_shows_what_each_is_called(field: str, asked: list[str]) -> None:
    assert [one.text for one in project({"shop/forms.py": FORMS.format(field=field)}).repeated_queries] == asked
