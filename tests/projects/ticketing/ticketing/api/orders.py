from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from ticketing.extensions import db, limiter
from ticketing.models import Order
from ticketing.repositories.orders import OrderRepository
from ticketing.services.checkout import CheckoutService

bp = Blueprint("orders", __name__)


def as_json(order: Order) -> dict[str, object]:
    return {
        "id": order.id,
        "state": order.state,
        "customer": order.customer.name,
        "total": order.total_cents,
    }


class OrderList(MethodView):
    decorators = [limiter.limit("10/minute")]
    init_every_request = False

    def __init__(self) -> None:
        self.orders = OrderRepository()
        self.checkout = CheckoutService(self.orders)

    def get(self) -> ResponseReturnValue:
        return jsonify([as_json(order) for order in self.orders.active()])

    def post(self) -> ResponseReturnValue:
        body = request.get_json()
        try:
            customer_id, event_id = int(body["customer_id"]), int(body["event_id"])
            quantity = int(body.get("quantity", 1))
        except (KeyError, TypeError, ValueError):
            return jsonify(error="customer_id, event_id and quantity are numbers"), 400
        order = self.checkout.reserve(customer_id, event_id, quantity)
        return jsonify(id=order.id), 201


class OrderItem(MethodView):
    def __init__(self) -> None:
        self.checkout = CheckoutService()

    def get(self, order_id: int) -> ResponseReturnValue:
        return jsonify(as_json(self.checkout.find(order_id)))

    def delete(self, order_id: int) -> ResponseReturnValue:
        order = self.checkout.find(order_id)
        order.deleted_at = db.func.now()
        db.session.commit()
        return "", 204


@bp.get("/recent")
def recent_orders() -> ResponseReturnValue:
    return jsonify([as_json(order) for order in OrderRepository().with_details(50)])


@bp.get("/search")
def search_orders() -> ResponseReturnValue:
    found = OrderRepository().by_email(request.args.get("email", ""))
    return jsonify([order.id for order in found])


@bp.post("/<int:order_id>/pay")
@limiter.limit("5/minute")
def pay_order(order_id: int) -> ResponseReturnValue:
    body = request.get_json()
    order = CheckoutService().pay(order_id, str(body.get("card", "")))
    return jsonify(as_json(order))


@bp.post("/<int:order_id>/remind")
def remind(order_id: int) -> ResponseReturnValue:
    CheckoutService().remind(order_id)
    return "", 202


@bp.post("/<int:order_id>/refund")
def refund_order(order_id: int) -> ResponseReturnValue:
    refund = CheckoutService().refund(order_id, request.headers.get("X-Actor", ""))
    return jsonify(reference=refund.reference), 201


bp.add_url_rule("", view_func=OrderList.as_view("order_list"))
bp.add_url_rule("/<int:order_id>", view_func=OrderItem.as_view("order_item"))
