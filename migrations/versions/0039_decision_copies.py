"""Copies of decisions: who got one, how and when."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0034"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "decision_copy",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("recipient", sa.String(500), nullable=False),
        sa.Column("unit_id", ID, nullable=True),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_copy_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_decision_copy_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_decision_copy_sent_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_copy")),
    )
    op.create_index(op.f("ix_decision_copy_decision_id"), "decision_copy", ["decision_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_decision_copy_decision_id"), "decision_copy")
    op.drop_table("decision_copy")
