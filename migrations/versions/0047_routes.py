"""The ways cases took, read out of the log by the worker; and events in the order of their instants."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0045"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "taken_route",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("process", sa.String(60), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("variant", sa.String(64), nullable=False),
        sa.Column("drawn", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_route")),
        sa.UniqueConstraint("digest", name=op.f("uq_taken_route_digest")),
    )
    op.create_index(op.f("ix_taken_route_variant"), "taken_route", ["variant"])
    op.create_table(
        "case_route",
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_route_case_id_case")),
        sa.ForeignKeyConstraint(
            ["route_id"], ["taken_route.id"], name=op.f("fk_case_route_route_id_taken_route")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_route")),
    )
    op.create_index(op.f("ix_case_route_route_id"), "case_route", ["route_id"])
    op.create_index("ix_event_at", "event", ["at", "id"])


def downgrade() -> None:
    op.drop_index("ix_event_at", "event")
    op.drop_table("case_route")
    op.drop_table("taken_route")
