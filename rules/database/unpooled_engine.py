"""Connections that are opened anew again and again."""

from collections.abc import Iterator

from auditor.rule import Finding, Project, ProjectRule, Severity

WORDS = {
    "each": "{name} opens a new connection in every call of {function}: under load the database runs out of them",
    "off": "the pool of {name} is switched off, and nothing says that a pooler stands before the database",
    "none": "{name} keeps no connection: every request opens one anew",
}


class UnpooledEngine(ProjectRule):
    """
    Opening a connection costs more than most queries, and a database serves only so many of them. Make one engine when
    the program starts and let its pool hand connections out; in Django set `CONN_MAX_AGE` or a pool.
    """

    title = "database connection without a pool"
    severity = Severity.MEDIUM
    bad = [
        """
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        # PgBouncer stands before the orders and keeps the connections.
        orders = create_engine("postgresql://shop@db/shop", poolclass=NullPool)
        ledger = create_engine("postgresql://shop@ledger/shop", poolclass=NullPool)  # <-
        """,
        """
        from sqlalchemy import create_engine, text

        def total(url):
            engine = create_engine(url)  # <-
            with engine.connect() as connection:
                return connection.execute(text("select sum(total) from orders")).scalar()
        """,
        """
        from sqlalchemy import create_engine, text

        engine = create_engine("postgresql://shop@db/shop", pool_size=10)

        def count(url):
            engine = create_engine(url, pool_size=1)  # <-
            with engine.connect() as connection:
                return connection.execute(text("select count(*) from orders")).scalar()
        """,
        """
        import psycopg2

        def rows(dsn):
            connection = psycopg2.connect(dsn)  # <-
            cursor = connection.cursor()
            cursor.execute("select 1")
            return cursor.fetchall()
        """,
        """
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        engine = create_engine("postgresql://shop@db/shop", poolclass=NullPool)  # <-
        """,
        """
        # file: shop/settings.py
        ROOT_URLCONF = "shop.urls"
        DATABASES = {
            "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"},  # <-
            "replica": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "CONN_MAX_AGE": 60},
        }
        """,
    ]
    good = [
        """
        from functools import lru_cache
        from sqlalchemy import create_engine
        from sqlalchemy.orm import scoped_session, sessionmaker

        engine = create_engine("postgresql://shop@db/shop", pool_size=10, pool_pre_ping=True)

        @lru_cache
        def reports(url):
            return create_engine(url)

        _engines = {}

        def archive(url):
            if url not in _engines:
                engine = create_engine(url)
                _engines[url] = engine
            return _engines[url]

        class Store:
            sessions = None

            def __init__(self, url):
                self.engine = create_engine(url)

            @classmethod
            def of(cls, url):
                if cls.sessions is None:
                    engine = create_engine(url)
                    cls.sessions = scoped_session(sessionmaker(engine))
                return cls.sessions

        waiting = None

        def connect(url):
            global waiting
            waiting = create_engine(url)
            return waiting
        """,
        """
        # file: shop/settings.py
        ROOT_URLCONF = "shop.urls"
        DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}
        DATABASES["default"]["CONN_MAX_AGE"] = 60

        # file: shop/local/settings.py
        DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "shop.db"}}

        # file: shop/maps/settings.py
        DATABASES = {"default": {"ENGINE": "django.contrib.gis.db.backends.spatialite", "NAME": "maps.db"}}
        """,
        """
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        # PgBouncer stands before the database and keeps the connections.
        engine = create_engine("postgresql://shop@db/shop", poolclass=NullPool)
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for engine in project.engines:
            if engine.pool in WORDS:
                yield self.finding(
                    engine.location,
                    WORDS[engine.pool].format(name=engine.name, function=engine.function),
                    confidence=engine.confidence,
                )
