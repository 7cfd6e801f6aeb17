"""Where a version stands in a path, and what is said of a route whose prefix nobody here can read."""

import pytest

from tests.paths.projects import project

VIEWS = (
    "from django.http import JsonResponse\n"
    "def shop(request):\n    return JsonResponse({})\n"
    "def orders(request):\n    return JsonResponse({})\n"
)
LISTED = "from django.urls import path\nfrom views import orders, shop\n"


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("/v2/orders", "v2"),
        ("/api/2.0/orders", "2.0"),
        ("/ajax-api/3.0/orders", "3.0"),
        ("/api/1/orders", "1"),
        ("/orders/2.0", ""),
        ("/api/v{version}/orders", "any"),
        ("/shop/{api_version}/orders", "any"),
        ("/packages/{version}", ""),
        ("/api/orders", ""),
    ],
)
def test_a_version_is_told_by_its_letter_or_by_standing_behind_the_api(path: str, version: str) -> None:
    (route,) = project({"app.py": f"from fastapi import FastAPI\napp = FastAPI()\n@app.get('{path}')\ndef a(): ...\n"}).routes
    assert route.version == version


@pytest.mark.parametrize(
    ("path", "told"), [("/manifest.json", 0), ("/sitemap-news.xml", 0), ("/manifests", 1), ("/orders.json", 1)]
)
def test_a_file_that_browsers_and_robots_ask_for_by_its_name_needs_no_version(path: str, told: int) -> None:
    code = f"from fastapi import FastAPI\napp = FastAPI()\n@app.get('{path}')\ndef a(): ...\n"
    assert len(project({"app.py": code}).api.unversioned) == told


def test_a_header_that_the_project_reads_tells_the_version() -> None:
    code = "from fastapi import FastAPI, Request\napp = FastAPI()\n@app.post('/orders')\ndef a(request: Request):\n"
    assert [len(project({"app.py": f"{code}    {body}\n"}).api.unversioned) for body in (
        "return request.headers.get('X-API-Version')", "return request.headers.get('X-Shop')",
    )] == [0, 1]  # fmt: skip


def test_a_list_that_nobody_mounts_hangs_below_a_prefix_that_is_not_known() -> None:
    code = LISTED + "urlpatterns = [path('shop/', shop)]\napi_urls = [path('orders/', orders)]\n"
    settings = "ROOT_URLCONF = 'urls'\nMIDDLEWARE = []\n"
    found = project({"views.py": VIEWS, "urls.py": code, "settings.py": settings})
    assert [route.path for route in found.routes] == ["/shop/", "/{?}/orders/"]
    assert [found.api.is_doubtful(route) for route in found.routes] == [False, True]


def test_a_package_has_its_prefix_and_its_limits_where_it_is_installed() -> None:
    found = project({"views.py": VIEWS, "urls.py": LISTED + "urlpatterns = [path('orders/', orders)]\n"})
    assert [found.api.is_doubtful(route) for route in found.routes] == [True]
    assert not found.api.applied


@pytest.mark.parametrize(("file", "here"), [("manage.py", True), ("tests/manage.py", False)])
def test_a_project_whose_settings_lie_elsewhere_is_run_by_its_manage(file: str, here: bool) -> None:
    manage = "from django.core.management import execute_from_command_line\nexecute_from_command_line(['manage.py'])\n"
    found = project({"views.py": VIEWS, "urls.py": LISTED + "urlpatterns = [path('orders/', orders)]\n", file: manage})
    assert found.api.applied is here


@pytest.mark.parametrize(("settings", "here"), [("settings.py", True), ("tests/settings.py", False)])
def test_what_is_served_with_settings_that_lie_elsewhere_has_its_limits_there(settings: str, here: bool) -> None:
    serves = "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n"
    routes = LISTED + "urlpatterns = [path('orders/', orders)]\n"
    found = project({"views.py": VIEWS, "urls.py": routes, "wsgi.py": serves, settings: "INSTALLED_APPS = ['shop']\n"})
    assert found.api.applied is here


@pytest.mark.parametrize(("query", "told"), [
    ("Order.query.filter_by(email=key).all()", 1), ("Order.query.with_parent(key).all()", 0),
    ("Order.query.filter_by(id=key).first()", 0), ("Order.query.filter(Order.id.in_(key)).all()", 0),
    ("Order.query.filter_by(email=key).update({'email': ''})", 0), ("Order.query.filter(*key).all()", 0),
    ("Order.query.filter(Order.is_open).all()", 0),
])  # fmt: skip
def test_rows_that_are_listed_need_the_filter_that_their_relation_or_their_own_words_may_bring(query: str, told: int) -> None:
    code = f"""
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.ext.hybrid import hybrid_property

db = SQLAlchemy()

class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    is_deleted = db.Column(db.Boolean)

    @hybrid_property
    def is_open(self):
        return ~self.is_deleted

def living():
    return Order.query.filter_by(is_deleted=False).first()

def one(key):
    return {query}
"""
    assert len(project({"app.py": code}).forgotten) == told


def test_a_handler_is_told_by_the_method_that_it_is_there_for() -> None:
    code = "from flask import Flask\napp = Flask(__name__)\n@app.route('/orders', methods=['OPTIONS', 'POST'])\ndef a(): ...\n"
    assert [route.name for route in project({"app.py": code}).api.unversioned] == ["POST /orders"]


def test_a_decorator_of_the_handler_tells_the_version() -> None:
    code = "from fastapi import FastAPI\nfrom shop.versions import version\napp = FastAPI()\n"
    (route,) = project({"app.py": f"{code}@app.get('/orders')\n@version(2)\ndef a(): ...\n"}).routes
    assert route.version == "v2"


def test_a_router_of_a_library_that_keeps_versions_hangs_below_its_application() -> None:
    found = project(
        {
            "orders.py": "from cadwyn import VersionedAPIRouter\nrouter = VersionedAPIRouter(prefix='/orders')\n"
            "@router.get('/{key}')\ndef order(key: int): ...\n",
            "app.py": "from cadwyn import Cadwyn\nfrom orders import router\napp = Cadwyn(versions=[])\n"
            "app.generate_and_include_versioned_routers(router)\n",
        }
    )
    assert [route.path for route in found.routes] == ["/orders/{key}"]
    assert not found.api.unversioned
