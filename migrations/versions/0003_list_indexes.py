"""Indexes of the lists: what is counted over many cases and tasks is read from an index alone.

The rows of cases carry snapshots, and a count that reads them reads hundreds of megabytes.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = {
    "ix_task_open": ("task", "status", "role", "unit_id", "due"),
    "ix_task_closed_by": ("task", "closed_by_id", "closed_at"),
    "ix_task_case_id": ("task", "case_id"),
}
AFTER = {
    "ix_case_counted": (
        *("case", "process", "state", "stage", "outcome", "unit_id", "campaign_id"),
        *("organiser_id", "district_id", "province_id", "registrant_id"),
    ),
    "ix_task_open": ("task", "status", "role", "unit_id", "person_id", "holder_id", "due"),
    "ix_task_due": ("task", "status", "due", "case_id"),
    "ix_task_element": ("task", "status", "element", "case_id"),
    "ix_task_in_case": ("task", "case_id", "status", "due"),
    "ix_task_of_role": ("task", "role", "unit_id", "person_id", "case_id"),
    "ix_task_of_person": ("task", "person_id", "case_id"),
    "ix_task_closed_by": ("task", "closed_by_id", "closed_at", "case_id"),
}


def upgrade() -> None:
    _replace(BEFORE, AFTER)


def downgrade() -> None:
    _replace(AFTER, BEFORE)


def _replace(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> None:
    for name, (table, *_columns) in old.items():
        op.drop_index(name, table)
    for name, (table, *columns) in new.items():
        op.create_index(name, table, columns)
