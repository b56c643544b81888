"""Registrations in depth: the title aimed at, versions and the requests for them."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("registration", sa.Column("title_aimed", sa.String(120), nullable=True))
    _versions()
    _changes()


def _versions() -> None:
    op.create_table(
        "registration_version",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("registration_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("title_aimed", sa.String(120), nullable=True),
        sa.Column("targets", types.JsonText(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("in_force_from", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_version_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_registration_version_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_version")),
        sa.UniqueConstraint(
            "registration_id", "number", name=op.f("uq_registration_version_registration_id")
        ),
    )
    op.create_index(op.f("ix_registration_version_case_id"), "registration_version", ["case_id"])


def _changes() -> None:
    op.create_table(
        "registration_change",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("registration_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_registration_change_case_id_case")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_change_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_change")),
        sa.UniqueConstraint("case_id", name=op.f("uq_registration_change_case_id")),
    )
    op.create_index(
        op.f("ix_registration_change_registration_id"), "registration_change", ["registration_id"]
    )


def downgrade() -> None:
    op.drop_table("registration_change")
    op.drop_table("registration_version")
    with op.batch_alter_table("registration") as table:
        table.drop_column("title_aimed")
