"""Registrations: the title aimed at."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("registration", sa.Column("title_aimed", sa.String(120), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("registration") as table:
        table.drop_column("title_aimed")
