"""Criteria tables drafted for a unit and approved; who scores whom in a year of a cluster, where chosen by hand."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PARTS = (("unit_id", "unit"), ("drafted_by_id", "person"), ("decided_by_id", "person"))


def upgrade() -> None:
    with op.batch_alter_table("criteria_version") as table:
        # A draft may go back to what it said before.
        table.drop_constraint(op.f("uq_criteria_version_code"), type_="unique")
        for column, target in PARTS:
            table.add_column(sa.Column(column, ID, nullable=True))
            table.create_foreign_key(op.f(f"fk_criteria_version_{column}_{target}"), target, [column], ["id"])
        table.add_column(sa.Column("decided_at", types.Instant(), nullable=True))
    op.add_column("cluster_year", sa.Column("pairs", types.JsonText(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("cluster_year", "pairs")
    with op.batch_alter_table("criteria_version") as table:
        table.drop_column("decided_at")
        for column, target in reversed(PARTS):
            table.drop_constraint(op.f(f"fk_criteria_version_{column}_{target}"), type_="foreignkey")
            table.drop_column(column)
        table.create_unique_constraint(op.f("uq_criteria_version_code"), ["code", "digest"])
