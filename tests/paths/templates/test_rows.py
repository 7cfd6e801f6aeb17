"""What the loops of templates ask for each row."""

import textwrap
from collections.abc import Mapping
from datetime import date

from auditor.facts.flow.read import PATTERNS, flow
from auditor.facts.screen import screen
from auditor.paths.project import Project
from auditor.paths.templates.files import TemplateFiles

MODELS = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

    @property
    def open_lines(self):
        return self.lines.filter(open=True)

    @property
    def label(self):
        return f"for {self.customer.name}"

    def total(self):
        return self.lines.aggregate(total=models.Sum("price"))

class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
    product = models.ForeignKey("Product", on_delete=models.CASCADE)

class Product(models.Model):
    name = models.TextField()
"""


def asked(views: str, templates: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Path and text of every question that a page repeats, and the template that is named on the way."""
    files = {"shop/models.py": MODELS, "shop/views.py": textwrap.dedent(views)}
    sheets = {path: screen(path, text.encode(), PATTERNS) for path, text in files.items()}
    facts = {path: sheet.facts for path, sheet in sheets.items()}
    flows = {path: flow(sheet) for path, sheet in sheets.items()}
    texts = {f"shop/templates/{name}": text for name, text in templates.items()}
    project = Project(facts, date(2026, 1, 1), flows=flows, templates=TemplateFiles(tuple(texts), texts.__getitem__))
    found = [one for one in project.repeated_queries if one.by == "page"]
    return [(one.location.path, one.text, one.hops[1].location.path) for one in found]


ROWS = "{% for order in orders %}{{ order.customer.name }}{% endfor %}"


def test_a_relation_that_a_loop_reads_is_one_finding_at_the_query() -> None:
    views = """
        from django.shortcuts import render
        from shop.models import Order

        def order_list(request):
            return render(request, "shop/list.html", {"orders": Order.objects.all()})
        """
    page = (
        "{% for order in orders %}{{ order.customer.name }}{% for line in order.lines.all %}{{ line.pk }}{% endfor %}{% endfor %}"
    )
    (one,) = asked(views, {"shop/list.html": page})
    assert one == ("shop/views.py", "order.customer, order.lines", "shop/templates/shop/list.html")


def test_what_the_query_loads_and_what_no_loop_reads_is_no_finding() -> None:
    views = """
        from django.shortcuts import render
        from shop.models import Order

        def order_list(request):
            context = {}
            context["orders"] = Order.objects.select_related("customer")
            return render(request, "shop/list.html", context)

        def order(request, key):
            return render(request, "shop/one.html", {"order": Order.objects.get(pk=key)})
        """
    one = "{{ order.customer.name }}{% for line in order.lines.all %}{{ line.order.pk }}{% endfor %}"
    assert asked(views, {"shop/list.html": ROWS, "shop/one.html": one}) == []


def test_a_list_view_shows_its_query_under_several_names() -> None:
    views = """
        from django.views.generic import ListView
        from shop.models import Order

        class Orders(ListView):
            context_object_name = "orders"
            template_name = "shop/list.html"

            def get_queryset(self):
                return Order.objects.filter(owner=self.request.user)

        class Others(ListView):
            model = Order
        """
    rows = "{% for one in object_list %}{{ one.customer.name }}{% endfor %}"
    found = asked(views, {"shop/list.html": ROWS, "shop/order_list.html": rows})
    assert found == [
        ("shop/views.py", "order.customer", "shop/templates/shop/list.html"),
        ("shop/views.py", "one.customer", "shop/templates/shop/order_list.html"),
    ]


def test_methods_and_included_templates_are_followed() -> None:
    views = """
        from django.shortcuts import render
        from shop.models import Order

        def order_list(request):
            orders = Order.objects.select_related("customer")
            return render(request, "shop/list.html", {"orders": orders})
        """
    page = "{% for order in orders %}{% include 'shop/row.html' with one=order %}{% endfor %}"
    assert asked(views, {"shop/list.html": page, "shop/row.html": "{{ one.total }}"}) == [
        ("shop/models.py", "self.lines.aggregate", "shop/templates/shop/row.html")
    ]


def test_flask_hands_a_template_its_rows_by_name() -> None:
    views = """
        from flask import render_template
        from shop.models import Order

        def order_list():
            orders = Order.objects.all()
            return render_template("shop/list.html", orders=orders)
        """
    assert asked(views, {"shop/list.html": ROWS}) == [("shop/views.py", "order.customer", "shop/templates/shop/list.html")]


def test_a_page_of_rows_is_rows() -> None:
    views = """
        from django.core.paginator import Paginator
        from django.shortcuts import render
        from shop.models import Order

        def order_list(request):
            paginator = Paginator(Order.objects.order_by("pk"), 25)
            page = paginator.get_page(request.GET.get("page"))
            return render(request, "shop/list.html", {"orders": page})

        def pages(request):
            paginator = Paginator(Order.objects.order_by("pk"), 25)
            return render(request, "shop/pages.html", {"page_obj": paginator.page(1)})

        def loaded(request):
            orders = Order.objects.select_related("customer")
            return render(request, "shop/list.html", {"orders": Paginator(orders, 25).page(1)})
        """
    inner = "{% for one in page_obj.object_list %}{{ one.customer.name }}{% endfor %}"
    found = asked(views, {"shop/list.html": ROWS, "shop/pages.html": inner})
    assert [text for _, text, _ in found] == ["order.customer", "one.customer"]


LIST = """
from django.shortcuts import render
from shop.models import Order

def order_list(request):
    return render(request, "shop/list.html", {"orders": Order.objects.all()})
"""


def test_a_frame_shows_what_the_template_does_not_fill() -> None:
    frame = "{% block top %}" + ROWS + "{% endblock %}{% block rows %}" + ROWS + "{% endblock %}"
    filled = {"shop/list.html": '{% extends "shop/frame.html" %}{% block rows %}-{% endblock %}', "shop/frame.html": frame}
    assert asked(LIST, filled) == [("shop/views.py", "order.customer", "shop/templates/shop/frame.html")]
    child = '{% extends "shop/frame.html" %}{% block rows %}{% endblock %}{% block top %}{% endblock %}'
    assert asked(LIST, filled | {"shop/list.html": child}) == []


def test_macros_show_what_they_are_handed() -> None:
    macros = "{% macro row(one) %}{{ one.customer.name }}{% endmacro %}"
    page = "{% from 'shop/macros.html' import row %}{% for order in orders %}{{ row(order) }}{% endfor %}"
    place = ("shop/views.py", "one.customer", "shop/templates/shop/macros.html")
    assert asked(LIST, {"shop/list.html": page, "shop/macros.html": macros}) == [place]
    whole = "{% import 'shop/macros.html' as m %}{% for order in orders %}{{ m.row(one=order) }}{% endfor %}"
    assert asked(LIST, {"shop/list.html": whole, "shop/macros.html": macros}) == [place]
    assert asked(LIST, {"shop/list.html": macros + ROWS.replace("order.customer.name", "order.pk")}) == []


def test_tags_of_the_project_show_their_template() -> None:
    views = (
        LIST
        + """
from django import template

register = template.Library()

@register.inclusion_tag("shop/row.html")
def show_order(order, size=5):
    return {"one": order, "size": size}
"""
    )
    page = "{% load shop %}{% for order in orders %}{% show_order order size=3 %}{% endfor %}"
    found = asked(views, {"shop/list.html": page, "shop/row.html": "{{ one.customer.name }}"})
    assert found == [("shop/views.py", "one.customer", "shop/templates/shop/row.html")]


def test_tags_and_filters_of_the_project_ask_for_the_row_that_they_are_handed() -> None:
    views = (
        LIST
        + """
from django import template

register = template.Library()

@register.simple_tag
def line_count(order):
    return order.lines.count()

@register.filter("named")
def customer_name(order):
    return order.customer.name

@register.filter
def shout(text):
    return text.upper()
"""
    )
    page = "{% for order in orders %}{% line_count order %}{{ order|named }}{{ order.pk|shout }}{% endfor %}"
    assert [text for _, text, _ in asked(views, {"shop/list.html": page})] == ["order.lines.count", "order.customer"]
    assert asked(views, {"shop/list.html": "{{ orders|shout }}{% line_count order %}"}) == []


def test_what_the_page_reads_itself_is_there_for_a_property() -> None:
    twice = ROWS.replace("}}", "}}{{ order.label }}", 1)
    assert asked(LIST, {"shop/list.html": twice}) == [("shop/views.py", "order.customer", "shop/templates/shop/list.html")]


def test_a_row_comes_with_what_its_query_loads() -> None:
    views = """
        from django.shortcuts import render
        from shop.models import Order

        def order(request, key):
            order = Order.objects.prefetch_related("lines__product").get(pk=key)
            return render(request, "shop/one.html", {"order": order})

        def bare(request, key):
            return render(request, "shop/bare.html", {"order": Order.objects.get(pk=key)})
        """
    page = "{% for line in order.lines.all %}{{ line.product.name }}{% endfor %}"
    found = asked(views, {"shop/one.html": page, "shop/bare.html": page})
    assert found == [("shop/views.py", "line.product", "shop/templates/shop/bare.html")]
