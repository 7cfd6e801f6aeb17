"""Places for histories: each test that asks for `place` runs on SQLite and on PostgreSQL."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.store.place import Store, opened
from tests.store import server

NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a running server, with a gap for a database's name."""
    if server.programs() is None:
        pytest.skip(server.MISSING)
    with server.temporary() as url:
        yield url


@pytest.fixture
def database(postgres: str) -> str:
    """The URL of a new, empty database."""
    return new_database(postgres)


def new_database(url: str) -> str:
    """Makes a database on the server."""
    import psycopg

    name = f"history_{next(NUMBERS)}"
    with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return url.format(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a history may lie: a file that is not there yet, or a new database."""
    if request.param == "sqlite":
        return tmp_path / ".auditor" / "history.sqlite3"
    url: str = request.getfixturevalue("database")
    return url


@pytest.fixture
def store(place: str | Path) -> Iterator[Store]:
    """An open history with nothing in it."""
    with opened(place, create=True) as one:
        yield one
