import logging

from kombu.exceptions import OperationalError

from ticketing.clients.payments import gateway
from ticketing.errors import NotFound, SoldOut
from ticketing.extensions import db
from ticketing.models import Order, Refund, Ticket
from ticketing.repositories import events
from ticketing.repositories.orders import OrderRepository
from ticketing.tasks import send_receipt, send_reminder

logger = logging.getLogger(__name__)


class CheckoutService:
    def __init__(self, orders: OrderRepository | None = None) -> None:
        self.orders = orders or OrderRepository()

    def reserve(self, customer_id: int, event_id: int, quantity: int) -> Order:
        event = events.by_id(event_id)
        if event is None:
            raise NotFound("There is no such event.")
        if events.sold(event_id) + quantity > event.capacity:
            raise SoldOut("There are not enough seats left.")
        order = self.orders.add(Order(customer_id=customer_id))
        for _ in range(quantity):
            db.session.add(Ticket(order_id=order.id, event_id=event.id, price_cents=event.price_cents))
        db.session.commit()
        return order

    def pay(self, order_id: int, card_token: str) -> Order:
        order = self.find(order_id)
        order.charge_id = gateway.charge(order.total_cents, card_token)
        order.state = "paid"
        db.session.commit()
        send_receipt.delay(order.id)
        return order

    def remind(self, order_id: int) -> None:
        order = self.find(order_id)
        try:
            send_reminder.delay(order.id)
        except OperationalError:
            logger.exception("reminder for order %s was not queued", order.id)

    def refund(self, order_id: int, actor: str) -> Refund:
        order = self.find(order_id)
        reference = gateway.refund(order.charge_id, order.total_cents)
        refund = Refund(order_id=order.id, amount_cents=order.total_cents, reference=reference, created_by=actor)
        db.session.add(refund)
        db.session.commit()
        return refund

    def find(self, order_id: int) -> Order:
        order = self.orders.by_id(order_id)
        if order is None:
            raise NotFound("There is no such order.")
        return order
