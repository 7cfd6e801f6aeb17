from datetime import UTC, datetime

from ticketing.extensions import db


class Venue(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(120), nullable=False)
    address = db.Column(db.String(200), default="")
    latitude = db.Column(db.Float)
    longitude = db.Column(db.Float)

    events = db.relationship("Event", back_populates="venue")


class Event(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    venue_id = db.Column(db.ForeignKey("venue.id"), nullable=False)
    name = db.Column(db.String(160), nullable=False)
    capacity = db.Column(db.Integer, nullable=False)
    price_cents = db.Column(db.Integer, nullable=False)
    starts_at = db.Column(db.DateTime, nullable=False)
    is_closed = db.Column(db.Boolean, default=False, nullable=False)
    created = db.Column(db.DateTime, default=lambda: datetime.now(UTC))

    venue = db.relationship("Venue", back_populates="events", lazy="joined")
    tickets = db.relationship("Ticket", back_populates="event")
