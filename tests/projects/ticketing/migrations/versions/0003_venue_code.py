"""venue code

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("venue", sa.Column("code", sa.String(12)))
    op.execute("UPDATE venue SET code = 'V' || id")


def downgrade() -> None:
    raise NotImplementedError("venue codes can not be taken back")
