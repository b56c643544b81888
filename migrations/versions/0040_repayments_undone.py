"""A repayment that was entered by mistake is taken back with a reason; the row stays."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PERSON = "fk_repayment_undone_by_id_person"


def upgrade() -> None:
    with op.batch_alter_table("repayment") as table:
        table.add_column(sa.Column("undone_at", types.Instant(), nullable=True))
        table.add_column(sa.Column("undone_by_id", ID, nullable=True))
        table.add_column(sa.Column("undone_reason", sa.String(2000), nullable=True))
        table.create_foreign_key(op.f(PERSON), "person", ["undone_by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("repayment") as table:
        table.drop_constraint(op.f(PERSON), type_="foreignkey")
        for column in ("undone_reason", "undone_by_id", "undone_at"):
            table.drop_column(column)
