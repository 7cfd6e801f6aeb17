"""Which routes answer people with pages: by templates, by words for the next page, by sending the browser on."""

import pytest

from tests.paths.projects import project, table

FLASK = """
from flask import Flask, flash, jsonify, redirect, render_template, url_for
from elsewhere import go_back, show

app = Flask(__name__)

@app.post("/x")
def x(key):
    {body}
"""
ELSEWHERE = """
from flask import redirect, render_template

def go_back(key):
    answer = redirect(key)
    return answer

def show(key):
    return render_template("a.html")
"""


@pytest.mark.parametrize(
    ("body", "page"),
    [
        ("return jsonify(key=key)", False),
        ("return show(key)", True),
        ("return go_back(key)", True),
        ("answer = redirect(key)\n    return answer", True),
        ("return redirect(key) if key else jsonify(key=key)", False),
        ("flash('done')\n    return next_page(key)", True),
        ("return redirect_to_referrer(key)", True),
        ("if key:\n        return redirect(key)\n    return jsonify(key=key)", False),
    ],
)
def test_a_function_answers_with_a_page_where_browsers_are_shown_or_sent_on(body: str, page: bool) -> None:
    (route,) = project({"app.py": FLASK.format(body=body), "elsewhere.py": ELSEWHERE}).routes
    assert route.page is page


DRESSED = """
from functools import wraps

from flask import Flask, current_app, render_template

app = Flask(__name__)

def shown_by(name):
    def decorator(handler):
        @wraps(handler)
        def answer(*args, **kwargs):
            return render_template(name, **handler(*args, **kwargs))
        return answer
    return decorator

@app.get("/orders")
@shown_by("orders/list.html")
def orders():
    return {"orders": []}

@app.get("/missing.html")
def missing():
    return {"missing": True}

@app.get("/scripts/<path:path>")
def scripts(path):
    return current_app.send_static_file(path)
"""


def test_a_decorator_that_names_a_template_makes_a_page_and_the_applications_own_files_are_of_it() -> None:
    routes = project({"app.py": DRESSED}).routes
    assert {route.path: route.page for route in routes} == {
        "/orders": True, "/missing.html": False, "/scripts/<path:path>": True,
    }  # fmt: skip


DJANGO = """
from django.views.generic import View
from rest_framework.views import APIView

class Named(View):
    template_name = "shop/basket.html"

    def post(self, request):
        return self.answer()

class Plain(View):
    http_method_names = ["post"]

    def post(self, request):
        return self.answer()

    def delete(self, request):
        return self.answer()

class Data(APIView):
    template_name = "shop/data.html"

    def get(self, request):
        return self.answer()
"""
URLS = """
from django.urls import path
from views import Data, Named, Plain

urlpatterns = [path("named/", Named.as_view()), path("plain/", Plain.as_view()), path("data/", Data.as_view())]
"""


def test_a_class_with_a_template_answers_with_pages_and_one_that_names_its_methods_has_no_others() -> None:
    found = project({"views.py": DJANGO, "urls.py": URLS}).routes
    assert [(route.name, route.page) for route in found] == [
        ("GET /data/", False), ("POST /named/", True), ("POST /plain/", False),
    ]  # fmt: skip


def test_a_route_among_pages_is_doubtful_unless_its_path_says_that_it_is_for_programs() -> None:
    code = """
from flask import Flask, jsonify, render_template
app = Flask(__name__)

@app.get("/shop")
def shop(): return render_template("a.html")

@app.get("/stock")
def stock(): return jsonify([])

@app.get("/api/stock")
def stocks(): return jsonify([])

@app.get("/shop/bill.pdf")
def bill(): return make_bill()
"""
    api = project({"app.py": code}).api
    assert [(route.path, api.is_doubtful(route)) for route in api.unversioned] == [("/api/stock", False), ("/stock", True)]


def test_a_namespace_hangs_below_the_api_whose_method_makes_it() -> None:
    files = {
        "shop/api.py": """
            from flask import Blueprint
            from flask_restx import Api
            blueprint = Blueprint("api", __name__, url_prefix="/api/1")
            class Own(Api): ...
            api = Own(blueprint)
            """,
        "shop/orders.py": """
            from flask_restx import Resource
            from shop.api import api
            ns = api.namespace("orders", "All about orders")
            @ns.route("/<key>")
            class One(Resource):
                def get(self, key): return {}
            """,
    }
    assert table(files) == [("GET", "/api/1/orders/<key>", "orders.One.get")]


def test_routes_below_the_rows_of_another_router_have_the_key_of_those_rows() -> None:
    files = {
        "views.py": """
            from rest_framework.viewsets import ReadOnlyModelViewSet
            class Orders(ReadOnlyModelViewSet): ...
            class Lines(ReadOnlyModelViewSet): ...
            """,
        "urls.py": """
            from rest_framework_nested import routers
            from views import Lines, Orders
            router = routers.SimpleRouter()
            router.register(r"orders", Orders, basename="order")
            below = routers.NestedSimpleRouter(router, r"orders", lookup="order")
            below.register(r"lines", Lines, basename="line")
            urlpatterns = router.urls + below.urls
            """,
    }
    assert [path for _, path, _ in table(files)] == [
        "/orders/", "/orders/{order_pk}/lines/", "/orders/{order_pk}/lines/{pk}/", "/orders/{pk}/",
    ]  # fmt: skip
