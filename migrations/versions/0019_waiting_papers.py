"""Files chosen on a form that opens a case wait for it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "waiting_paper",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("filename", sa.String(500), nullable=False),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_waiting_paper_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_paper")),
        sa.UniqueConstraint("public_id", name=op.f("uq_waiting_paper_public_id")),
    )
    op.create_index(op.f("ix_waiting_paper_person_id"), "waiting_paper", ["person_id"])


def downgrade() -> None:
    op.drop_table("waiting_paper")
