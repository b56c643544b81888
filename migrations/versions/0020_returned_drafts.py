"""A draft of a rule set or a criteria table may come back from the authority with a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES = ("rule_set_version", "criteria_version")


def upgrade() -> None:
    for name in TABLES:
        op.add_column(name, sa.Column("remark", sa.Text(), nullable=True))


def downgrade() -> None:
    for name in TABLES:
        op.drop_column(name, "remark")
