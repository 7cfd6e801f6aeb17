"""The warehouse application on SQLite files: FastAPI, SQLAlchemy's asyncio extension, httpx, slowapi."""

import asyncio
import inspect
import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any
from unittest import mock

import httpx
from fastapi.routing import APIRoute
from sqlalchemy import create_engine, event, text
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool
from starlette.routing import Mount
from warehouse import database
from warehouse.config import settings
from warehouse.limits import limiter
from warehouse.main import create_app
from warehouse.models import Account, Base, Item, Location, LoginSession, Shipment, ShipmentLine, Stock, Supplier

from tests.projects.alembic_steps import there_and_back
from tests.projects.labels import FOLDER, Scenario
from tests.projects.stage import Route, Stage

PRODUCTION = database.engine


class Warehouse(Stage):
    """One application and one database file for each scenario; requests run on an event loop of their own."""

    root = FOLDER / "warehouse"

    def seed(self) -> None:
        self.file = self.folder / "warehouse.db"
        engine = create_engine(f"sqlite:///{self.file}")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            for number in range(1, self.rows + 1):
                session.add_all(
                    (
                        Supplier(id=number, name=f"Supplier {number}"),
                        Item(id=number, sku=f"A{number}", name=f"Article {number}", supplier_id=number),
                        Location(id=number, aisle=f"R{number}"),
                        Stock(id=number, item_id=number, location_id=number, quantity=5),
                        Shipment(id=number, reference=f"S{number}", value_cents=100, tracking_number=f"T{number}"),
                        ShipmentLine(shipment_id=number, item_id=number),
                        Account(id=number, email=f"person{number}@post.example"),
                        LoginSession(account_id=number, expires_at=datetime(2100, 1, 1)),
                    )
                )
            session.commit()
        engine.dispose()
        logging.getLogger("warehouse").propagate = True
        settings.archive_url = f"sqlite+aiosqlite:///{self.file}"
        limiter.reset()
        self.app = create_app()

    def request(self, method: str, path: str, scenario: Scenario, propagate: bool) -> None:
        asyncio.run(self._request(method, path, scenario, propagate))

    async def _request(self, method: str, path: str, scenario: Scenario, propagate: bool) -> None:
        engine = create_async_engine(f"sqlite+aiosqlite:///{self.file}")
        event.listen(engine.sync_engine, "before_cursor_execute", self._query)
        database.session_factory.configure(bind=engine)
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=propagate)
        body: dict[str, Any] = {"content": scenario.raw} if scenario.raw is not None else {}
        if scenario.body is not None:
            body = {"json": scenario.body}
        try:
            async with httpx.AsyncClient(transport=transport, base_url="http://warehouse.test") as client:
                response = await client.request(method, path, headers=scenario.headers, **body)
            await asyncio.sleep(0)
        finally:
            await engine.dispose()
        self.seen.status, self.seen.headers, self.seen.text = response.status_code, dict(response.headers), response.text
        self.seen.answer = response.json() if "json" in response.headers.get("content-type", "") else None

    def _query(self, connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        self.seen.queries.append((statement, self.seen.stack()))

    @contextmanager
    def faulty(self, scenario: Scenario) -> Iterator[None]:
        down = scenario.fault.down == "database"
        connect = SQLiteDialect_aiosqlite.connect

        def noted(dialect: Any, *given: Any, **options: Any) -> Any:
            self.seen.connections.append((repr(options), self.seen.stack()))
            return connect(dialect, *given, **options)

        failing = OperationalError("SELECT 1", {}, Exception("made to fail"))
        with (
            mock.patch.object(SQLiteDialect_aiosqlite, "connect", noted),
            mock.patch.object(Pool, "connect", side_effect=failing) if down else nullcontext(),
        ):
            yield

    def task(self, name: str, arguments: tuple[Any, ...]) -> None:
        raise LookupError(name)

    def command(self, name: str, arguments: tuple[str, ...]) -> None:
        raise LookupError(name)

    def routes(self) -> list[Route]:
        found = []
        for route, path in _walk(self.app.routes, ""):
            code = inspect.unwrap(route.endpoint).__code__
            file = code.co_filename.removeprefix(f"{self.root}/")
            found.extend(Route(method, path, file, code.co_firstlineno) for method in sorted(route.methods or ()))
        return sorted(found)

    def count(self, table: str) -> int:
        with create_engine(f"sqlite:///{self.file}").connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    def prepare(self, statements: tuple[str, ...]) -> None:
        with create_engine(f"sqlite:///{self.file}").begin() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def connect_arguments(self, name: str) -> list[dict[str, Any]]:
        return [_told_to_driver()]

    def pools(self, name: str) -> list[object]:
        return [PRODUCTION.sync_engine.pool]

    def migrated(self, name: str) -> tuple[str, str]:
        return there_and_back(self.root / "migrations", name)

    def answer(self, host: str, path: str) -> Any:
        return {"tracking": "T9", "declaration": "D1", "number": "N1", "items": [], "status": "open"}


def _walk(routes: Any, before: str) -> Iterator[tuple[APIRoute, str]]:
    """The API's routes with their whole paths, through included routers and mounted applications."""
    for route in routes:
        if isinstance(route, Mount):
            yield from _walk(route.routes, before + route.path)
        elif hasattr(route, "effective_candidates"):
            yield from _walk(route.effective_candidates(), before)
        elif hasattr(route, "original_route") or isinstance(route, APIRoute):
            yield route, before + route.path


def _told_to_driver() -> dict[str, Any]:
    """What SQLAlchemy would give to the driver of production's engine; no connection is made."""
    told: dict[str, Any] = {}

    def stop(*_: Any, **options: Any) -> None:
        told.update(options)
        raise ConnectionError("only to see what is asked for")

    async def ask() -> None:
        async with PRODUCTION.connect():
            pass

    with mock.patch("psycopg.AsyncConnection.connect", stop):
        try:
            asyncio.run(ask())
        except ConnectionError:
            return told
    return told


STAGE = Warehouse
