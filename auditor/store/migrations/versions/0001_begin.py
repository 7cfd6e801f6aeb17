"""The first tables: projects, conditions, snapshots, and findings and figures with their spans."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes them all."""
    op.create_table(
        "project",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_project"),
        sa.UniqueConstraint("name", name="uq_project_name"),
    )
    op.create_table(
        "conditions",
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_conditions"),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", KEY, nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("moment", sa.BigInteger, nullable=False),
        sa.Column("commit", sa.String(64), nullable=False),
        sa.Column("clean", sa.Boolean, nullable=False),
        sa.Column("conditions", sa.String(16), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_snapshot"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_snapshot_project_id"),
        sa.ForeignKeyConstraint(["conditions"], ["conditions.key"], name="fk_snapshot_conditions"),
        sa.UniqueConstraint("project_id", "moment", name="uq_snapshot_project_id_moment"),
    )
    op.create_index("ix_snapshot_project_id_commit", "snapshot", ["project_id", "commit"])
    op.create_table(
        "finding",
        sa.Column("id", KEY, nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("told_at", sa.BigInteger, nullable=False),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("confidence", sa.String(10), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_finding_project_id"),
        sa.UniqueConstraint("project_id", "fingerprint", name="uq_finding_project_id_fingerprint"),
    )
    op.create_table(
        "figure",
        sa.Column("id", KEY, nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("measure", sa.String(200), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_figure"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_figure_project_id"),
        sa.UniqueConstraint("project_id", "measure", "subject", name="uq_figure_project_id_measure_subject"),
    )
    _spans("finding", sa.Column("severity", sa.String(10), nullable=False), sa.Column("counts", sa.Boolean, nullable=False))
    _spans(
        "figure",
        sa.Column("value", sa.Float),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("basis", sa.String(10), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("taken_at", sa.String(40), nullable=False),
        sa.Column("link", sa.Text, nullable=False),
    )


def _spans(owner: str, *facet: "sa.Column[object]") -> None:
    name = f"{owner}_span"
    op.create_table(
        name,
        sa.Column("id", KEY, nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        *facet,
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=f"fk_{name}_project_id"),
        sa.ForeignKeyConstraint(["owner_id"], [f"{owner}.id"], name=f"fk_{name}_owner_id"),
    )
    for columns in (["project_id", "last"], ["project_id", "first"], ["owner_id", "first"]):
        op.create_index(f"ix_{name}_{'_'.join(columns)}", name, columns)


def downgrade() -> None:
    """Takes them away, and all history with them."""
    for name in ("figure_span", "finding_span", "figure", "finding", "snapshot", "conditions", "project"):
        op.drop_table(name)
