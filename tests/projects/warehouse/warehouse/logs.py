import logging

from asgi_correlation_id import CorrelationIdFilter


def configure_logging() -> None:
    handler = logging.StreamHandler()
    handler.addFilter(CorrelationIdFilter(uuid_length=32, default_value="-"))
    handler.setFormatter(logging.Formatter("%(levelname)s [%(correlation_id)s] %(name)s %(message)s"))
    logger = logging.getLogger("warehouse")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
