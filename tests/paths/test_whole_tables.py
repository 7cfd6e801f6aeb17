"""Whole tables that a generic class asks for, told where it is made for a model, and limits of its own."""

import pytest

from tests.paths.projects import project

ROWS = """
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    number: Mapped[str] = mapped_column()

M = TypeVar("M")

class Rows(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

    def everything(self) -> list[M]:
        return list(self.session.scalars(select(self.model)).all())

    def page(self, offset: int, limit: int, *where) -> list[M]:
        query = select(self.model).where(*where).order_by(self.model.id).offset(offset).limit(limit)
        return list(self.session.scalars(query).all())

class Orders(Rows[Order]):
    model = Order

    def add(self, number: str) -> None:
        self.session.add(Order(number=number))
"""
ROUTES = """
from fastapi import FastAPI

from shop.rows import Orders

app = FastAPI()

@app.get("/v1/orders")
def orders(session):
    return Orders(session).everything()

@app.get("/v1/orders/page")
def page(session, offset: int = 0):
    return Orders(session).page(offset, 50)
"""


@pytest.mark.parametrize("head", ["Rows(Generic[M])", "Rows[M]", "Rows[M: Base]"])
def test_a_generic_class_is_told_where_its_heir_is_asked_for_all_rows_and_a_limit_of_its_own_counts(head: str) -> None:
    rows = ROWS.replace("Rows(Generic[M])", head)
    found = project({"shop/rows.py": rows, "shop/app.py": ROUTES}).unbounded_queries
    assert [(one.location.path, one.location.line, one.model) for one in found] == [("shop/app.py", 10, "Order")]


SHOP = """
from django.db import models
from django.http import JsonResponse
from django.urls import path

class Sales(models.QuerySet):
    def paid(self):
        return self.filter(paid=True)

    def newest(self):
        return self.order_by("-at")[:20]

class Sale(models.Model):
    paid = models.BooleanField()
    at = models.DateTimeField()
    objects = Sales.as_manager()

def take(request):
    Sale.objects.create(paid=True)

def sales(request):
    return JsonResponse({{"sales": [sale.pk for sale in {rows}]}})

urlpatterns = [path("sales/", sales), path("take/", take)]
"""


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("sorted(Sale.objects.paid(), key=lambda sale: sale.at)[:10]", []),
        ("Sale.objects.filter(at__date=request.GET.get('day'))", ["low"]),
    ],
)
def test_what_is_cut_after_it_was_sorted_is_a_slice_and_one_day_is_few(rows: str, found: list[str]) -> None:
    told = project({"shop/views.py": SHOP.format(rows=rows)}).unbounded_queries
    assert [str(one.confidence) for one in told] == found


LISTED = """
from rest_framework.generics import ListAPIView

class Listed(ListAPIView):
    queryset = {rows}

urlpatterns = [path("listed/", Listed.as_view()), path("take/", take)]
"""


@pytest.mark.parametrize(("rows", "found"), [("Sale.objects.paid()", 1), ("Sale.objects.newest()", 0)])
def test_what_the_queries_of_a_project_bound_is_read_and_not_believed(rows: str, found: int) -> None:
    code = SHOP.partition("def sales")[0].replace("{{", "{") + LISTED.format(rows=rows)
    assert len(project({"shop/views.py": code}).unbounded_queries) == found


def test_a_limit_behind_the_name_of_a_statement_is_one() -> None:
    rows = ROWS.replace("        query = select", "        made = select").replace(".offset(offset).limit(limit)", "")
    rows = rows.replace("scalars(query)", "scalars(made.offset(offset).limit(limit))")
    found = project({"shop/rows.py": rows, "shop/app.py": ROUTES}).unbounded_queries
    assert [(one.location.path, one.location.line) for one in found] == [("shop/app.py", 10)]


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("result = session.execute(select(Order))\n    return list(result.scalars().all())", True),
        ("result = session.execute(select(Order))\n    return list(result.scalars())", True),
        ("rows = session.execute(select(Order)).scalars().all()\n    return list(rows)", True),
        ("result = session.execute(select(Order))\n    rows = result.scalars().all()\n    return list(rows)", True),
        ("result = session.execute(select(Order))\n    return {'first': result.scalars().first()}", False),
        ("result = session.execute(select(Order).limit(50))\n    return list(result.scalars().all())", False),
        ("result = session.execute(select(Order).limit(100_000))\n    return list(result.scalars().all())", True),
        ("return session.scalars(select(Order).limit(limit=5000)).all()", True),
        ("query = select(Order).limit(999)\n    return session.scalars(query).all()", False),
        ("query = select(Order).limit(99)\n    return Opened().scalars(query).all()", False),
        ("query = select(Order)\n    return Opened().scalars(query).all()", True),
    ],
)
def test_all_that_a_result_holds_is_handed_back_and_a_huge_limit_bounds_nothing(body: str, whole: bool) -> None:
    code = "from fastapi import FastAPI\nfrom sqlalchemy import select\nfrom sqlalchemy.orm import Session, sessionmaker\n"
    code += "from shop.rows import Order\n"
    code += f"app = FastAPI()\nOpened = sessionmaker()\n\n@app.get('/v1/orders')\ndef orders(session: Session):\n    {body}\n"
    assert bool(project({"shop/rows.py": ROWS, "shop/app.py": code}).unbounded_queries) == whole


@pytest.mark.parametrize(
    ("query", "whole"),
    [
        ("Order.objects.filter(open=True)", True),
        ("Order.objects.filter(open=True)[:50]", False),
        ("Order.objects.all()[0:20]", False),
    ],
)
def test_a_slice_that_a_template_is_handed_is_a_bound(query: str, whole: bool) -> None:
    models = "from django.db import models\nclass Order(models.Model):\n    open = models.BooleanField()\n"
    views = "from django.shortcuts import render\nfrom django.urls import path\nfrom shop.models import Order\n"
    views += f"def orders(request):\n    return render(request, 'a.html', {{'orders': {query}, 'title': request.path[1:]}})\n"
    views += "urlpatterns = [path('orders', orders)]\n"
    assert bool(project({"shop/models.py": models, "shop/views.py": views}).unbounded_queries) == whole


def test_a_limit_of_a_statement_that_somebody_elses_method_made_is_a_bound() -> None:
    code = "from fastapi import FastAPI\nfrom sqlalchemy import Select\nfrom sqlalchemy.orm import Session\n"
    code += "from shop.rows import Order\napp = FastAPI()\n\ndef made() -> Select: ...\n\n"
    for name, cut in (("some", ".limit(size)"), ("all", "")):
        code += f"@app.get('/v1/{name}')\ndef {name}(session: Session, size: int):\n    query = made(){cut}\n"
        code += "    result = session.execute(query)\n    return list(result.scalars().all())\n\n"
    found = project({"shop/rows.py": ROWS, "shop/app.py": code}).unbounded_queries
    assert [one.label for one in found] == ["GET /v1/all"]


OWN = """
from rest_framework.generics import ListAPIView
from rest_framework.response import Response

class Listed(ListAPIView):
    queryset = Sale.objects.paid()

    def list(self, request):
        {body}

urlpatterns = [path("listed/", Listed.as_view())]
"""
APPLIED = {"shop/settings.py": "ROOT_URLCONF = 'shop.views'\nMIDDLEWARE = []"}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("return super().list(request)", ["medium"]),
        ("return Response(self.get_serializer(self.get_queryset(), many=True).data)", ["medium"]),
        ("return Response(self.get_serializer(self.paginate_queryset(self.get_queryset()), many=True).data)", []),
        ("return Response({'sales': Sale.objects.count()})", []),
    ],
)
def test_a_view_that_lists_in_its_own_way_is_judged_by_what_that_asks_for(body: str, found: list[str]) -> None:
    code = SHOP.partition("def sales")[0].replace("{{", "{") + OWN.format(body=body)
    told = project({"shop/views.py": code, **APPLIED}).unbounded_queries
    assert [str(one.confidence) for one in told] == found


@pytest.mark.parametrize(("settings", "found"), [({}, ["low"]), (APPLIED, ["medium"])])
def test_what_a_package_lists_may_be_paged_where_it_is_installed(settings: dict[str, str], found: list[str]) -> None:
    code = SHOP.partition("def sales")[0].replace("{{", "{") + LISTED.format(rows="Sale.objects.paid()")
    told = project({"shop/views.py": code, **settings}).unbounded_queries
    assert [str(one.confidence) for one in told] == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("Sale.objects.values('shop').annotate(n=Count('pk')).values_list('shop', 'n')", 0),
        ("dict(Sale.objects.values_list('shop')\n        .annotate(n=Count('pk')))", 0),
        ("Sale.objects.values('pk').annotate(n=Count('lines'))", 1),
        ("Sale.objects.annotate(n=Count('lines'))", 1),
    ],
)
def test_rows_that_are_summed_up_by_a_column_are_few(rows: str, found: int) -> None:
    assert len(project({"shop/views.py": SHOP.format(rows=rows)}).unbounded_queries) == found


LISTED_ROWS = """    def listed(self) -> list[Order]:
        return self.session.scalars(select(Order)).all()

class Orders(Rows[Order]):"""


def test_the_other_routes_that_answer_with_the_same_rows_are_named_beside_the_first() -> None:
    rows = ROWS.replace("class Orders(Rows[Order]):", LISTED_ROWS)
    routes = ROUTES.replace("everything", "listed")
    routes += routes.partition("app = FastAPI()")[2].replace("/v1", "/v2")
    (found,) = project({"shop/rows.py": rows, "shop/app.py": routes}).unbounded_queries
    assert found.label == "GET /v1/orders"
    assert [hop.text for hop in found.others] == ["GET /v2/orders answers with its rows too"]


SORTED = """
from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

class Sale(db.Model):
    id = db.Column(db.Integer, primary_key=True)

@app.get("/sales")
def sales():
    return jsonify([sale.id for sale in {rows}])
"""


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("Sale.query.order_by(Sale.id.desc())", 1),
        ("Sale.query.order_by(Sale.id.desc()).limit(50)", 0),
        ("Sale.query.order_by(Sale.id)[:50]", 0),
    ],
)
def test_a_query_that_ends_with_its_order_gives_every_row_too(rows: str, found: int) -> None:
    assert len(project({"shop/app.py": SORTED.replace("{rows}", rows)}).unbounded_queries) == found


REPORT = """
from flask import Flask, jsonify
from sqlalchemy import create_engine, text

app = Flask(__name__)
engine = create_engine("postgresql://shop@db/shop")
MONTHLY = text(
    \"\"\"
    SELECT month, amount FROM revenue ORDER BY month {limit}
    \"\"\",
)

@app.get("/revenue")
def revenue():
    with engine.connect() as connection:
        return jsonify([dict(row) for row in connection.execute(MONTHLY).mappings()])
"""


@pytest.mark.parametrize(("limit", "found"), [("LIMIT 36", 0), ("", 1)])
def test_a_statement_is_bounded_under_a_name_too(limit: str, found: int) -> None:
    assert len(project({"app.py": REPORT.format(limit=limit)}).unbounded_queries) == found
