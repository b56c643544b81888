"""Remarks on cases, which tasks somebody has opened, and whether they use single keys."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

BEFORE = {
    "ix_task_open": ("status", "role", "unit_id", "person_id", "holder_id", "due"),
    "ix_task_holder": ("status", "holder_id", "due"),
    "ix_task_person": ("status", "person_id", "due"),
    "ix_task_closed_by": ("closed_by_id", "closed_at", "case_id"),
}
WHOLE = {
    "ix_task_open": (*BEFORE["ix_task_open"], "case_id"),
    "ix_task_holder": (*BEFORE["ix_task_holder"], "person_id", "role", "unit_id", "case_id"),
    "ix_task_person": ("status", "person_id", "holder_id", "due", "role", "unit_id", "case_id"),
    "ix_task_closed_by": ("closed_by_id", "status", "closed_at", "case_id"),
}
"""The indexes of the lists with all that is counted by: whose a task is, and whether its case rests."""


def upgrade() -> None:
    op.create_table(
        "remark",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("written_under", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("mentioned", sa.Text(), nullable=False),
        sa.Column("written_at", types.Instant(), nullable=False),
        sa.Column("withdrawn_at", types.Instant(), nullable=True),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        _reference("remark", "case_id", "case"),
        _reference("remark", "author_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("public_id", name=op.f("uq_remark_public_id")),
        sa.UniqueConstraint("author_id", "written_under", name=op.f("uq_remark_author_id")),
    )
    op.create_index(op.f("ix_remark_case_id"), "remark", ["case_id"])
    op.create_table(
        "task_read",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("read_at", types.Instant(), nullable=False),
        _reference("task_read", "person_id", "person"),
        _reference("task_read", "task_id", "task"),
        sa.PrimaryKeyConstraint("person_id", "task_id", name=op.f("pk_task_read")),
    )
    op.create_index("ix_task_read_task", "task_read", ["task_id"])
    op.create_table(
        "preference",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("shortcuts", sa.Boolean(), nullable=False),
        _reference("preference", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_preference")),
    )

    for name, columns in WHOLE.items():
        _index(name, columns)


def _index(name: str, columns: tuple[str, ...]) -> None:
    """Make an index of this name anew."""
    op.drop_index(name, "task")
    op.create_index(name, "task", list(columns))


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def downgrade() -> None:
    for name, columns in BEFORE.items():
        _index(name, columns)
    for table in ("preference", "task_read", "remark"):
        op.drop_table(table)
