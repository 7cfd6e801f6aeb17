from datetime import UTC, datetime

from ticketing.extensions import db


class Customer(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(120), nullable=False)
    email = db.Column(db.String(254), unique=True, nullable=False)
    phoneNumber = db.Column(db.String(40))
    externalRef = db.Column("external_ref", db.String(40))
    created_at = db.Column(db.DateTime, default=lambda: datetime.now(UTC))

    orders = db.relationship("Order", back_populates="customer")
    tokens = db.relationship("ApiToken", back_populates="customer", cascade="all, delete-orphan")

    @property
    def spent_cents(self) -> int:
        return sum(order.total_cents for order in self.orders)


class ApiToken(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.ForeignKey("customer.id"), nullable=False)
    digest = db.Column(db.String(64), nullable=False)
    expires_at = db.Column(db.DateTime)

    customer = db.relationship("Customer", back_populates="tokens")
