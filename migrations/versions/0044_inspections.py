"""Inspections: their decision, units, period and members, what they note and what they find."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0044"
down_revision = "0041"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_inspections()
    _create_units()
    _create_members()
    _create_notes()
    _create_findings()


def _create_inspections() -> None:
    op.create_table(
        "inspection",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("decision_number", sa.String(100), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.String(500), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("campaign_id", ID, nullable=True),
        sa.Column("begun_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_inspection_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sa.UniqueConstraint("code", name=op.f("uq_inspection_code")),
    )


def _create_units() -> None:
    op.create_table(
        "inspection_unit",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("inspection_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        _to("inspection_unit", "inspection_id", "inspection"),
        _to("inspection_unit", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_unit")),
        sa.UniqueConstraint("inspection_id", "unit_id", name=op.f("uq_inspection_unit_inspection_id")),
    )


def _create_members() -> None:
    op.create_table(
        "inspection_member",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("inspection_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("head", sa.Boolean(), nullable=False),
        sa.Column("left_at", types.Instant(), nullable=True),
        _to("inspection_member", "inspection_id", "inspection"),
        _to("inspection_member", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_member")),
        sa.UniqueConstraint("inspection_id", "person_id", name=op.f("uq_inspection_member_inspection_id")),
    )
    op.create_index("ix_inspection_member_person", "inspection_member", ["person_id", "inspection_id"])


def _create_notes() -> None:
    op.create_table(
        "inspection_note",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("inspection_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("event_number", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", types.Instant(), nullable=False),
        _to("inspection_note", "inspection_id", "inspection"),
        _to("inspection_note", "case_id", "case"),
        _to("inspection_note", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_note")),
    )
    op.create_index("ix_inspection_note_place", "inspection_note", ["inspection_id", "case_id"])


def _create_findings() -> None:
    op.create_table(
        "inspection_finding",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("inspection_id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("event_number", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(20), nullable=False),
        _to("inspection_finding", "case_id", "case"),
        _to("inspection_finding", "inspection_id", "inspection"),
        _to("inspection_finding", "subject_id", "case"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_finding")),
        sa.UniqueConstraint("case_id", name=op.f("uq_inspection_finding_case_id")),
    )
    op.create_index("ix_inspection_finding_inspection", "inspection_finding", ["inspection_id", "case_id"])
    op.create_index(op.f("ix_inspection_finding_subject_id"), "inspection_finding", ["subject_id"])


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def downgrade() -> None:
    for table in ("finding", "note", "member", "unit"):
        op.drop_table(f"inspection_{table}")
    op.drop_table("inspection")
