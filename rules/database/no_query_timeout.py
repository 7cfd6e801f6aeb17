"""Statements that may run for ever."""

from collections.abc import Iterator

from auditor.rule import Finding, Project, ProjectRule, Severity


class NoQueryTimeout(ProjectRule):
    """
    One slow statement holds its connection, its locks and its worker until it ends, and soon all of them are held. Let the
    server end it: `statement_timeout` in the connection's options (`max_execution_time` for MySQL), a little above what
    the slowest page may take.
    """

    title = "database without a statement timeout"
    severity = Severity.MEDIUM
    bad = [
        """
        class BaseConfig:
            SQLALCHEMY_DATABASE_URI = "postgresql://shop@db/shop"
            SQLALCHEMY_ENGINE_OPTIONS = {"connect_args": {"options": "-c statement_timeout=8000"}}

        class WorkerConfig(BaseConfig):
            SQLALCHEMY_ENGINE_OPTIONS = {"pool_size": 2, "connect_args": {"connect_timeout": 5}}  # <-

        class StagingConfig(BaseConfig):
            SQLALCHEMY_ENGINE_OPTIONS = BaseConfig.SQLALCHEMY_ENGINE_OPTIONS | {"echo": True}

        class WorkerConfig(BaseConfig):
            SQLALCHEMY_ENGINE_OPTIONS = {**BaseConfig.SQLALCHEMY_ENGINE_OPTIONS, "pool_size": 20}
        """,
        """
        from sqlalchemy import create_engine, event

        engine = create_engine("postgresql://shop@db/shop", pool_timeout=3)  # <-
        replica = create_engine("postgresql://shop@replica/shop")

        @event.listens_for(replica, "connect")
        def bound(connection, record):
            connection.cursor().execute("SET statement_timeout = 5000")
        """,
        """
        from sqlalchemy import create_engine

        engine = create_engine("postgresql://shop@db/shop", pool_size=10, connect_args={"connect_timeout": 3})  # <-
        """,
        """
        # file: shop/settings.py
        ROOT_URLCONF = "shop.urls"
        DATABASES = {
            "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "CONN_MAX_AGE": 60},  # <-
        }
        """,
        """
        from flask import Flask
        from flask_sqlalchemy import SQLAlchemy

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://shop@db/shop"  # <-
        db = SQLAlchemy(app)
        """,
    ]
    good = [
        """
        # file: shop/settings.py
        class Database:
            url: str = "postgresql://shop@db/shop"
            longest_ms: int = 6000

            @property
            def connect_args(self) -> dict[str, str]:
                return {"options": f"-c statement_timeout={self.longest_ms}"}

        def get_settings() -> Database:
            return Database()
        # file: shop/engine.py
        from sqlalchemy import create_engine

        from shop.settings import get_settings

        settings = get_settings()
        engine = create_engine(settings.url, pool_size=4, connect_args=settings.connect_args)
        """,
        """
        from sqlalchemy import create_engine

        OPTIONS = {"options": "-c statement_timeout=5000"}
        engine = create_engine("postgresql://shop@db/shop", connect_args=OPTIONS)
        other = create_engine("postgresql://shop@db/shop?options=-c%20statement_timeout%3D5000")
        memory = create_engine("sqlite://")
        """,
        """
        # file: shop/settings.py
        ROOT_URLCONF = "shop.urls"
        DATABASES = {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "shop",
                "CONN_MAX_AGE": 60,
                "OPTIONS": {"options": "-c statement_timeout=5000"},
            },
        }
        """,
        """
        from sqlalchemy import create_engine, event

        engine = create_engine("postgresql://shop@db/shop")

        @event.listens_for(engine, "connect")
        def bound(connection, record):
            connection.cursor().execute("SET statement_timeout = 5000")
        """,
        """
        # file: shop/app.py
        from flask import Flask
        from flask_sqlalchemy import SQLAlchemy

        options = {"pool_pre_ping": True, "connect_args": {"options": "-c statement_timeout=5000"}}

        class TestingConfig:
            SQLALCHEMY_DATABASE_URI = "postgresql://shop@db/testing"

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://shop@db/shop"
        db = SQLAlchemy(app, engine_options=options)
        """,
    ]

    good += [
        """
        # file: shop/keys.py
        class ConfigKey:
            SQLALCHEMY_DATABASE_URI = "SQLALCHEMY_DATABASE_URI"

        class DocumentationConfig:
            SQLALCHEMY_DATABASE_URI = "postgresql://shop@db/docs"
        # file: shop/start.py
        import psycopg2

        def is_up():
            try:
                connection = psycopg2.connect(dbname="shop")
                connection.close()
            except psycopg2.OperationalError:
                return False
            return True
        """,
    ]
    bad += [
        """
        from sqlalchemy import create_engine

        class Store:
            def __init__(self, url):
                try:
                    engine = create_engine(url, pool_size=4)  # <-
                except TypeError:
                    engine = create_engine(url)
                self.engine = engine
        """,
        """
        import psycopg2

        def count():
            connection = psycopg2.connect(dbname="shop")  # <-
            found = read(connection)
            connection.close()
            return found
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for engine in project.engines:
            if not engine.statement:
                other = "; that connecting is bounded does not end a slow one" if engine.connect else ""
                yield self.finding(
                    engine.location,
                    f"nothing ends a statement that runs too long on what {engine.name} connects to: it keeps its locks and its "
                    f"connection, and requests queue up behind it{other}",
                    confidence=engine.confidence,
                )
