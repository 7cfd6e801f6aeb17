from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from ticketing.clients.payments import gateway
from ticketing.extensions import limiter
from ticketing.repositories.orders import OrderRepository
from ticketing.services import reports

bp = Blueprint("reports", __name__)


@bp.get("/states")
@limiter.limit("6/minute")
def states() -> ResponseReturnValue:
    return jsonify(reports.revenue_by_state())


@bp.get("/states/cached")
def cached_states() -> ResponseReturnValue:
    return jsonify(reports.state_counts_or_empty())


@bp.get("/totals")
def totals() -> ResponseReturnValue:
    return jsonify(reports.totals())


@bp.get("/totals/checked")
def totals_checked() -> ResponseReturnValue:
    return jsonify(reports.totals_checked())


@bp.get("/revenue/<currency>")
def revenue(currency: str) -> ResponseReturnValue:
    total = request.args.get("total", 0, type=int)
    return jsonify(total=reports.revenue_in(currency, total))


@bp.get("/discount")
def discount() -> ResponseReturnValue:
    return jsonify(total=reports.discount(request.args.get("share", "0"), 1000))


@bp.get("/surcharge")
def surcharge() -> ResponseReturnValue:
    return jsonify(total=reports.surcharge(request.args.get("share", "0"), 1000))


@bp.get("/orders")
def filtered_orders() -> ResponseReturnValue:
    wanted = reports.parse_filter(request.args.get("filter", "{}"))
    layout = reports.parse_layout(request.args.get("layout", "{}"))
    limit = 10 if "limit" in wanted else 20
    return jsonify(layout=layout, orders=[order.id for order in OrderRepository().with_details(limit)])


@bp.get("/orders.csv")
def orders_csv() -> ResponseReturnValue:
    return Response(reports.export_orders(OrderRepository().reserved()), mimetype="text/csv")


@bp.post("/month-end/<period>")
def month_end(period: str) -> ResponseReturnValue:
    return jsonify(sent=reports.month_end(period))


@bp.get("/fees")
def fees() -> ResponseReturnValue:
    return jsonify(gateway.fee_schedule())


@bp.post("/warm-up")
def warm_up() -> ResponseReturnValue:
    reports.warm_up(current_app._get_current_object())
    return "", 202


@bp.post("/warm-up/now")
def warm_up_now() -> ResponseReturnValue:
    return jsonify(rows=reports.warm_up_and_wait(current_app._get_current_object()))
