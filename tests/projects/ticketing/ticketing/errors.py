from flask import Response, jsonify


class TicketingError(Exception):
    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(TicketingError):
    status = 404


class SoldOut(TicketingError):
    status = 409


class PaymentDeclined(TicketingError):
    status = 402


class PaymentUnavailable(TicketingError):
    status = 503


def render_error(error: TicketingError) -> tuple[Response, int]:
    return jsonify(error=error.message), error.status
