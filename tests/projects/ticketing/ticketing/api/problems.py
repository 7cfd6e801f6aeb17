from ticketing.errors import NotFound, PaymentDeclined, SoldOut, TicketingError

__all__ = ["NotFound", "PaymentDeclined", "SoldOut", "TicketingError"]
