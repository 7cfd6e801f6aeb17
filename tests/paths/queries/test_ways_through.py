"""The ways in which code goes through rows: together with others, in groups, by key, one taken after another."""

import textwrap

import pytest

from tests.paths.queries.asked import MAPPED, repeated

HEAD = (
    MAPPED
    + """
import itertools
from collections import defaultdict, deque
from itertools import chain, groupby
from operator import attrgetter
from sqlalchemy.orm import joinedload

"""
)
WAYS = {
    "beside others": """
        for order, price in zip(orders, prices):
            found.append(order.customer.name)
    """,
    "beside others, counted": """
        for place, (price, order) in enumerate(zip(prices, orders, strict=True)):
            found.append(order.customer.name)
    """,
    "beside longer ones": "found = [order.customer.name for price, order in itertools.zip_longest(prices, orders)]",
    "in groups": """
        for day, several in groupby(orders, key=attrgetter("day")):
            for order in several:
                found.append(order.customer.name)
    """,
    "in groups of sorted ones": """
        for day, several in itertools.groupby(sorted(orders, key=by_day), key=by_day):
            found.append([row.customer.name for row in list(several)])
    """,
    "one list after another": """
        for order in chain(orders, orders):
            found.append(order.customer.name)
    """,
    "one list and another": """
        for order in orders + drafts:
            found.append(order.customer.name)
    """,
    "where nothing may stand in": "found = [order.customer.name for order in orders or []]",
    "by day": """
        by_day = defaultdict(list)
        for order in orders:
            by_day[order.day].append(order)
        for day, several in by_day.items():
            for row in several:
                found.append(row.customer.name)
    """,
    "by day, sorted": """
        by_day = {}
        for order in orders:
            by_day.setdefault(order.day, []).append(order)
        for day, several in sorted(by_day.items()):
            found.append([row.customer.name for row in several])
    """,
    "by key": """
        by_key = {order.id: order for order in orders}
        for row in by_key.values():
            found.append(row.customer.name)
    """,
    "by key, set one by one": """
        by_key = {}
        for order in orders:
            by_key[order.id] = order
        for row in by_key.values():
            found.append(row.customer.name)
    """,
    "by key with it, set one by one": """
        by_key = {}
        for order in orders:
            by_key[order.id] = order
        for key, row in sorted(by_key.items()):
            found.append(row.customer.name)
    """,
    "one taken after another": """
        waiting = deque(orders)
        while waiting:
            row = waiting.popleft()
            found.append(row.customer.name)
    """,
    "sorted in place": "orders.sort(key=lambda order: order.customer.name)",
    "sorted by a path": 'found = sorted(orders, key=attrgetter("customer.name"))',
    "mapped to a path": 'found = list(map(attrgetter("customer.name"), orders))',
    "all but the first": """
        first, *rest = orders
        for order in rest:
            found.append(order.customer.name)
    """,
    "put into another list": """
        others = []
        others.extend(orders)
        for order in others:
            found.append(order.customer.name)
    """,
    "added to another list": """
        others = []
        others += orders
        for order in others:
            found.append(order.customer.name)
    """,
    "spread into another list": "found = [order.customer.name for order in [*orders]]\nothers = [*orders]\n"
    "for order in others:\n    found.append(order.customer.name)",
    "in pairs": """
        pairs = [(1, order) for order in orders]
        for number, row in pairs:
            found.append(row.customer.name)
    """,
    "put in pairs": """
        pairs = []
        for order in orders:
            pairs.append((order, 1))
        for row, number in pairs:
            found.append(row.customer.name)
    """,
}


def _names(way: str, options: str) -> int:
    lines = textwrap.indent(textwrap.dedent(way).strip(), "    ")
    code = f"""def names(session, prices, drafts, by_day):
    orders = session.scalars(select(Order){options}.order_by(Order.id)).all()
    found = []
{lines}
    return found
"""
    return len(repeated({"shop.py": HEAD + code}))


@pytest.mark.parametrize("way", WAYS)
def test_rows_are_found_again_on_every_way_through_them(way: str) -> None:
    assert _names(WAYS[way], "") == 1


@pytest.mark.parametrize("way", WAYS)
def test_what_came_with_rows_is_known_on_every_way_through_them(way: str) -> None:
    assert _names(WAYS[way], ".options(joinedload(Order.customer))") == 0


def test_keys_of_a_dictionary_are_no_rows() -> None:
    code = """
def names(session):
    by_key = {order.id: order for order in session.scalars(select(Order)).all()}
    return [key.customer for key in by_key] + [key.customer for key, order in by_key.items()]
"""
    assert repeated({"shop.py": HEAD + code}) == set()


def test_a_name_that_two_loops_use_is_a_row_only_where_rows_are_gone_through() -> None:
    code = """
from django.db import models

class Order(models.Model):
    number = models.IntegerField()

def close(columns, order):
    pairs = [(row, 1) for row in Order.objects.all()]
    for one, number in pairs:
        print(one.number, number)
    for one in columns:
        one.save(order)
"""
    assert repeated({"shop.py": code}) == set()


@pytest.mark.parametrize(
    ("asks", "found"),
    [
        ("[pool.submit(load, key) for key in keys]", 1),
        ("pool.map(load, keys)", 1),
        ("pool.map(load, keys, timeout=60)", 1),
        ("pool.map(lambda key: load(key), keys)", 1),
        ("pool.submit(load, 1)", 0),
        ("pool.map(len, keys)", 0),
        ("[load_later.delay(key) for key in keys]", 0),
    ],
)
def test_the_workers_of_a_pool_ask_once_per_element_too(asks: str, found: int) -> None:
    code = f"""
from concurrent.futures import ThreadPoolExecutor
from celery import shared_task

session = Session()

def load(key):
    return session.scalars(select(Order).where(Order.id == key)).first()

@shared_task
def load_later(key):
    return load(key)

def names(keys):
    with ThreadPoolExecutor(4) as pool:
        return {asks}
"""
    assert len(repeated({"shop.py": HEAD + "from sqlalchemy.orm import Session\n" + code})) == found


@pytest.mark.parametrize(
    ("lazy", "goes", "found"),
    [
        ("dynamic", "[line.id for line in order.lines]", 1),
        ("dynamic", "list(order.lines)", 1),
        ("dynamic", "order.lines", 0),
        ("selectin", "[line.id for line in order.lines]", 0),
        ("select", "[line.id for line in order.lines]", 1),
    ],
)
def test_a_dynamic_relation_asks_each_time_that_its_rows_are_gone_through(lazy: str, goes: str, found: int) -> None:
    code = f"""
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

class Line(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.ForeignKey("order.id"))

class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    lines = db.relationship("Line", lazy="{lazy}")

def lines():
    found = {{}}
    for order in Order.query.all():
        found[order.id] = {goes}
    return found
"""
    assert len(repeated({"shop.py": code})) == found
