"""The tables of history. Moments are seconds since 1970 in UTC, and order a project's snapshots.

What holds over several snapshots is one row, a span: the moments of the first and the last snapshot in a row that had it.
A thousand snapshots of a finding that nobody touches are one row.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = MetaData(naming_convention=NAMING)
KEY = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the key is an INTEGER."""

PROJECT = Table(
    "project",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("name", String(400), nullable=False, unique=True),
)

CONDITIONS = Table(
    "conditions",
    METADATA,
    Column("key", String(16), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""`model.history.Conditions` as MessagePack, once for all snapshots that share them."""

SNAPSHOT = Table(
    "snapshot",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("project_id", KEY, ForeignKey("project.id"), nullable=False),
    Column("moment", BigInteger, nullable=False),
    Column("commit", String(64), nullable=False),
    Column("clean", Boolean, nullable=False),
    Column("conditions", String(16), ForeignKey("conditions.key"), nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("project_id", "moment"),
    Index(None, "project_id", "commit"),
)
"""`body` is `model.history.Entry` as MessagePack; `clean` says that the audited tree was the commit's for certain."""

FINDING = Table(
    "finding",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("project_id", KEY, ForeignKey("project.id"), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("told_at", BigInteger, nullable=False),
    Column("rule", String(200), nullable=False),
    Column("confidence", String(10), nullable=False),
    Column("path", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("message", Text, nullable=False),
    Column("facts", Text, nullable=False),
    UniqueConstraint("project_id", "fingerprint"),
)
"""What a finding says, as the snapshot of `told_at` had it; `facts` is a JSON object of texts."""

FINDING_SPAN = Table(
    "finding_span",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("project_id", KEY, ForeignKey("project.id"), nullable=False),
    Column("owner_id", KEY, ForeignKey("finding.id"), nullable=False),
    Column("severity", String(10), nullable=False),
    Column("counts", Boolean, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Index(None, "project_id", "last"),
    Index(None, "project_id", "first"),
    Index(None, "owner_id", "first"),
)

FIGURE = Table(
    "figure",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("project_id", KEY, ForeignKey("project.id"), nullable=False),
    Column("measure", String(200), nullable=False),
    Column("subject", Text, nullable=False),
    UniqueConstraint("project_id", "measure", "subject"),
)

FIGURE_SPAN = Table(
    "figure_span",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("project_id", KEY, ForeignKey("project.id"), nullable=False),
    Column("owner_id", KEY, ForeignKey("figure.id"), nullable=False),
    Column("value", Float),
    Column("unit", String(40), nullable=False),
    Column("basis", String(10), nullable=False),
    Column("source", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("taken_at", String(40), nullable=False),
    Column("link", Text, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Index(None, "project_id", "last"),
    Index(None, "project_id", "first"),
    Index(None, "owner_id", "first"),
)
