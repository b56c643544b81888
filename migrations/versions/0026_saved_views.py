"""Saved views and columns of lists, lists written to files by the worker, and how long nominations take."""

import sqlalchemy as sa
from alembic import op

from webapp.models.types import Instant

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _views()
    _exports()
    _forecasts()


def downgrade() -> None:
    for table in (
        "stage_forecast",
        "stage_passage",
        "list_export",
        "chosen_columns",
        "start_view",
        "saved_view",
    ):
        op.drop_table(table)


def _views() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", KEY, primary_key=True, autoincrement=True),
        sa.Column("public_id", sa.String(36), nullable=False, unique=True),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("page", sa.String(60), nullable=False),
        sa.Column("query", sa.String(2000), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
    )
    op.create_index("ix_saved_view_of_person", "saved_view", ["person_id", "page"])
    op.create_index("ix_saved_view_of_unit", "saved_view", ["unit_id", "page"])
    op.create_table(
        "start_view",
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("view_id", KEY, sa.ForeignKey("saved_view.id"), nullable=False, index=True),
    )
    op.create_table(
        "chosen_columns",
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("page", sa.String(60), primary_key=True),
        sa.Column("columns", sa.String(300), nullable=False),
    )


def _exports() -> None:
    op.create_table(
        "list_export",
        sa.Column("id", KEY, primary_key=True, autoincrement=True),
        sa.Column("public_id", sa.String(36), nullable=False, unique=True),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("page", sa.String(60), nullable=False),
        sa.Column("query", sa.String(2000), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("written", sa.Integer, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("lease_until", Instant()),
        sa.Column("ended_at", Instant()),
        sa.Column("expires_at", Instant()),
        sa.Column("file_name", sa.String(300)),
        sa.Column("sha256", sa.String(64)),
        sa.Column("size", sa.Integer),
    )
    op.create_index("ix_list_export_waiting", "list_export", ["state", "id"])


def _forecasts() -> None:
    op.create_table(
        "stage_passage",
        sa.Column("id", KEY, primary_key=True, autoincrement=True),
        sa.Column("case_id", KEY, sa.ForeignKey("case.id"), nullable=False, index=True),
        sa.Column("way", sa.String(80), nullable=False),
        sa.Column("stage", sa.String(30), nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
    )
    op.create_index("ix_stage_passage_way", "stage_passage", ["way", "stage", "days"])
    op.create_table(
        "stage_forecast",
        sa.Column("way", sa.String(80), primary_key=True),
        sa.Column("stage", sa.String(30), primary_key=True),
        sa.Column("cases", sa.Integer, nullable=False),
        sa.Column("median", sa.Integer, nullable=False),
        sa.Column("later", sa.Integer, nullable=False),
        sa.Column("counted_at", Instant(), nullable=False),
    )
