"""Verifications of the record are carried out by the worker; e-mails about checkpoints are kept."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTS = ("total", "events", "streams", "checkpoints", "papers", "milliseconds", "faults")


def upgrade() -> None:
    op.create_table(
        "log_verification",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("asked_at", types.Instant(), nullable=False),
        sa.Column("lease_until", types.Instant(), nullable=True),
        sa.Column("ended_at", types.Instant(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("findings", types.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_log_verification_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_verification")),
    )
    op.create_index(op.f("ix_log_verification_person_id"), "log_verification", ["person_id"])
    op.create_table(
        "checkpoint_mail",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("message_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("checkpoints", types.JsonText(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("sent_at", types.Instant(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_checkpoint_mail_message_id")),
    )


def downgrade() -> None:
    op.drop_table("checkpoint_mail")
    op.drop_table("log_verification")
