"""Reports of units at a review, and their figures."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "unit_report",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("review", sa.String(120), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("submitted_at", types.Instant(), nullable=False),
        sa.Column("checked_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_unit_report_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_report_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["form_entry.id"], name=op.f("fk_unit_report_entry_id_form_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_report")),
        sa.UniqueConstraint("case_id", "review", "unit_id", name=op.f("uq_unit_report_case_id")),
    )
    op.create_index(op.f("ix_unit_report_unit_id"), "unit_report", ["unit_id"])
    op.create_table(
        "reported_figure",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("figure", sa.String(160), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("actual", types.Quantity(), nullable=True),
        sa.Column("baseline", types.Quantity(), nullable=True),
        sa.Column("weight", types.Quantity(), nullable=True),
        sa.Column("paper", sa.String(36), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["unit_report.id"], name=op.f("fk_reported_figure_report_id_unit_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_figure")),
        sa.UniqueConstraint("report_id", "figure", name=op.f("uq_reported_figure_report_id")),
    )


def downgrade() -> None:
    op.drop_table("reported_figure")
    op.drop_table("unit_report")
