"""Scans of the decisions by which inspections are begun and changed."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0049"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "inspection_paper",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("inspection_id", ID, nullable=False),
        sa.Column("paper_id", ID, nullable=False),
        _to("inspection_id", "inspection"),
        _to("paper_id", "paper"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_paper")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_inspection_paper_paper_id")),
    )
    op.create_index(op.f("ix_inspection_paper_inspection_id"), "inspection_paper", ["inspection_id"])


def _to(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_inspection_paper_{column}_{other}")
    )


def downgrade() -> None:
    op.drop_table("inspection_paper")
