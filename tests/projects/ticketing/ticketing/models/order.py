from datetime import UTC, datetime

from ticketing.extensions import db


class Order(db.Model):
    __tablename__ = "orders"

    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.ForeignKey("customer.id"), nullable=False)
    state = db.Column(db.String(20), default="reserved", nullable=False)
    charge_id = db.Column(db.String(60))
    created_at = db.Column(db.DateTime, default=lambda: datetime.now(UTC))
    deleted_at = db.Column(db.DateTime)

    customer = db.relationship("Customer", back_populates="orders")
    tickets = db.relationship("Ticket", back_populates="order")

    @property
    def total_cents(self) -> int:
        return sum(ticket.price_cents for ticket in self.tickets)

    @property
    def is_paid(self) -> bool:
        return self.charge_id is not None


class Ticket(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.ForeignKey("orders.id"), nullable=False)
    event_id = db.Column(db.ForeignKey("event.id"), nullable=False)
    price_cents = db.Column(db.Integer, nullable=False)
    holder = db.Column(db.String(120), default="")
    checked_in_at = db.Column(db.DateTime)

    order = db.relationship("Order", back_populates="tickets")
    event = db.relationship("Event", back_populates="tickets")


class Refund(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.ForeignKey("orders.id"), nullable=False)
    amount_cents = db.Column(db.Integer, nullable=False)
    reference = db.Column(db.String(60), nullable=False)
    created_by = db.Column(db.String(120), default="")

    order = db.relationship("Order")
