"""Cases that go over to the successors of units, one by one; an index of who competes in a strand of a round."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COMPETING = "ix_nomination_round_strand"


def upgrade() -> None:
    op.add_column("unit_change", sa.Column("choices", types.JsonText(), nullable=False, server_default="{}"))
    op.add_column("unit_change", sa.Column("state", sa.String(20), nullable=False, server_default="done"))
    op.add_column("unit_change", sa.Column("ended_at", types.Instant(), nullable=True))
    op.create_table(
        "moved_case",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("change_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("fault", types.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["unit_change.id"], name=op.f("fk_moved_case_change_id_unit_change")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_moved_case_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_case")),
        sa.UniqueConstraint("change_id", "case_id", name=op.f("uq_moved_case_change_id")),
    )
    op.create_index("ix_moved_case_waiting", "moved_case", ["change_id", "state", "id"])
    op.create_index(op.f("ix_moved_case_case_id"), "moved_case", ["case_id"])
    op.drop_index(COMPETING, "nomination")
    op.create_index(COMPETING, "nomination", ["round_id", "strand_id", "award", "case_id", "nominee_id"])


def downgrade() -> None:
    op.drop_index(COMPETING, "nomination")
    op.create_index(COMPETING, "nomination", ["round_id", "strand_id"])
    op.drop_table("moved_case")
    for column in ("ended_at", "state", "choices"):
        op.drop_column("unit_change", column)
