"""Personal data of a case can be erased by law."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0049"
down_revision = "0047"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = sa.text("state <> 'refused'")


def upgrade() -> None:
    op.add_column("case", sa.Column("erased_at", types.Instant(), nullable=True))
    op.add_column("paper", sa.Column("erased_at", types.Instant(), nullable=True))
    op.create_table(
        "erasure",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("rule", types.JsonText(), nullable=True),
        sa.Column("number", sa.String(120), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(2000), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("proposed_by_id", ID, nullable=False),
        sa.Column("proposed_at", types.Instant(), nullable=False),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", types.Instant(), nullable=True),
        sa.Column("remark", sa.String(2000), nullable=True),
        sa.Column("counts", types.JsonText(), nullable=True),
        _reference("case_id", "case"),
        _reference("proposed_by_id", "person"),
        _reference("decided_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("public_id", name=op.f("uq_erasure_public_id")),
    )
    op.create_index(op.f("ix_erasure_case_id"), "erasure", ["case_id"])
    op.create_index("ix_erasure_state", "erasure", ["state", "id"])
    op.create_index(
        "uq_erasure_live", "erasure", ["case_id"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )


def _reference(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_erasure_{column}_{other}"))


def downgrade() -> None:
    op.drop_table("erasure")
    for table in ("paper", "case"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("erased_at")
