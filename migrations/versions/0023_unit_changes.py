"""Transfers of office; what became of units, by which paper, and who succeeds them."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("giver_id", ID, nullable=False),
        sa.Column("taker_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("roles", types.JsonText(), nullable=False),
        sa.Column("cases", types.JsonText(), nullable=False),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.Column("carried_at", types.Instant(), nullable=True),
        sa.Column("tasks", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_handover_giver_id_person")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_handover_made_by_id_person")),
        sa.ForeignKeyConstraint(["taker_id"], ["person.id"], name=op.f("fk_handover_taker_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("public_id", name=op.f("uq_handover_public_id")),
    )
    op.create_index("ix_handover_giver", "handover", ["giver_id"], unique=False)
    op.create_index("ix_handover_taker", "handover", ["taker_id"], unique=False)
    op.create_index("ix_handover_waiting", "handover", ["carried_at", "day"], unique=False)
    op.create_table(
        "unit_change",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("paper_number", sa.String(length=100), nullable=True),
        sa.Column("paper_date", sa.Date(), nullable=True),
        sa.Column("paper_issuer", sa.String(length=300), nullable=True),
        sa.Column("old_name", sa.String(length=500), nullable=True),
        sa.Column("new_name", sa.String(length=500), nullable=False),
        sa.Column("entered_by_id", ID, nullable=True),
        sa.Column("entered_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_unit_change_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_change_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_change")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unit_change_public_id")),
    )
    op.create_index(op.f("ix_unit_change_unit_id"), "unit_change", ["unit_id"], unique=False)
    op.create_table(
        "unit_succession",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("change_id", ID, nullable=False),
        sa.Column("predecessor_id", ID, nullable=False),
        sa.Column("successor_id", ID, nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["unit_change.id"], name=op.f("fk_unit_succession_change_id_unit_change")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["unit.id"], name=op.f("fk_unit_succession_predecessor_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["unit.id"], name=op.f("fk_unit_succession_successor_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_succession")),
        sa.UniqueConstraint("predecessor_id", "successor_id", name=op.f("uq_unit_succession_predecessor_id")),
    )
    op.create_index(op.f("ix_unit_succession_change_id"), "unit_succession", ["change_id"], unique=False)
    op.create_index(
        op.f("ix_unit_succession_successor_id"), "unit_succession", ["successor_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_unit_succession_successor_id"), table_name="unit_succession")
    op.drop_index(op.f("ix_unit_succession_change_id"), table_name="unit_succession")
    op.drop_table("unit_succession")
    op.drop_index(op.f("ix_unit_change_unit_id"), table_name="unit_change")
    op.drop_table("unit_change")
    op.drop_index("ix_handover_waiting", table_name="handover")
    op.drop_index("ix_handover_taker", table_name="handover")
    op.drop_index("ix_handover_giver", table_name="handover")
    op.drop_table("handover")
