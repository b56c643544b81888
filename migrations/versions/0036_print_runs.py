"""Certificates of a decision printed by the worker, some sheets after the other."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "print_run",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("type", sa.String(60), nullable=True),
        sa.Column("ordering", sa.String(20), nullable=False),
        sa.Column("arrangement", sa.String(20), nullable=False),
        sa.Column("blank", types.JsonText(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.Column("expires_at", types.Instant(), nullable=True),
        sa.Column("file_name", sa.String(500), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("effect_id", sa.String(200), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_print_run_person_id_person")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_print_run_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_print_run_public_id")),
    )
    for column in ("person_id", "decision_id", "state"):
        op.create_index(op.f(f"ix_print_run_{column}"), "print_run", [column])
    op.create_table(
        "print_portion",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("certificates", types.JsonText(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("fault", types.JsonText(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["print_run.id"], name=op.f("fk_print_portion_run_id_print_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_portion")),
    )
    op.create_index("ix_print_portion_waiting", "print_portion", ["run_id", "state", "id"])


def downgrade() -> None:
    op.drop_table("print_portion")
    op.drop_table("print_run")
