"""Paths that are texts filled with values, as older applications write them."""

import pytest

from tests.paths.projects import project

URLS = """
from django.urls import re_path as url
from views import orders

SLUG = r"[a-z]+"
KEY = r"[0-9]+"

urlpatterns = [url(PATH, orders)]
"""


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('r"^orders/(%s)/$" % KEY', "/orders/([0-9]+)/"),
        ('r"^(%s)/orders/(%s)/$" % (SLUG, KEY)', "/([a-z]+)/orders/([0-9]+)/"),
        ('r"^orders/(?P<key>%(key)s)/$" % {"key": KEY}', "/orders/(?P<key>[0-9]+)/"),
        ('r"^orders/%s/$" % unknown', "/orders/{unknown}/"),
    ],
)
def test_a_text_is_filled_with_what_the_code_says(text: str, path: str) -> None:
    files = {"views.py": "def orders(request): ...\n", "urls.py": URLS.replace("PATH", text)}
    assert [route.path for route in project(files).routes] == [path]


NAMED = """
from django.urls import include, path

api = path("shop/api/", include("api.urls"), name="api")
urlpatterns = [
    path("about/", about),
    api,
]
"""
API = """
from django.urls import path
from views import orders

urlpatterns = [path("orders/", orders)]
"""


def test_a_route_that_is_given_a_name_first_stands_in_the_list_that_names_it() -> None:
    files = {"views.py": "def orders(request): ...\n", "api/__init__.py": "", "api/urls.py": API, "urls.py": NAMED}
    assert [route.path for route in project(files).routes] == ["/shop/api/orders/"]
