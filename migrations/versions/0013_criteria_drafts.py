"""Criteria tables drafted for a unit and approved; who scores whom in a year of a cluster, where chosen by hand."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PARTS = (("unit_id", "unit"), ("drafted_by_id", "person"), ("decided_by_id", "person"))


def upgrade() -> None:
    # Written out: years refer to the table, so that SQLite could not build it anew, as a batch would.
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for column, target in PARTS:
        name = f"fk_criteria_version_{column}_{target}"
        op.execute(
            f"ALTER TABLE criteria_version ADD COLUMN {column} {kind} CONSTRAINT {name} REFERENCES {target} (id)"
        )
    op.add_column("criteria_version", sa.Column("decided_at", types.Instant(), nullable=True))
    op.add_column("cluster_year", sa.Column("pairs", types.JsonText(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("cluster_year", "pairs")
    op.drop_column("criteria_version", "decided_at")
    for column, _target in reversed(PARTS):
        op.drop_column("criteria_version", column)
