"""Versions of decisions, and their texts that came back from outside."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "decision_version",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("facts", types.JsonText(), nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_version_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["form_entry.id"], name=op.f("fk_decision_version_entry_id_form_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_version")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_decision_version_decision_id")),
    )
    op.create_index(op.f("ix_decision_version_entry_id"), "decision_version", ["entry_id"])
    op.create_table(
        "final_text",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("paper_id", ID, nullable=False),
        sa.Column("found", types.JsonText(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["decision_version.id"],
            name=op.f("fk_final_text_version_id_decision_version"),
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_final_text_paper_id_paper")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_final_text_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_text")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_final_text_paper_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_final_text_public_id")),
    )
    op.create_index(op.f("ix_final_text_version_id"), "final_text", ["version_id"])


def downgrade() -> None:
    op.drop_table("final_text")
    op.drop_table("decision_version")
