"""Questions before a session, and e-mails."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "session_question",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("nomination_id", ID, nullable=True),
        sa.Column("asker_id", ID, nullable=False),
        sa.Column("asked_under", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", types.Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by_id", ID, nullable=True),
        sa.Column("answered_at", types.Instant(), nullable=True),
        _reference("session_question", "session_id", "council_session"),
        _reference("session_question", "nomination_id", "nomination"),
        _reference("session_question", "asker_id", "person"),
        _reference("session_question", "answered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_question")),
        sa.UniqueConstraint("public_id", name=op.f("uq_session_question_public_id")),
        sa.UniqueConstraint(
            "session_id", "asker_id", "asked_under", name=op.f("uq_session_question_session_id")
        ),
    )
    op.create_index(op.f("ix_session_question_nomination_id"), "session_question", ["nomination_id"])
    op.create_table(
        "mail",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("template", sa.String(60), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("outbox_item_id", ID, nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("sent_at", types.Instant(), nullable=True),
        _reference("mail", "person_id", "person"),
        _reference("mail", "case_id", "case"),
        _reference("mail", "outbox_item_id", "outbox_item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mail_public_id")),
    )
    for column in ("person_id", "case_id", "outbox_item_id"):
        op.create_index(op.f(f"ix_mail_{column}"), "mail", [column])


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def downgrade() -> None:
    op.drop_table("mail")
    op.drop_table("session_question")
