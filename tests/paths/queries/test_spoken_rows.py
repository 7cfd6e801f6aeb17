"""What a row says of itself asks as well: properties, what it is as text, and generators that go through rows."""

from tests.paths.queries.asked import marked, repeated

MODELS = """
from django.db import models

class Rows(models.QuerySet):
    def open(self):
        return self.filter(open=True)

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    objects = models.Manager.from_queryset(Rows)()

class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)

    @property
    def title(self):
        return f"for {self.order.customer.name}"  # <-

    def __str__(self):
        return self.order.customer.name  # <-

def labels():
    return list(map(str, Line.objects.all()))
"""
VIEWS = """
from shop.models import Line, Order

def row(line):
    return {"title": line.title}

def rows():
    return [row(line) for line in Line.objects.select_related("order")]
"""
MAIL = """
from shop.models import Order

def names(orders):
    for order in orders:
        yield order.customer.name  # <-

def remind():
    return list(names(Order.objects.open()))
"""


def test_what_a_row_says_of_itself_is_asked_for_every_row() -> None:
    files = {"shop/models.py": MODELS, "shop/views.py": VIEWS, "shop/mail.py": MAIL}
    assert repeated(files) == marked(files)
