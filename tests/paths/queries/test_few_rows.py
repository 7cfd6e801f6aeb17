"""Loops that go through a few rows by their nature, and questions that have to be asked one by one, are in doubt."""

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project
from tests.paths.queries.asked import MAPPED

ORDERS = """
from django.db import models

class Order(models.Model):
    name = models.TextField()

class Payment(models.Model):
    order = models.ForeignKey(Order, related_name="payments", on_delete=models.CASCADE)

class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
"""


def sureness(code: str) -> set[Confidence]:
    return {one.confidence for one in project({"shop/orders.py": code}).repeated_queries}


@pytest.mark.parametrize(
    "code",
    [
        "def copy_order(keys):\n    for key in keys:\n        print(Order.objects.get(pk=key))\n",
        "def pay(payment_requests):\n    for one in payment_requests:\n        print(Order.objects.get(pk=one.key))\n",
        "def check(form):\n    for key in form.orders.data:\n        print(Order.objects.get(pk=key))\n",
        "def close(order: Order):\n    for line in order.lines.all():\n        if Line.objects.filter(after=line).exists():\n"
        "            Line.objects.create(after=line)\n",
        "def merge_lines_into(order: Order, other):\n    for line in order.lines.all():\n        line.order = other\n"
        "        line.save()\n",
        "class Line2(Line):\n    def copy_into(self, other):\n        print(self.order.name)\n\n"
        "def split(other):\n    for line in Line2.objects.all():\n        line.copy_into(other)\n",
        "def remove_duplicates(keys):\n    for key in keys:\n        print(Order.objects.get(pk=key))\n",
    ],
)
def test_a_handful_of_rows_is_in_doubt(code: str) -> None:
    assert sureness(ORDERS + code) == {Confidence.LOW}


@pytest.mark.parametrize(
    ("body", "sure"),
    [
        ("Order.objects.create(name=Order.objects.get(pk=key).name)", Confidence.LOW),
        ("open(Order.objects.get(pk=key).name).close()\n        upload(key)", Confidence.LOW),
        ("key.scan_file.delete()\n        print(Order.objects.get(pk=key.pk).name)", Confidence.LOW),
        ("print(Order.objects.annotate(far=F('x') - key.x).order_by('far').first())", Confidence.LOW),
        ("print(Order.objects.get(pk=key).name)", Confidence.MEDIUM),
    ],
)
def test_a_turn_that_makes_a_row_or_handles_a_file_stands_alone(body: str, sure: Confidence) -> None:
    assert max(sureness(f"{ORDERS}\ndef work(keys):\n    for key in keys:\n        {body}\n"), key=list(Confidence).index) == sure


@pytest.mark.parametrize(
    ("body", "sure"),
    [
        ("line.name = ''\n        line.save()", {Confidence.HIGH}),
        ("if line.name:\n            line.save()\n        else:\n            line.delete()", {Confidence.LOW}),
        ("line.delete()", {Confidence.MEDIUM}),
        ("tidy(line)\n        line.delete()", {Confidence.LOW}),
    ],
)
def test_rows_that_are_kept_or_deleted_one_by_one_and_trees_are_in_doubt(body: str, sure: set[Confidence]) -> None:
    assert sureness(f"{ORDERS}\ndef tidy(key):\n    for line in Line.objects.filter(after=key):\n        {body}\n") == sure


@pytest.mark.parametrize(("key", "sure"), [("order.pk", Confidence.LOW), ("order.name", Confidence.HIGH)])
def test_a_row_that_is_read_anew_is_in_doubt(key: str, sure: Confidence) -> None:
    body = f"    for order in Order.objects.all():\n        order = Order.objects.get(pk={key})\n        print(order.name)\n"
    assert sureness(f"{ORDERS}\ndef show():\n{body}") == {sure}


@pytest.mark.parametrize(("call", "sure"), [("shown.append(str(key))", Confidence.MEDIUM), ("work(key)", Confidence.LOW)])
def test_what_only_puts_together_what_is_shown_is_no_piece_of_work(call: str, sure: Confidence) -> None:
    calls = f"        {call}\n" * 7
    code = f"def show(keys, shown):\n    for key in keys:\n        print(Order.objects.get(pk=key))\n{calls}"
    assert sureness(f"{ORDERS}\n{code}") == {sure}


@pytest.mark.parametrize(
    "few",
    ["first, second", "connections", "connections.all()", "enumerate(DAYS, 1)", "sorted(DAYS, key=str)", "reversed(DAYS)"],
)
def test_what_is_listed_by_name_and_the_databases_of_a_project_are_few(few: str) -> None:
    assert sureness(f"{ORDERS}\ndef show(first, second):\n    for one in {few}:\n        Order.objects.get(pk=one)\n") == set()


def test_a_walk_from_row_to_row_is_as_long_as_a_tree_is_deep() -> None:
    code = "def climb(session, key):\n    while key:\n        key = session.scalar(select(Order.id).where(Order.id == key))\n"
    assert sureness(MAPPED + code) == {Confidence.LOW}


def test_a_query_that_an_object_holds_keeps_its_rows() -> None:
    code = """
class Plan:
    def __init__(self):
        self.orders = Order.objects.filter(name="")

    def show(self, keys):
        return [[order.name for order in self.orders] for key in keys]
"""
    assert sureness(ORDERS + code) == set()


def test_rows_that_are_taken_out_of_something_else_may_have_brought_everything() -> None:
    code = """
def page(rows: list[Order]) -> dict[str, list[Order]]:
    return {"rows": rows}

def names(session):
    found = page(session.scalars(select(Order)))
    rows: list[Order] = found["rows"]
    return [order.customer.id for order in rows]
"""
    assert sureness(MAPPED + code) <= {Confidence.LOW}


def test_all_payments_of_a_table_are_many() -> None:
    code = "def all_payments():\n    payments = Payment.objects.filter(open=True)\n    return [p.order.name for p in payments]\n"
    assert sureness(ORDERS + code) == {Confidence.HIGH}


@pytest.mark.parametrize(
    ("name", "sure"), [("customer", Confidence.HIGH), ("language", Confidence.LOW), ("home_country", Confidence.LOW)]
)
def test_a_session_remembers_the_few_rows_that_many_share(name: str, sure: Confidence) -> None:
    code = MAPPED.replace("    customer: Mapped", f"    {name}: Mapped")
    body = f"\ndef names(session):\n    return [order.{name}.id for order in session.scalars(select(Order))]\n"
    assert sureness(code + body) == {sure}


@pytest.mark.parametrize(
    "body",
    [
        "session.execute(update(Order).where(Order.id == key).values(open=False))",
        "session.execute(select(Order).where(Order.id == key).with_for_update())",
        "found = select(Order).where(Order.id == key).with_for_update()\n        session.execute(found)",
    ],
)
def test_what_changes_or_locks_one_row_is_in_doubt(body: str) -> None:
    code = f"from sqlalchemy import update\n{MAPPED}\ndef close(session, keys):\n    for key in keys:\n        {body}\n"
    assert sureness(code) == {Confidence.LOW}


def test_a_row_that_the_turn_has_fetched_by_its_key_is_fetched_once() -> None:
    code = """
def find(session, key):
    return session.get(Order, key)

def show(session, order):
    print(session.get(Order, order.id))

def show_all(session, keys):
    for key in keys:
        show(session, find(session, key))
"""
    found = project({"shop/orders.py": MAPPED + code}).repeated_queries
    assert [one.confidence for one in found if one.kind == "query"] == [Confidence.MEDIUM, Confidence.LOW]


@pytest.mark.parametrize(
    ("body", "sure"),
    [
        ("print(Order.objects.get(pk=key))", Confidence.MEDIUM),
        ("print(Order.objects.get(pk=key), weigh(key), pack(key))", Confidence.MEDIUM),
        ("print(Order.objects.get(pk=key), weigh(key), pack(key), weigh(key))", Confidence.LOW),
        ("print(Order.objects.get(pk=key), key.a(), key.b(), key.c(), key.d(), key.e())", Confidence.LOW),
    ],
)
def test_a_turn_that_is_a_piece_of_work_asks_where_it_has_to(body: str, sure: Confidence) -> None:
    work = "\ndef weigh(key):\n    return 1\n\ndef pack(key):\n    return 2\n"
    assert sureness(f"{ORDERS}{work}\ndef send(keys):\n    for key in keys:\n        {body}\n") == {sure}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("languages", False),
        ("self.plugins.values()", False),
        ("providers.filter(order=order)", False),
        ("language.lines.all()", True),
        ("self.plugins.orders_of(order)", True),
        ("order.attempts.all()", True),
        ("Line.objects.filter(order__in=providers)", True),
    ],
)
def test_what_there_are_few_of_may_have_many_rows(rows: str, told: bool) -> None:
    code = f"""
class Try(models.Model):
    order = models.ForeignKey(Order, related_name="attempts", on_delete=models.CASCADE)

def show(self, language: Order, order: Order):
    for line in {rows}:
        print(Order.objects.get(pk=line.pk))
"""
    assert bool(sureness(ORDERS + code)) is told


@pytest.mark.parametrize(
    ("given", "sure"),
    [
        ("(folder / key).read_text()", Confidence.LOW),
        ("script", Confidence.LOW),
        ("'update orders set open = false where id = %s', [key]", Confidence.MEDIUM),
    ],
)
def test_scripts_that_are_read_from_files_are_run_one_by_one(given: str, sure: Confidence) -> None:
    code = f"""
import sqlite3

def start(folder, keys):
    connection = sqlite3.connect("shop.db")
    for key in keys:
        with open(key) as file:
            script = file.read()
        connection.execute({given})
"""
    assert sureness(code) == {sure}
