"""Indexes of the lists of tasks hold the case as well: that a dossier is suspended is told without reading the task."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

BEFORE = {
    "ix_task_open": ("status", "role", "unit_id", "person_id", "holder_id", "due"),
    "ix_task_holder": ("status", "holder_id", "due"),
    "ix_task_person": ("status", "person_id", "due"),
}
AFTER = {
    "ix_task_open": ("status", "role", "unit_id", "person_id", "holder_id", "due", "case_id"),
    "ix_task_holder": ("status", "holder_id", "due", "case_id"),
    "ix_task_person": ("status", "person_id", "holder_id", "due", "case_id"),
}


def upgrade() -> None:
    _replace(AFTER)


def downgrade() -> None:
    _replace(BEFORE)


def _replace(indexes: dict[str, tuple[str, ...]]) -> None:
    for name, columns in indexes.items():
        op.drop_index(name, "task")
        op.create_index(name, "task", columns)
