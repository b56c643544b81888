"""Later decisions about awards: corrections, revocations, money that comes back; certificates made anew."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("certificate") as table:
        table.add_column(sa.Column("cause", sa.String(20), nullable=True))
    _create_corrections()
    _create_revocations()
    op.create_table(
        "repayment",
        _id(),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("revoked_award_id", ID, nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("document_number", sa.String(120), nullable=False),
        sa.Column("entered_at", types.Instant(), nullable=False),
        sa.Column("entered_by_id", ID, nullable=True),
        _reference("repayment", "revoked_award_id", "revoked_award"),
        _reference("repayment", "entered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repayment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_repayment_public_id")),
    )
    op.create_index(op.f("ix_repayment_revoked_award_id"), "repayment", ["revoked_award_id"])


def _create_corrections() -> None:
    op.create_table(
        "award_correction",
        _id(),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("award_id", ID, nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        _reference("award_correction", "decision_id", "decision"),
        _reference("award_correction", "award_id", "award"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_correction")),
        sa.UniqueConstraint("decision_id", "award_id", "field", name=op.f("uq_award_correction_decision_id")),
    )
    op.create_index(op.f("ix_award_correction_award_id"), "award_correction", ["award_id"])


def _create_revocations() -> None:
    op.create_table(
        "revocation",
        _id(),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("ground", sa.String(120), nullable=False),
        sa.Column("concluded_by", sa.String(500), nullable=False),
        sa.Column("conclusion_number", sa.String(120), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=False),
        sa.Column("conclusion_paper_id", ID, nullable=True),
        _reference("revocation", "decision_id", "decision"),
        _reference("revocation", "conclusion_paper_id", "paper"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_revocation_decision_id")),
    )
    op.create_table(
        "revoked_award",
        _id(),
        sa.Column("revocation_id", ID, nullable=False),
        sa.Column("award_id", ID, nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("amount_due", sa.Integer(), nullable=False),
        _reference("revoked_award", "revocation_id", "revocation"),
        _reference("revoked_award", "award_id", "award"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revoked_award")),
        sa.UniqueConstraint("revocation_id", "award_id", name=op.f("uq_revoked_award_revocation_id")),
    )
    op.create_index(op.f("ix_revoked_award_award_id"), "revoked_award", ["award_id"])


def _id() -> sa.Column:
    return sa.Column("id", ID, autoincrement=True, nullable=False)


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def downgrade() -> None:
    for table in ("repayment", "revoked_award", "revocation", "award_correction"):
        op.drop_table(table)
    with op.batch_alter_table("certificate") as table:
        table.drop_column("cause")
