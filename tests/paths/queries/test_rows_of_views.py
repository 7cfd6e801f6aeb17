"""Rows that Django hands over: to the actions of a table of an administration, by managers under names of their own, and to
the serializers that a view picks for its list.
"""

import pytest

from tests.paths.projects import project

SHOP = """
from django.contrib import admin
from django.db import models
from rest_framework import serializers, viewsets

class Customer(models.Model):
    name = models.CharField(max_length=9)

class WithCustomer(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("customer")

class Order(models.Model):
    number = models.CharField(max_length=9)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    objects = models.Manager()
    full = WithCustomer()
"""

ACTION = """
@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number"]
    actions = ["pay"]

    def pay(self, request, queryset):
        for order in queryset:
            order.save()
"""

NAMES = """
def names():
    return [order.customer.name for order in Order.{manager}.all()]
"""

VIEW = """
class Brief(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["number"]

class {name}(serializers.ModelSerializer):
    customer = serializers.CharField(source="customer.name")
    class Meta:
        model = Order
        fields = ["number", "customer"]

class Orders(viewsets.ModelViewSet):
    def get_queryset(self):
        return Order.objects.filter(number="1")

    def get_serializer_class(self):
        if self.action == "list":
            return {name}
        return Brief
"""


PAGE = """
from django.views.generic import ListView

class Paid(ListView):
    {rows}
    context_object_name = "paid"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["names"] = [order.customer.name for order in {source}]
        return context
"""

TABLE = """
Order.__str__ = lambda self: self.number

@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "name"]

    def name(self, order):
        return order.customer.name
"""


def found(code: str) -> list[str]:
    return [one.text for one in project({"shop/models.py": SHOP + code}).repeated_queries]


def test_an_action_saves_each_of_the_rows_that_it_is_for() -> None:
    assert found(ACTION) == ["order.save"]


@pytest.mark.parametrize(("manager", "expected"), [("objects", ["order.customer"]), ("full", [])])
def test_a_manager_loads_what_it_says_under_whatever_name(manager: str, expected: list[str]) -> None:
    assert found(NAMES.format(manager=manager)) == expected


@pytest.mark.parametrize(("name", "asked"), [("OrderListSerializer", 1), ("OrderSerializer", 1), ("OrderDetailSerializer", 0)])
def test_a_view_that_picks_its_serializer_shows_its_rows_by_one_for_lists(name: str, asked: int) -> None:
    assert len(found(VIEW.format(name=name))) == asked


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ("model = Order", True),
        ("queryset = Order.objects.order_by('number')", True),
        ("queryset = Order.objects.select_related('customer')", False),
        ("queryset = Order.full.all()", False),
        ("model = Order\n    def get_queryset(self):\n        return super().get_queryset().filter(number='1')", True),
        (
            "queryset = Order.full.all()\n    def get_queryset(self):\n        return super().get_queryset().filter(number='1')",
            False,
        ),
    ],
)
@pytest.mark.parametrize("source", ['context["object_list"]', 'context["page_obj"]', 'context["paid"]', "self.object_list"])
def test_a_list_view_keeps_its_rows_under_the_names_of_the_library_and_its_own(rows: str, asked: bool, source: str) -> None:
    assert found(PAGE.format(rows=rows, source=source)) == ["order.customer"] * asked


def test_what_a_view_hands_to_its_template_is_what_it_put_there() -> None:
    code = PAGE.format(rows="model = Order", source='context["mine"]')
    put = "        context['mine'] = Order.objects.filter(number='2'){}\n        context["
    assert found(code.replace("        context[", put.format(""), 1)) == ["order.customer"]
    assert found(code.replace("        context[", put.format(".select_related('customer')"), 1)) == []


def test_a_table_shows_what_the_manager_of_its_model_loads() -> None:
    managers = SHOP.replace("objects = models.Manager()\n    full = WithCustomer()", "objects = WithCustomer()")
    assert found(TABLE) == ["order.customer"]
    assert project({"shop/models.py": managers + TABLE}).repeated_queries == ()


def test_a_helper_that_sends_the_query_it_is_given_is_no_step_of_its_own() -> None:
    code = (
        "from sqlalchemy import select, func\nfrom sqlalchemy.orm import DeclarativeBase, Session, mapped_column\n"
        "class Base(DeclarativeBase):\n    pass\n\nclass Order(Base):\n    shop = mapped_column()\n\n"
        "def number(session: Session, query):\n    return session.execute(query).scalar_one()\n\n"
        "def owed(session, shop):\n    return number(session, select(func.count()).where(Order.shop == shop))\n\n"
        "def of(session, shop):\n    return owed(session, shop)\n\n"
        "def all_of(session: Session, shops: list[str]):\n    return [of(session, shop) for shop in shops]\n"
    )
    assert [one.text for one in project({"shop.py": code}).repeated_queries] == ["session.execute"]


TURNS = """
def place(orders, customers):
    for order in Order.objects.all():
        for customer in customers:
            if customer.name == "new":
                order.save()
                break

def rename(orders):
    for order in Order.objects.all():
        order.customer.name = "new"

def sort(tags: "list[Tag]", orders):
    for order in Order.objects.all():
        order.tags.add(orders)

class Tag(models.Model):
    orders = models.ManyToManyField(Order, related_name="tags")
"""


def test_writes_of_relations_and_in_the_last_turn_of_an_inner_loop_are_asked_in_each_turn_around_it() -> None:
    assert sorted(found(TURNS)) == ["order.customer", "order.save", "order.tags.add"]


LINES = """
from django.db import models

class Recipe(models.Model):
    title = models.TextField()

class Ingredient(models.Model):
    name = models.TextField()

class Line(models.Model):
    recipe = models.ForeignKey(Recipe, on_delete=models.CASCADE)
    ingredient = models.ForeignKey(Ingredient, related_name="lines", on_delete=models.CASCADE)
"""
USED = """
from rest_framework import generics, serializers
from shop.models import Ingredient

class IngredientSerializer(serializers.ModelSerializer):
    used = serializers.SerializerMethodField()

    class Meta:
        model = Ingredient
        fields = ["id", "used"]

    def get_used(self, ingredient):
        return [line.recipe.title for line in ingredient.lines.all()]

class Page(generics.ListAPIView):
    queryset = Ingredient.objects.{first}
    serializer_class = IngredientSerializer

class Export(generics.ListAPIView):
    queryset = Ingredient.objects.{second}
    serializer_class = IngredientSerializer
"""
WHOLE, LISTED, NONE = 'prefetch_related("lines__recipe")', 'prefetch_related("lines")', "all()"


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        (WHOLE, WHOLE, []),
        (WHOLE, LISTED, [("line.recipe", "high")]),
        (WHOLE, NONE, [("ingredient.lines.all()", "high"), ("line.recipe", "high")]),
    ],
)
def test_a_loop_of_a_serializers_method_is_fed_by_what_its_views_load(
    first: str, second: str, asked: list[tuple[str, str]]
) -> None:
    files = {"shop/models.py": LINES, "shop/views.py": USED.format(first=first, second=second)}
    assert [(one.text, str(one.confidence)) for one in project(files).repeated_queries] == asked


PLAIN = """
class CustomerOut(serializers.Serializer):
    name = serializers.CharField()

class OrderOut(serializers.Serializer):
    {field}

class Orders(viewsets.GenericViewSet):
    queryset = Order.objects.all()
    serializer_class = {named}

def every(request):
    return OrderOut(Order.objects{loads}.all(), many=True).data
"""


@pytest.mark.parametrize("named", ["OrderOut", "None"])
@pytest.mark.parametrize(
    ("field", "loads", "asked"),
    [
        ('name = serializers.CharField(source="customer.name")', "", 1),
        ('name = serializers.CharField(source="customer.name")', '.select_related("customer")', 0),
        ("customer = CustomerOut()", "", 1),
        ("number = serializers.CharField()", "", 0),
    ],
)
def test_a_serializer_without_a_model_shows_the_rows_that_it_is_given(named: str, field: str, loads: str, asked: int) -> None:
    code = SHOP + PLAIN.format(field=field, loads=loads, named=named)
    lines = code.splitlines()
    found = [lines[one.location.line - 1].strip() for one in project({"shop.py": code}).repeated_queries]
    assert len([line for line in found if "source=" in line or "CustomerOut()" in line]) == asked
