"""The stages a case went through, from which forecasts are counted; and lists of tasks in the order of an index."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FREE = ("status", "role", "unit_id", "person_id", "holder_id")
BEFORE = {
    "ix_task_open": (*FREE, "due", "case_id"),
    "ix_task_holder": ("status", "holder_id", "due", "person_id", "role", "unit_id", "case_id"),
    "ix_task_person": ("status", "person_id", "holder_id", "due", "role", "unit_id", "case_id"),
    "ix_task_closed_by": ("closed_by_id", "status", "closed_at", "case_id"),
}
AFTER = {
    "ix_task_open": (*FREE, "due", "id", "case_id"),
    "ix_task_kind": (*FREE, "process", "element", "due", "id", "case_id"),
    "ix_task_holder": ("status", "holder_id", "due", "id", "person_id", "role", "unit_id", "case_id"),
    "ix_task_person": ("status", "person_id", "holder_id", "due", "id", "role", "unit_id", "case_id"),
    "ix_task_closed_by": ("closed_by_id", "status", "closed_at", "id", "case_id"),
}


def upgrade() -> None:
    op.create_table(
        "stage_visit",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("stage", sa.String(30), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("entered_at", types.Instant(), nullable=False),
        sa.Column("left_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_stage_visit_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_visit")),
        sa.UniqueConstraint("case_id", "stage", "round", name=op.f("uq_stage_visit_case_id")),
    )
    op.create_index("ix_stage_visit_round", "stage_visit", ["round", "case_id"])
    # Round 0: what the case itself says, until its log is read (`flask stages read`, or the worker by night).
    op.execute(
        "INSERT INTO stage_visit (case_id, stage, round, entered_at, left_at)"
        " SELECT id, coalesce(stage, ''), 0, coalesce(stage_since, opened_at), ended_at FROM \"case\""
    )
    op.drop_table("stage_passage")
    _exchange(BEFORE, AFTER)


def downgrade() -> None:
    op.create_table(
        "stage_passage",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("way", sa.String(80), nullable=False),
        sa.Column("stage", sa.String(30), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_stage_passage_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_passage")),
    )
    op.create_index(op.f("ix_stage_passage_case_id"), "stage_passage", ["case_id"])
    op.create_index("ix_stage_passage_way", "stage_passage", ["way", "stage", "days"])
    op.drop_table("stage_visit")
    _exchange(AFTER, BEFORE)


def _exchange(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> None:
    for name in old:
        op.drop_index(name, "task")
    for name, columns in new.items():
        op.create_index(name, "task", list(columns))
