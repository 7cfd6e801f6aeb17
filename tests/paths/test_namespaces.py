"""Modules of packages that have no file of their own, and modules that are handed to functions."""

from tests.paths.projects import project

URLS = """
from django.urls import include, path
from . import views

urlpatterns = [path("orders/", views.OrderList.as_view())]

for app in apps:
    urls_module = load(app)
    urlpatterns.append(path(f"app/{app}/", include(urls_module.urlpatterns)))
"""
VIEWS = """
from django.views import View

class OrderList(View):
    def get(self, request): ...

orders = OrderList.as_view()
"""
LISTED = """
from django.urls import path

def urls_of(order_views):
    return [path("orders/", order_views.orders)]
"""
LISTING = """
from shop import views as order_views
from shop.listed import urls_of

urlpatterns = urls_of(order_views)
"""


def routes(files: dict[str, str]) -> list[tuple[str, str]]:
    return [(route.name, route.handler.rpartition(".views.")[2]) for route in project(files).routes]


def test_a_package_without_a_file_of_its_own_is_found_by_the_folders_above() -> None:
    files = {"acme/shop/__init__.py": "", "acme/shop/urls.py": URLS, "acme/shop/views.py": VIEWS}
    assert routes(files) == [("GET /orders/", "OrderList.get")]


def test_two_packages_of_one_name_are_told_apart_by_what_is_above_them() -> None:
    other = VIEWS.replace("OrderList", "BillList")
    files = {
        "acme/shop/__init__.py": "",
        "acme/shop/views.py": VIEWS,
        "other/shop/__init__.py": "",
        "other/shop/views.py": other,
        "acme/shop/urls.py": URLS.replace("from . import", "from acme.shop import"),
    }
    assert [handler for _, handler in routes(files)] == ["OrderList.get"]


def test_a_module_that_is_handed_over_names_the_views_of_a_list() -> None:
    files = {"shop/__init__.py": "", "shop/views.py": VIEWS, "shop/listed.py": LISTED, "shop/urls.py": LISTING}
    assert [handler for _, handler in routes(files)] == ["OrderList.get"]
