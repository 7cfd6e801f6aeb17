"""Where a history lies: a file of SQLite unless a URL says PostgreSQL; opened, brought up to date, safe for two at once."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from auditor.model.errors import AuditorError
from auditor.store.migrate import STEPS, step, upgrade

WAIT_MS = 30_000
STATEMENT_MS = 300_000
"""A migration of a large history may take minutes; a statement that takes longer than this hangs."""
"""How long a run waits for another that is writing."""
QUEUE = 0x61756469
"""The number of the lock that writers of one PostgreSQL database take, one after another."""
DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}


class Store:
    """An open history. One thread uses it; any number of processes may have the same one open."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A look at one state of the history, whoever writes meanwhile."""
        with plain_words(self.engine), self.engine.connect() as connection, connection.begin():
            if self._server:
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing, one writer at a time; the others wait."""
        engine = self.engine.execution_options(writes=True)
        with plain_words(self.engine), engine.connect() as connection, connection.begin():
            if self._server:
                connection.execute(text(f"SET LOCAL lock_timeout = {WAIT_MS}"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({QUEUE})"))
            yield connection

    @property
    def _server(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()


@contextmanager
def opened(place: str | Path, create: bool = False) -> Iterator[Store]:
    """The history in a file, or at a URL such as `postgresql://user@server/name`.

    Raises AuditorError where there is none and `create` does not ask for one, or it can not be opened.
    """
    url = _url(place)
    if url.get_backend_name() == "sqlite":
        _prepare(Path(url.database or ""), create)
    store = Store(_engine(url))
    try:
        _brought_up_to_date(store, create)
        yield store
    finally:
        store.close()


def _brought_up_to_date(store: Store, create: bool) -> None:
    with store.reading() as connection:
        at = step(connection)
    if at is None and not create:
        where = store.engine.url.render_as_string(hide_password=True)
        raise AuditorError(f"there is no history in {where}", "begin one with `auditor audit --save`")
    if at != STEPS[-1]:
        with store.writing() as connection:
            if step(connection) != STEPS[-1]:
                upgrade(connection)


def named(place: str | Path) -> str:
    """The place as it may be shown: without a password."""
    return place.as_posix() if isinstance(place, Path) else _url(place).render_as_string(hide_password=True)


def _url(place: str | Path) -> URL:
    if isinstance(place, Path):
        return URL.create("sqlite", database=os.fspath(place))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        raise AuditorError("the URL of the history can not be read", "write it like postgresql://user@server/name") from error
    name = url.drivername.partition("+")[0]
    if name not in DRIVERS:
        raise AuditorError(f"a history can not lie in {name}", "it lies in SQLite or PostgreSQL: postgresql://user@server/name")
    if name == "sqlite" and not url.database:
        raise AuditorError("the URL of the history names no file", "write it like sqlite:///history.sqlite3")
    return url.set(drivername=DRIVERS[name])


def _prepare(file: Path, create: bool) -> None:
    """The folder of a new file, which keeps itself out of version control."""
    if file.exists():
        return
    if not create:
        raise AuditorError(f"there is no history in {file.as_posix()}", "begin one with `auditor audit --save`")
    try:
        if not file.parent.exists():
            file.parent.mkdir(parents=True, exist_ok=True)  # another run may have been a moment faster
            (file.parent / ".gitignore").write_text("*\n")
    except OSError as error:
        raise AuditorError(f"{file.parent.as_posix()}: can not be made: {error.strerror}", "name another place") from error


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        # auditor: ignore[database]: a file of one's own, opened once a command; SQLite has no limit for statements
        engine = create_engine(url, connect_args={"timeout": WAIT_MS / 1000})
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
        return engine
    try:
        bounds = {"connect_timeout": 10, "options": f"-c statement_timeout={STATEMENT_MS}"}
        # auditor: ignore[database/unpooled-engine]: a command opens one store and ends
        return create_engine(url, pool_pre_ping=True, connect_args=bounds)
    except ModuleNotFoundError as error:
        hint = "in auditor's checkout: pip install '.[postgres]'"
        raise AuditorError("PostgreSQL needs psycopg, which is not installed", hint) from error


def _on_connect(connection: sqlite3.Connection, _: Any) -> None:
    """The file may come with an audited tree: nothing in its schema may call a function with effects."""
    connection.isolation_level = None
    for words in ("trusted_schema = OFF", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {words}")
    _let_readers_read(connection)


def _let_readers_read(connection: sqlite3.Connection) -> None:
    """Write-ahead logging. While two runs begin one file, SQLite refuses the switch at once instead of waiting."""
    until = time.monotonic() + WAIT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(0.02)


def _on_begin(connection: Connection) -> None:
    """A writer takes its place in the queue at once: a reader that turns into a writer could wait for ever."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def plain_words(engine: Engine) -> Iterator[None]:
    """A database that fails is told in a sentence, without its URL's password."""
    try:
        yield
    except DBAPIError as error:
        lines = str(error.orig).strip().splitlines() or ["no reason was given"]
        where = engine.url.render_as_string(hide_password=True)
        hint = "is another run still writing?" if isinstance(error, OperationalError) and "locked" in lines[0] else ""
        raise AuditorError(f"the history in {where} does not answer: {lines[0]}", hint) from error
