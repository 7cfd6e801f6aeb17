"""Bringing a history's tables up to date, step by step, when it is opened. The steps lie in `migrations/versions`."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from auditor.model.errors import AuditorError

STEPS = ("0001",)
"""All steps in their order; the last is what this version works with."""
FOLDER = Path(__file__).parent / "migrations"


def step(connection: Connection) -> str | None:
    """The step that the tables are at, None where there are none. Raises AuditorError where they are from a later version."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if at is None:
        return None
    if at not in STEPS:
        raise AuditorError("the history was written by a newer version of auditor", "update auditor here, too")
    return str(at)


def upgrade(connection: Connection) -> None:
    """Takes all steps that are missing, in the transaction of the connection: all of them or none."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    from auditor.store.tables import METADATA

    config = Config()
    config.set_main_option("script_location", FOLDER.as_posix().replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    missing = lambda at, _: script._upgrade_revs("head", at)  # noqa: E731
    with EnvironmentContext(config, script, fn=missing) as environment:
        environment.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
        environment.run_migrations()
