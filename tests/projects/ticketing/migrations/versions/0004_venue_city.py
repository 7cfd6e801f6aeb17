"""venue city

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("venue", sa.Column("city", sa.String(80)))


def downgrade() -> None:
    with op.batch_alter_table("venue") as batch:
        batch.drop_column("city")
