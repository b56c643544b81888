"""Vote profiles of councils."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "vote_profile_version",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("council_id", ID, nullable=False),
        sa.Column("profile", types.JsonText(), nullable=False),
        sa.Column("awards", types.JsonText(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("drafted_by_id", ID, nullable=False),
        sa.Column("drafted_at", types.Instant(), nullable=False),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_vote_profile_version_council_id_council")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["person.id"], name=op.f("fk_vote_profile_version_drafted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_vote_profile_version_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_profile_version")),
        sa.UniqueConstraint("public_id", name=op.f("uq_vote_profile_version_public_id")),
    )
    op.create_index(op.f("ix_vote_profile_version_council_id"), "vote_profile_version", ["council_id"])


def downgrade() -> None:
    op.drop_table("vote_profile_version")
