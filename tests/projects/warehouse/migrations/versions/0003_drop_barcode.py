"""no bar codes any more

Revision ID: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("item") as batch:
        batch.drop_column("barcode")


def downgrade() -> None:
    pass
