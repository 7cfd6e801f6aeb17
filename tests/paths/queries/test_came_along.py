"""What came with rows by other ways than the loop's own query: through a function, under a name, or where code looks first."""

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project
from tests.paths.queries.asked import Places, marked

MODELS = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    shop = models.ForeignKey(Customer, related_name="sold", on_delete=models.CASCADE)

    @classmethod
    def with_totals(cls, rows):
        rows = rows.annotate(total=models.Count("lines"))
        return rows.order_by("pk")

    @property
    def total(self):
        return self.lines.filter(open=True).count()

    @property
    def stocks(self):
        if hasattr(self, "open_lines"):
            return [line.stock for line in self.open_lines]
        return [line.stock for line in self.lines.filter(open=True)]

class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
"""
USES = """
from django.db.models import Prefetch
from shop.models import Line, Order

def rows():
    return Order.with_totals(Order.objects.filter(open=True).select_related(
        "customer",
    ))

def step_by_step(rows):
    open_ones = rows.filter(open=True)
    recent = open_ones.filter(age=1)
    ours = recent.exclude(shop=None)
    plain = ours.filter(kind="plain")
    return plain.order_by("pk")

def narrowed():
    return step_by_step(Order.objects.select_related("customer"))

def bare():
    return step_by_step(Order.objects.all())

def open_rows():
    return Order.objects.prefetch_related(Prefetch("lines", Line.objects.filter(open=True), to_attr="open_lines"))
"""


def repeated(files: dict[str, str]) -> Places:
    """Path and line of every question that is asked once per element, but for those that only a page may ask."""
    found = (one for one in project(files).repeated_queries if one.confidence is not Confidence.LOW)
    return {(one.location.path, one.location.line) for one in found}


@pytest.mark.parametrize(
    "body",
    [
        "return [order.customer.name for order in rows()]",
        "return [order.customer.name for order in narrowed()]",
        "return [order.total for order in rows()]",
        "return [order.stocks for order in open_rows()]",
    ],
)
def test_what_a_function_hands_back_of_its_rows_keeps_what_they_came_with(body: str) -> None:
    assert repeated({"shop/models.py": MODELS, "shop/lists.py": f"{USES}\ndef show():\n    {body}\n"}) == set()


def test_what_one_caller_loaded_is_not_what_another_did() -> None:
    page = f"{USES}\ndef show():\n    return [order.customer.name for order in bare()]\n"
    assert repeated({"shop/models.py": MODELS, "shop/lists.py": page}) == {("shop/lists.py", page.count("\n"))}


LINES = f"{USES}\ndef show():\n    lines = Line.objects.select_related('order', 'twin')\n    for line in lines:\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("line.order.shop = shop\n        print(line.order.shop.name)", False),
        ("line.order.shop = shop\n        line.twin.order = line.order\n        print(line.twin.order.shop.name)", False),
        ("line.twin.order = line.order\n        print(line.twin.order.shop.name)", True),
        ("print(line.order.shop.name)", True),
    ],
)
def test_what_was_set_on_a_row_is_set_on_it_under_another_name_too(body: str, told: bool) -> None:
    models = MODELS + "    twin = models.ForeignKey('self', related_name='+', on_delete=models.CASCADE)\n"
    found = repeated({"shop/models.py": models, "shop/lists.py": f"{LINES}        {body}\n"})
    assert bool([one for one in found if one[0].endswith("lists.py")]) is told


@pytest.mark.parametrize(
    ("filtered", "told"),
    [("shop=None", False), ("shop__isnull=True", False), ("shop__isnull=False", True), ("customer=None", True)],
)
def test_a_relation_that_no_row_has_asks_nothing(filtered: str, told: bool) -> None:
    body = f"for order in Order.objects.filter({filtered}):\n        print(order.shop)"
    assert bool(repeated({"shop/models.py": MODELS, "shop/lists.py": f"{USES}\ndef show():\n    {body}\n"})) is told


def test_a_relation_that_the_rows_of_one_way_have_not_is_asked_of_those_of_the_other() -> None:
    rows = "def found(loose):\n    if loose:\n        return Order.objects.filter(shop=None)\n    return Order.objects.all()\n"
    body = "def show(loose):\n    for order in found(loose):\n        print(order.shop.name)  # <-\n"
    files = {"shop/models.py": MODELS, "shop/lists.py": f"{USES}\n{rows}\n{body}"}
    assert repeated(files) == marked(files)


def test_what_such_a_function_was_not_given_is_asked_once_a_row() -> None:
    files = {"shop/models.py": MODELS, "shop/lists.py": f"{USES}\ndef show():\n    return [o.shop.name for o in rows()]  # <-\n"}
    assert repeated(files) == marked(files)


def test_a_property_asks_where_no_query_named_it_or_what_it_looks_for() -> None:
    models = MODELS.replace("count()", "count()  # <-").replace("filter(open=True)]", "filter(open=True)]  # <-")
    uses = f"{USES}\ndef show():\n    return [(order.total, order.stocks) for order in Order.objects.all()]\n"
    files = {"shop/models.py": models, "shop/lists.py": uses}
    assert repeated(files) == marked(files)


def test_a_row_that_ends_the_loop_is_one_row() -> None:
    body = "def first(wanted):\n    for o in Order.objects.all():\n        if o.name == wanted:\n            return label(o)\n"
    label = "\ndef label(order):\n    return order.customer.name\n"
    assert repeated({"shop/models.py": MODELS, "shop/lists.py": f"{USES}\n{body}{label}"}) == set()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return next((o.customer.name for o in Order.objects.all() if o.name == wanted), None)", False),
        ("return next(o.customer.name for o in Order.objects.all())", False),
        ("return next((o for o in Order.objects.all() if o.customer.name == wanted), None)", True),
        ("return list(o.customer.name for o in Order.objects.all())", True),
    ],
)
def test_the_first_of_a_generator_is_read_once_and_its_conditions_are_for_each(body: str, told: bool) -> None:
    assert bool(repeated({"shop/models.py": MODELS, "shop/lists.py": f"{USES}\ndef show(wanted):\n    {body}\n"})) is told


def test_a_query_made_of_a_relation_loses_what_was_loaded_below_it() -> None:
    files = {
        "shop/models.py": """
        from django.db import models

        class Order(models.Model):
            pass

        class Line(models.Model):
            order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)

        class Note(models.Model):
            line = models.ForeignKey(Line, related_name="notes", on_delete=models.CASCADE)
        """,
        "shop/report.py": """
        from shop.models import Order

        def again(key):
            order = Order.objects.prefetch_related("lines__notes").get(pk=key)
            lines = list(order.lines.exclude(pk=1))
            for line in lines:
                print([note.pk for note in line.notes.all()])  # <-

        def whole(key):
            order = Order.objects.prefetch_related("lines__notes").get(pk=key)
            lines = list(order.lines.all())
            for line in lines:
                print([note.pk for note in line.notes.all()])
            for line in order.lines.exclude(pk=1).prefetch_related("notes"):
                print([note.pk for note in line.notes.all()])
        """,
    }
    assert repeated(files) == marked(files)


def test_the_rows_of_a_relation_are_rows_in_a_list_of_them_too() -> None:
    files = {
        "shop/models.py": """
        from django.db import models

        class Order(models.Model):
            pass

        class Product(models.Model):
            pass

        class Line(models.Model):
            order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
            product = models.ForeignKey(Product, on_delete=models.CASCADE)
        """,
        "shop/cart.py": """
        from shop.models import Order, Product

        class Cart:
            def __init__(self, order: Order):
                self.order = order

            def lines(self):
                return sorted(self.order.lines.all(), key=str)

            def names(self):
                return [line.product.pk for line in self.lines()]  # <-

            def others(self):
                lines = list(self.order.lines.select_related("product"))
                return [line.product.pk for line in lines]
        """,
    }
    assert repeated(files) == marked(files)
