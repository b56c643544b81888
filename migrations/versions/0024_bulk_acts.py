"""Acts on many tasks at once, and what came of them for each task."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bulk_act",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("decision", sa.String(60), nullable=True),
        sa.Column("form", types.JsonText(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("receiver_id", ID, nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_bulk_act_person_id_person")),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_bulk_act_receiver_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_act")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bulk_act_public_id")),
    )
    op.create_index(op.f("ix_bulk_act_person_id"), "bulk_act", ["person_id"])
    op.create_index(op.f("ix_bulk_act_state"), "bulk_act", ["state"])
    op.create_table(
        "bulk_item",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("bulk_id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("fault", types.JsonText(), nullable=False),
        sa.Column("undo_until", types.Instant(), nullable=True),
        sa.Column("undone_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["bulk_id"], ["bulk_act.id"], name=op.f("fk_bulk_item_bulk_id_bulk_act")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_bulk_item_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_item")),
    )
    op.create_index("ix_bulk_item_waiting", "bulk_item", ["bulk_id", "state", "id"])
    op.create_index("ix_bulk_item_task", "bulk_item", ["task_id", "state"])


def downgrade() -> None:
    op.drop_table("bulk_item")
    op.drop_table("bulk_act")
