"""Keys that sign papers, and the pictures of seals."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("library", sa.String(300), nullable=True),
        sa.Column("token", sa.String(120), nullable=True),
        sa.Column("label", sa.String(120), nullable=True),
        sa.Column("picture", sa.String(64), nullable=True),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("serial", sa.String(60), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("valid_from", types.Instant(), nullable=False),
        sa.Column("valid_until", types.Instant(), nullable=False),
        sa.Column("development", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_signing_key_unit_id_unit")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signing_key_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signing_key_public_id")),
    )
    op.create_index(op.f("ix_signing_key_unit_id"), "signing_key", ["unit_id"])
    op.create_index(op.f("ix_signing_key_person_id"), "signing_key", ["person_id"])
    op.create_table(
        "seal_picture",
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("saved_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_seal_picture_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_seal_picture")),
    )
    op.create_index(op.f("ix_paper_origin_id"), "paper", ["origin_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_paper_origin_id"), "paper")
    op.drop_table("seal_picture")
    op.drop_table("signing_key")
