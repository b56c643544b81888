"""Sheets that certificates are printed on, with the place of each field on them."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "blank",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("type", sa.String(60), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("with_code", sa.Boolean(), nullable=False),
        sa.Column("shifts", types.JsonText(), nullable=False),
        sa.Column("hidden", types.JsonText(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", types.Instant(), nullable=False),
        sa.Column("saved_by_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_blank_unit_id_unit")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_blank_saved_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blank")),
        sa.UniqueConstraint("public_id", name=op.f("uq_blank_public_id")),
        sa.UniqueConstraint("unit_id", "type", "name", name=op.f("uq_blank_unit_id")),
    )


def downgrade() -> None:
    op.drop_table("blank")
