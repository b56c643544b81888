"""Sessions that somebody has signed out of: a copy of their cookie opens nothing any more."""

import sqlalchemy as sa
from alembic import op

from webapp.models.types import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ended_session",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("ended_at", Instant(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("ended_session")
