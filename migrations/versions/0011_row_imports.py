"""Lists of registrations and nominations that are taken over row by row."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "row_import",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("process", sa.String(60), nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("shared", types.JsonText(), nullable=False),
        sa.Column("scan", types.JsonText(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_row_import_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_row_import_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_row_import_public_id")),
    )
    op.create_index(op.f("ix_row_import_campaign_id"), "row_import", ["campaign_id"])
    op.create_index(op.f("ix_row_import_state"), "row_import", ["state"])
    op.create_table(
        "row_import_line",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("import_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("start", types.JsonText(), nullable=False),
        sa.Column("form", types.JsonText(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("case_code", sa.String(40), nullable=True),
        sa.Column("fault", types.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["row_import.id"], name=op.f("fk_row_import_line_import_id_row_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_import_line")),
    )
    op.create_index("ix_row_import_line_waiting", "row_import_line", ["import_id", "state", "id"])


def downgrade() -> None:
    op.drop_table("row_import_line")
    op.drop_table("row_import")
