"""Indexes of what is counted over all cases: days in a phase, roles that are waited for, decisions of tasks."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

COUNTED = (
    *("process", "state", "stage", "outcome", "unit_id", "campaign_id"),
    *("organiser_id", "district_id", "province_id", "registrant_id"),
)
BEFORE = {
    "ix_case_counted": ("case", *COUNTED),
    "ix_task_in_case": ("task", "case_id", "status", "due"),
}
AFTER = {
    "ix_case_counted": ("case", *COUNTED, "stage_since"),
    "ix_task_in_case": ("task", "case_id", "status", "due", "role"),
    "ix_task_decision": ("task", "decision", "status", "case_id"),
}


def upgrade() -> None:
    _exchange(BEFORE, AFTER)


def downgrade() -> None:
    _exchange(AFTER, BEFORE)


def _exchange(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> None:
    for name, (table, *_columns) in old.items():
        op.drop_index(name, table)
    for name, (table, *columns) in new.items():
        op.create_index(name, table, columns)
