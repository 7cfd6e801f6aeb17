"""Plays one Alembic migration there and back on an empty SQLite database."""

from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect


def there_and_back(folder: Path, name: str) -> tuple[str, str]:
    """The schema before a revision, and after its upgrade and downgrade; raises what the revision raises."""
    revisions = list(reversed(list(ScriptDirectory(str(folder)).walk_revisions())))
    engine = create_engine("sqlite://")
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        for revision in revisions:
            before = _schema(connection)
            revision.module.upgrade()
            if revision.revision == name:
                revision.module.downgrade()
                return before, _schema(connection)
    raise LookupError(name)


def _schema(connection: Any) -> str:
    known = inspect(connection)
    return repr(
        [
            (table, sorted(column["name"] for column in known.get_columns(table)), known.get_indexes(table))
            for table in sorted(known.get_table_names())
        ]
    )
