import logging
import threading

from flask import current_app

from ticketing.clients import mailer
from ticketing.clients.geocoder import Position, locate
from ticketing.errors import NotFound
from ticketing.extensions import db
from ticketing.models import ApiToken, Customer, Venue
from ticketing.repositories import customers
from ticketing.repositories.orders import TicketRepository

logger = logging.getLogger(__name__)
tickets = TicketRepository()


def find(customer_id: int) -> Customer:
    customer = customers.by_id(customer_id)
    if customer is None:
        raise NotFound("There is no such customer.")
    return customer


def ranking() -> list[dict[str, object]]:
    return [{"name": customer.name, "spent": customer.spent_cents} for customer in customers.first_page()]


def loyal(limit: int) -> list[dict[str, object]]:
    return [{"name": customer.name, "spent": customer.spent_cents} for customer in customers.with_orders(limit)]


def holders(ticket_ids: list[int]) -> list[str]:
    names = []
    for ticket_id in ticket_ids:
        ticket = tickets.by_id(ticket_id)
        if ticket is not None:
            names.append(ticket.holder)
    return names


def erase(customer_id: int) -> None:
    customers.remove(find(customer_id))


def revoke_tokens(customer_id: int) -> int:
    tokens = ApiToken.query.filter_by(customer_id=customer_id).limit(20).all()
    for token in tokens:
        customers.revoke(token)
    return len(tokens)


def welcome(customer: Customer) -> None:
    try:
        mailer.deliver(customer.email, "Welcome", f"Good to see you, {customer.name}.")
    except Exception:
        pass


def invite(customer: Customer) -> bool:
    try:
        mailer.deliver_urgent(customer.email, "You are invited")
    except OSError as error:
        logger.error("invitation to %s failed", customer.id, exc_info=error)
        return False
    return True


def notify_later(customer: Customer) -> None:
    app = current_app._get_current_object()
    email = customer.email

    def run() -> None:
        with app.app_context():
            mailer.deliver(email, "Your account was changed", "")

    threading.Thread(target=run, daemon=True).start()


def place(venue: Venue) -> Position | None:
    position = locate(venue.address)
    if position is not None:
        venue.latitude, venue.longitude = position.latitude, position.longitude
        db.session.commit()
    return position
