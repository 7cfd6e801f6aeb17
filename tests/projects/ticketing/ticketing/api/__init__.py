from flask import Blueprint, Flask

from ticketing.api.customers import bp as customers_bp
from ticketing.api.events import bp as events_bp
from ticketing.api.orders import bp as orders_bp
from ticketing.api.pages import bp as pages_bp
from ticketing.api.reports import bp as reports_bp
from ticketing.api.tickets import bp as tickets_bp
from ticketing.extensions import limiter


def register_blueprints(app: Flask) -> None:
    v1 = Blueprint("v1", __name__, url_prefix="/v1")
    v1.register_blueprint(events_bp, url_prefix="/events")
    v1.register_blueprint(orders_bp, url_prefix="/orders")
    v1.register_blueprint(customers_bp)
    api = Blueprint("api", __name__, url_prefix="/api")
    api.register_blueprint(v1)
    api.register_blueprint(reports_bp, url_prefix="/reports")
    limiter.limit("30/minute")(customers_bp)
    app.register_blueprint(api)
    app.register_blueprint(tickets_bp, url_prefix="/tickets")
    app.register_blueprint(pages_bp)
