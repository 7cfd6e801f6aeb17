"""Views of libraries that delete the rows of critical models for whoever asks."""

import pytest

from tests.paths.projects import project

VIEWS = """
from django.db import models
from rest_framework import generics, mixins, viewsets
from django.views.generic import DeleteView

class Invoice(models.Model):
    total = models.DecimalField()

class Picture(models.Model):
    width = models.IntegerField()

class Gone({bases}):
    queryset = {model}.objects.all()
    {body}
"""


def deleted(bases: str, model: str = "Invoice", body: str = "page = 1") -> list[tuple[str, bool]]:
    files = {"shop/views.py": VIEWS.format(bases=bases, model=model, body=body)}
    return [(one.model, one.doubted) for one in project(files).deletions.all]


@pytest.mark.parametrize(
    "bases", ["DeleteView", "generics.RetrieveDestroyAPIView", "mixins.DestroyModelMixin, viewsets.GenericViewSet"]
)
def test_a_view_that_is_there_to_delete_deletes_for_good(bases: str) -> None:
    assert deleted(bases) == [("Invoice", False)]


def test_one_that_does_all_else_too_may_not_mean_it() -> None:
    assert deleted("viewsets.ModelViewSet") == [("Invoice", True)]


@pytest.mark.parametrize(
    ("bases", "model", "body"),
    [
        ("DeleteView", "Picture", "page = 1"),
        ("viewsets.ReadOnlyModelViewSet", "Invoice", "page = 1"),
        ("viewsets.ModelViewSet", "Invoice", "http_method_names = ['get', 'put']"),
        ("viewsets.ModelViewSet", "Invoice", "http_method_names = ['post']"),
        ("viewsets.ModelViewSet", "Invoice", "def perform_destroy(self, invoice):\n        invoice.close()"),
    ],
)
def test_no_row_is_lost_where_none_is_critical_or_the_project_has_its_own_way(bases: str, model: str, body: str) -> None:
    assert deleted(bases, model, body) == []


def test_a_view_that_builds_on_one_that_deletes_the_same_rows_is_no_place_of_its_own() -> None:
    heirs = "\nclass Page(Gone):\n    template_name = 'page.html'\n\nclass Others(Gone):\n    queryset = Picture.objects.all()\n"
    text = VIEWS.format(bases="DeleteView", model="Invoice", body="page = 1") + heirs
    assert [one.location.line for one in project({"shop/views.py": text}).deletions.all] == [12]


LINKS = """
from django.db import models

class Person(models.Model):
    name = models.TextField()

class Organization(models.Model):
    name = models.TextField()

class PersonOrganization(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    {other} = models.ForeignKey(Organization, on_delete=models.CASCADE)
    role = models.TextField()

def leave(pk):
    PersonOrganization.objects.get(pk=pk).delete()
"""


@pytest.mark.parametrize(("other", "found"), [("organization", []), ("owner", ["PersonOrganization"])])
def test_a_row_that_is_called_after_the_two_that_it_joins_only_links_them(other: str, found: list[str]) -> None:
    assert [one.model for one in project({"shop/models.py": LINKS.format(other=other)}).deletions.all] == found
