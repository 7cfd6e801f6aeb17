"""The ticketing application on a SQLite file: Flask, Flask-SQLAlchemy, Flask-RESTful, Celery."""

import inspect
import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import Pool
from ticketing import create_app
from ticketing.clients import geocoder
from ticketing.config import Config
from ticketing.extensions import celery, db, limiter
from ticketing.models import ApiToken, Customer, Event, Order, Ticket, Venue

from tests.projects.alembic_steps import there_and_back
from tests.projects.labels import FOLDER, Scenario
from tests.projects.stage import Route, Stage

SOON = datetime(2100, 1, 1, 20)


class Ticketing(Stage):
    """One application and one database file for each scenario."""

    root = FOLDER / "ticketing"

    def seed(self) -> None:
        url = f"sqlite:///{self.folder / 'shop.db'}"
        settings = type(
            "Settings",
            (Config,),
            {
                "SQLALCHEMY_DATABASE_URI": url,
                "SQLALCHEMY_ENGINE_OPTIONS": {},
                "REPORTING_DATABASE_URI": url,
                "CELERY": {"broker_url": "memory://", "task_ignore_result": True},
            },
        )
        geocoder.breaker.close()
        logging.getLogger("ticketing").propagate = True
        self.app = create_app(settings)
        with self.app.app_context():
            limiter.reset()
            db.create_all()
            for number in range(1, self.rows + 1):
                db.session.add(Venue(name=f"Hall {number}", address="Main Street"))
                db.session.add(Customer(name=f"Guest {number}", email=f"guest{number}@post.example"))
                db.session.add(
                    Event(
                        venue_id=number,
                        name=f"Night {number}",
                        capacity=100,
                        price_cents=1200,
                        starts_at=SOON + timedelta(days=number),
                    )
                )
                db.session.add(Order(customer_id=number, charge_id=f"ch_{number}"))
                db.session.add(Ticket(order_id=number, event_id=number, price_cents=1200))
                db.session.add(ApiToken(customer_id=1, digest=f"{number:064}", expires_at=datetime(2020, 1, 1)))
            db.session.commit()
            if not event.contains(db.engine, "before_cursor_execute", self._query):
                event.listen(db.engine, "before_cursor_execute", self._query)

    def _query(self, connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        self.seen.queries.append((statement, self.seen.stack()))

    def _connect(self, dialect: DefaultDialect, *arguments: Any, **options: Any) -> Any:
        self.seen.connections.append((repr(options), self.seen.stack()))
        return dialect.loaded_dbapi.connect(*arguments, **options)

    @contextmanager
    def faulty(self, scenario: Scenario) -> Iterator[None]:
        failing = OperationalError("SELECT 1", {}, Exception("made to fail"))
        down = scenario.fault.down == "database"
        with (
            mock.patch.object(DefaultDialect, "connect", lambda *given, **options: self._connect(*given, **options)),
            mock.patch.object(Pool, "connect", side_effect=failing) if down else nullcontext(),
        ):
            yield

    def request(self, method: str, path: str, scenario: Scenario, propagate: bool) -> None:
        self.app.config["PROPAGATE_EXCEPTIONS"] = propagate
        body = {"json": scenario.body} if scenario.body is not None else {}
        response = self.app.test_client().open(path, method=method, headers=scenario.headers, **body)
        self.seen.status, self.seen.headers, self.seen.text = response.status_code, dict(response.headers), response.text
        self.seen.answer = response.get_json(silent=True)

    def task(self, name: str, arguments: tuple[Any, ...]) -> None:
        celery.loader.import_default_modules()
        with self.app.app_context():
            celery.tasks[name].apply(args=arguments, throw=True)

    def command(self, name: str, arguments: tuple[str, ...]) -> None:
        result = self.app.test_cli_runner().invoke(args=[name, *arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception

    def routes(self) -> list[Route]:
        found = []
        for rule in self.app.url_map.iter_rules():
            if rule.endpoint == "static":
                continue
            view = self.app.view_functions[rule.endpoint]
            owner = getattr(view, "view_class", None)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                code = inspect.unwrap(getattr(owner, method.lower()) if owner else view).__code__
                file = code.co_filename.removeprefix(f"{self.root}/")
                found.append(Route(method, rule.rule.replace("int:", ""), file, code.co_firstlineno))
        return sorted(found)

    def count(self, table: str) -> int:
        with self.app.app_context():
            return int(db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    def prepare(self, statements: tuple[str, ...]) -> None:
        with self.app.app_context():
            for statement in statements:
                db.session.execute(text(statement))
            db.session.commit()

    def connect_arguments(self, name: str) -> list[dict[str, Any]]:
        return [Config.SQLALCHEMY_ENGINE_OPTIONS["connect_args"]]

    def pools(self, name: str) -> list[object]:
        engine = create_engine(Config.SQLALCHEMY_DATABASE_URI, **Config.SQLALCHEMY_ENGINE_OPTIONS)
        return [engine.pool]

    def migrated(self, name: str) -> tuple[str, str]:
        return there_and_back(self.root / "migrations", name)

    def answer(self, host: str, path: str) -> Any:
        return {
            "id": "ch_1",
            "rate": "1.10",
            "fees": {"card": 30},
            "periods": ["2026-10"],
            "results": [{"lat": 50.1, "lon": 8.7}],
        }


STAGE = Ticketing
