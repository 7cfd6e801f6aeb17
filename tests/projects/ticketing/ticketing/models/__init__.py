from ticketing.models.customer import ApiToken, Customer
from ticketing.models.event import Event, Venue
from ticketing.models.order import Order, Refund, Ticket

__all__ = ["ApiToken", "Customer", "Event", "Order", "Refund", "Ticket", "Venue"]
