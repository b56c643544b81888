"""Registrations in depth: the title aimed at, versions and the requests for them, aggregated lists, responses."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("registration", sa.Column("title_aimed", sa.String(120), nullable=True))
    _versions()
    _changes()
    _lists()
    _responses()


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


def _lists() -> None:
    op.create_table(
        "registration_list",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("signed_at", types.Instant(), nullable=True),
        sa.Column("confirmed_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_registration_list_case_id_case")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_registration_list_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_registration_list_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_list")),
        sa.UniqueConstraint("case_id", name=op.f("uq_registration_list_case_id")),
    )
    op.create_index(op.f("ix_registration_list_campaign_id"), "registration_list", ["campaign_id"])
    op.create_table(
        "registration_list_line",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("list_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["registration_list.id"],
            name=op.f("fk_registration_list_line_list_id_registration_list"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["registration_version.id"],
            name=op.f("fk_registration_list_line_version_id_registration_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_list_line")),
        sa.UniqueConstraint("list_id", "version_id", name=op.f("uq_registration_list_line_list_id")),
    )
    op.create_index(op.f("ix_registration_list_line_version_id"), "registration_list_line", ["version_id"])


def _responses() -> None:
    op.create_table(
        "campaign_response",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("parent_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_response_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["campaign.id"], name=op.f("fk_campaign_response_parent_id_campaign")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_campaign_response_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_response")),
        sa.UniqueConstraint("campaign_id", name=op.f("uq_campaign_response_campaign_id")),
        sa.UniqueConstraint("parent_id", "unit_id", name=op.f("uq_campaign_response_parent_id")),
    )


def downgrade() -> None:
    op.drop_table("campaign_response")
    op.drop_table("registration_list_line")
    op.drop_table("registration_list")
    op.drop_table("registration_change")
    op.drop_table("registration_version")
    op.drop_column("registration", "title_aimed")  # not in a batch: others refer to the table
