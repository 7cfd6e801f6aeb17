import csv
import io
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal, InvalidOperation

from flask import current_app
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from ticketing.clients import accounting, rates
from ticketing.errors import TicketingError
from ticketing.models import Order
from ticketing.repositories.orders import OrderRepository

logger = logging.getLogger(__name__)
pool = ThreadPoolExecutor(max_workers=2)


def revenue_by_state() -> dict[str, int]:
    engine = create_engine(current_app.config["REPORTING_DATABASE_URI"], poolclass=NullPool)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT state, count(*) FROM orders GROUP BY state"))
        return {state: number for state, number in rows}


def revenue_in(currency: str, total_cents: int) -> str:
    rate = rates.exchange_rate(currency)
    return f"{Decimal(total_cents) / 100 * rate:.2f}"


def discount(text_value: str, total_cents: int) -> int:
    try:
        share = Decimal(text_value)
    except InvalidOperation:
        raise TicketingError("The discount is no number.")
    return int(total_cents * (1 - share))


def surcharge(text_value: str, total_cents: int) -> int:
    try:
        share = Decimal(text_value)
    except InvalidOperation as error:
        raise TicketingError("The surcharge is no number.") from error
    return int(total_cents * (1 + share))


def parse_filter(raw: str) -> dict[str, object]:
    return json.loads(raw)


def parse_layout(raw: str) -> dict[str, object]:
    try:
        layout = json.loads(raw)
    except ValueError:
        layout = {}
    return layout


def export_orders(orders: list[Order]) -> str:
    if not orders:
        raise Exception("nothing to export")
    stream = io.StringIO()
    writer = csv.writer(stream)
    for order in orders:
        writer.writerow([order.id, order.customer.email, order.total_cents])
    return stream.getvalue()


def month_end(period: str) -> int:
    orders = OrderRepository().with_details(500)
    for order in orders:
        accounting.push_invoice({"period": period, "order": order.id, "total": order.total_cents})
    return len(orders)


def state_counts_or_empty() -> dict[str, int]:
    try:
        return revenue_by_state()
    except SQLAlchemyError:
        return {}


def totals() -> dict[str, object]:
    try:
        counts = revenue_by_state()
    except Exception as error:
        logger.error("report failed: %s", error)
        return {"error": "report"}
    return {"counts": counts}


def totals_checked() -> dict[str, object]:
    try:
        counts = revenue_by_state()
    except Exception:
        logger.exception("report failed")
        return {"error": "report"}
    return {"counts": counts}


def warm_up(app: object) -> None:
    pool.submit(_warm, app)


def warm_up_and_wait(app: object) -> int:
    future = pool.submit(_warm, app)
    return future.result(timeout=5)


def _warm(app: object) -> int:
    with app.app_context():
        return len(revenue_by_state())
