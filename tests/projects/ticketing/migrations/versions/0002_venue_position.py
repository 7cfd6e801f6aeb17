"""venue position

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("venue", sa.Column("latitude", sa.Float))
    op.add_column("venue", sa.Column("longitude", sa.Float))


def downgrade() -> None:
    pass
