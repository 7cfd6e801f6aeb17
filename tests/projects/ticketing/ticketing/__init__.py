"""Box office for small venues: events, orders, tickets and payouts."""

from flask import Flask

from ticketing.api import register_blueprints
from ticketing.commands import register_commands
from ticketing.config import Config
from ticketing.errors import TicketingError, render_error
from ticketing.extensions import celery, db, limiter
from ticketing.logs import configure_logging
from ticketing.tracing import install_request_id


def create_app(config: type[Config] | None = None) -> Flask:
    configure_logging()
    app = Flask(__name__)
    app.config.from_object(config or Config)
    db.init_app(app)
    celery.conf.update(app.config["CELERY"])
    celery.set_default()
    install_request_id(app)
    limiter.init_app(app)
    app.register_error_handler(TicketingError, render_error)
    register_blueprints(app)
    register_commands(app)
    return app
