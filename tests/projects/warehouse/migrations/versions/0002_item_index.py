"""index on the article number

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index("ix_item_sku", "item", ["sku"])


def downgrade() -> None:
    op.drop_index("ix_item_sku", table_name="item")
