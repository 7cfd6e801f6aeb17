import smtplib

from ticketing.clients import accounting, mailer
from ticketing.extensions import celery, db
from ticketing.models import Order
from ticketing.repositories import customers
from ticketing.repositories.orders import OrderRepository


@celery.task(
    autoretry_for=(smtplib.SMTPException, OSError), retry_backoff=True, retry_kwargs={"max_retries": 5}
)
def send_receipt(order_id: int) -> None:
    order = db.session.get(Order, order_id)
    if order is not None:
        mailer.deliver(order.customer.email, "Your receipt", f"Order {order.id}")


@celery.task
def send_reminder(order_id: int) -> None:
    order = db.session.get(Order, order_id)
    if order is not None:
        mailer.deliver(order.customer.email, "Your order is waiting", f"Order {order.id}")


@celery.task
def expire_reservations() -> int:
    expired = OrderRepository().reserved()
    for order in expired:
        order.state = "expired"
        db.session.commit()
    return len(expired)


@celery.task
def release_reservations() -> int:
    released = OrderRepository().reserved()
    for order in released:
        order.state = "released"
        db.session.add(order)
    db.session.commit()
    return len(released)


@celery.task
def close_periods() -> list[str]:
    return accounting.open_periods()


@celery.task
def greet_buyers(order_ids: list[int]) -> int:
    orders = [order for order in OrderRepository().reserved() if order.id in order_ids]
    buyers = customers.by_ids({order.customer_id for order in orders})
    return len({buyer.email for buyer in buyers})
