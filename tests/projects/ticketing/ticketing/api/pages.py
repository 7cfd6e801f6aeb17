from flask import Blueprint, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from ticketing.clients.payments import gateway
from ticketing.extensions import db
from ticketing.models import Order
from ticketing.repositories.orders import OrderRepository

bp = Blueprint("pages", __name__)


@bp.get("/receipts/<int:order_id>")
def receipt(order_id: int) -> ResponseReturnValue:
    order = OrderRepository().by_id(order_id)
    if order is None:
        abort(404)
    return render_template("receipt.html", order=order)


@bp.post("/webhooks/payments")
def payment_webhook() -> ResponseReturnValue:
    body = request.get_json(silent=True) or {}
    order = db.session.scalar(db.select(Order).where(Order.charge_id == str(body.get("charge", ""))))
    if order is not None and body.get("type") == "charge.failed":
        order.state = "failed"
        db.session.commit()
    return "", 204


@bp.get("/health")
def health() -> ResponseReturnValue:
    return jsonify(status="ok", payments=gateway.is_reachable())
