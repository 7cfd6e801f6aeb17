class ClientError(Exception):
    """Something went wrong on the other side."""

    status = 502


class PaymentDeclined(ClientError):
    status = 402


class RefundRejected(ClientError):
    status = 409
