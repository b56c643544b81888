"""Red flags made from the log, and how far each case was looked through."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "red_flag",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(36), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("facts", types.JsonText(), nullable=False),
        sa.Column("found_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_red_flag_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_red_flag")),
        sa.UniqueConstraint("case_id", "event", "kind", name=op.f("uq_red_flag_case_id")),
    )
    op.create_index("ix_red_flag_at", "red_flag", ["at", "id"])
    op.create_index("ix_red_flag_kind", "red_flag", ["kind", "at", "id"])
    op.create_table(
        "flag_examination",
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("examined_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_flag_examination_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_flag_examination")),
    )


def downgrade() -> None:
    op.drop_table("flag_examination")
    op.drop_table("red_flag")
