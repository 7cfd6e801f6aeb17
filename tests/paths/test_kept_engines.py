"""Engines that a function makes once, or hands to what is kept."""

import pytest

from tests.paths.projects import project

MADE = """
from sqlalchemy import create_engine

class Orders:
    def __init__(self, engine):
        self.engine = engine

_orders = None

class Desk:
    def {name}(self, url):
        global _orders
        engine = create_engine(url)
        {body}
"""


@pytest.mark.parametrize(
    ("name", "body", "pool"),
    [
        ("total", "return engine.connect().execute(query).scalar()", "each"),
        ("total", "return Orders(engine).total()", "each"),
        ("total", "self.orders = Orders(engine)", "kept"),
        ("total", "_orders = Orders(engine)", "kept"),
        ("_lifespan", "yield engine", "kept"),
        ("on_load", "yield engine", "kept"),
        ("run_migrations", "return engine.connect().execute(query).scalar()", "kept"),
        ("run_report", "return engine.connect().execute(query).scalar()", "each"),
        ("_ensure_app_database", "return engine.connect().execute(query).scalar()", "kept"),
        ("run_sales_export", "return engine.connect().execute(query).scalar()", "each"),
    ],
)
def test_an_engine_is_kept_with_what_keeps_it_and_where_a_program_starts(name: str, body: str, pool: str) -> None:
    (engine,) = project({"desk/store.py": MADE.format(name=name, body=body)}).engines
    assert engine.pool == pool


def test_a_connection_that_hears_what_the_database_tells_stays_open_and_ends_no_statement() -> None:
    code = """
        import psycopg

        def hear(url, channel):
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute({statement})
                for told in connection.notifies():
                    print(told)
        """
    assert not project({"desk/news.py": code.format(statement="f'LISTEN {channel}'")}).engines
    assert project({"desk/news.py": code.format(statement="'select 1'")}).engines


SETTINGS = """
import os

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"options": "-c statement_timeout=15000"},
    }
}
if os.environ.get("ARCHIVE_HOST"):
    DATABASES["archive"] = %s
DATABASES["default"]["NAME"] = "shop"
"""


@pytest.mark.parametrize(
    ("archive", "told"),
    [
        ('{"ENGINE": "django.db.backends.postgresql", "NAME": "archive"}', [("none", False)]),
        ('{"ENGINE": "django.db.backends.sqlite3", "NAME": "archive"}', []),
        ('DATABASES["default"]', []),
    ],
)
def test_a_database_may_be_added_to_the_settings_later(archive: str, told: list[tuple[str, bool]]) -> None:
    found = project({"desk/settings.py": SETTINGS % archive}).engines
    assert [(one.pool, one.statement) for one in found if "archive" in one.name] == told
    assert [(one.pool, one.statement) for one in found if "default" in one.name] == [("kept", True)]


def test_reasons_among_the_arguments_hide_none_of_them() -> None:
    reasons = "    # It has to be a minute, since the page of all orders takes that long on the first of a month.\n" * 9
    options = '    connect_args={"options": "-c statement_timeout=60s"},\n'
    code = f"from sqlalchemy import create_engine\n\nengine = create_engine(\n    URL,\n{reasons}{options})\n"
    assert [engine.statement for engine in project({"shop/db.py": code}).engines] == [True]


@pytest.mark.parametrize(
    ("name", "number"),
    [("_try_db_connect", 0), ("validate_credentials_v2", 0), ("test_connection", 0), ("connect", 1), ("connected_orders", 1)],
)
def test_a_probe_of_whether_a_database_lets_somebody_in_needs_no_pool_and_runs_no_statement(name: str, number: int) -> None:
    code = f"""
import asyncpg

async def {name}(host, user, password):
    connection = await asyncpg.connect(host=host, user=user, password=password)
    await connection.fetchval("SELECT 1")
    await connection.close()
"""
    assert len(project({"desk/store.py": code}).engines) == number
