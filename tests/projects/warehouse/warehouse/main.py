import sentry_sdk
from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import FastAPI
from slowapi import _rate_limit_exceeded_handler
from slowapi.errors import RateLimitExceeded

from warehouse.api import operations
from warehouse.api.partners import partners
from warehouse.api.router import api
from warehouse.config import settings
from warehouse.errors import WarehouseError, answer_error
from warehouse.limits import limiter
from warehouse.logs import configure_logging


def create_app() -> FastAPI:
    configure_logging()
    sentry_sdk.init(dsn=settings.sentry_dsn, traces_sample_rate=0.1)
    app = FastAPI(title="Warehouse")
    app.state.limiter = limiter
    app.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)
    app.add_exception_handler(WarehouseError, answer_error)
    app.add_middleware(CorrelationIdMiddleware, header_name="X-Request-ID", validator=None)
    app.include_router(api)
    app.include_router(operations.router)
    app.mount("/partners", partners)
    return app


app = create_app()
