"""The code of a made-up shop, and where things stand in it."""

from auditor.model.finding import Location

TREE = {
    "shop/payments/gateway.py": '''\
"""Talks to the card processor."""

import logging

import requests

logger = logging.getLogger(__name__)


class Gateway:
    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    def charge(self, order, card):
        # TODO: verify the signature of the webhook before we trust its amount (SHOP-412)
        payload = {"amount": str(order.total), "currency": order.currency, "card": card.token}
        try:
            answer = requests.post(f"{self.url}/charges", json=payload, headers={"Authorization": self.token})
        except Exception:
            return None
        return answer.json()["id"]

    def refund(self, order, amount):
        try:
            return requests.post(f"{self.url}/refunds", json={"order": order.id, "amount": str(amount)}).json()
        except requests.RequestException as error:
            logger.error("refund of %s failed: %s", order.id, error)
            raise Exception("refund failed")
''',
    "shop/orders/views.py": '''\
"""What customers do with their orders."""

from flask import Blueprint, jsonify, request

from shop.orders.models import Order
from shop.payments.service import settle

bp = Blueprint("orders", __name__, url_prefix="/orders")


@bp.post("/<int:order_id>/pay")
def pay(order_id):
    order = Order.query.get_or_404(order_id)
    receipt = settle(order, request.json["card"])
    return jsonify(receipt)


@bp.get("/export")
def export():
    rows = []
    for order in Order.query.all():
        rows.append({"id": order.id, "customer": order.customer.name, "total": str(order.total)})
    return jsonify(rows)
''',
    "shop/payments/service.py": '''\
"""Settling what is owed."""

from shop.payments.gateway import Gateway

gateway = Gateway("https://cards.example.com", "secret")


def settle(order, card):
    charge_id = gateway.charge(order, card)
    order.paid = True
    order.charge_id = charge_id
    return {"order": order.id, "charge": charge_id}
''',
    "shop/reports/monthly.py": '''\
"""The month in figures."""


def totals(orders):
    result = {}
    for order in orders:
        month = order.created.strftime("%Y-%m")
        bucket = result.setdefault(month, {"orders": 0, "gross": 0, "tax": 0})
        bucket["orders"] += 1
        bucket["gross"] += order.total
        bucket["tax"] += order.tax
    return result
''',
    "shop/reports/weekly.py": '''\
"""The week in figures."""


def totals(orders):
    found = {}
    for item in orders:
        week = item.created.strftime("%G-W%V")
        entry = found.setdefault(week, {"orders": 0, "gross": 0, "tax": 0})
        entry["orders"] += 1
        entry["gross"] += item.total
        entry["tax"] += item.tax
    return found
''',
}


def place(path: str, needle: str, end: str = "") -> Location:
    """The location of the line that holds `needle` in the sample tree."""
    lines = TREE[path].split("\n")
    number = next(index for index, line in enumerate(lines, 1) if needle in line)
    last = next((index for index, line in enumerate(lines, 1) if end and end in line and index >= number), number)
    column = lines[number - 1].index(needle) + 1
    return Location(path, number, column, last, len(lines[last - 1]) + 1)
