"""Introductions of exemplars with their pictures, who applies them, their nominations; places of units."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("unit", sa.Column("latitude", sa.Float(), nullable=True))
    op.add_column("unit", sa.Column("longitude", sa.Float(), nullable=True))
    op.create_table(
        "introduction",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("headline", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=500), nullable=True),
        sa.Column("effects", types.JsonText(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("consent_id", ID, nullable=False),
        sa.Column("published_at", types.Instant(), nullable=False),
        sa.Column("until", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_introduction_case_id_case")),
        sa.ForeignKeyConstraint(["consent_id"], ["paper.id"], name=op.f("fk_introduction_consent_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
        sa.UniqueConstraint("case_id", name=op.f("uq_introduction_case_id")),
    )
    op.create_table(
        "introduced_picture",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("introduction_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["introduction.id"],
            name=op.f("fk_introduced_picture_introduction_id_introduction"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduced_picture")),
        sa.UniqueConstraint(
            "introduction_id", "position", name=op.f("uq_introduced_picture_introduction_id")
        ),
    )
    op.create_index(op.f("ix_introduced_picture_sha256"), "introduced_picture", ["sha256"], unique=False)
    op.create_table(
        "replication",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("introduction_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("confirmed_at", types.Instant(), nullable=True),
        sa.Column("results_at", types.Instant(), nullable=True),
        sa.Column("results", types.JsonText(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_replication_case_id_case")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_replication_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_replication_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replication")),
        sa.UniqueConstraint("case_id", name=op.f("uq_replication_case_id")),
    )
    op.create_index(op.f("ix_replication_introduction_id"), "replication", ["introduction_id"], unique=False)
    op.create_index(op.f("ix_replication_unit_id"), "replication", ["unit_id"], unique=False)
    op.create_table(
        "exemplar_nomination",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("nomination_id", ID, nullable=False),
        sa.Column("exemplar_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["exemplar_id"], ["case.id"], name=op.f("fk_exemplar_nomination_exemplar_id_case")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_exemplar_nomination_nomination_id_nomination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemplar_nomination")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_exemplar_nomination_nomination_id")),
    )
    op.create_index(
        op.f("ix_exemplar_nomination_exemplar_id"), "exemplar_nomination", ["exemplar_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_exemplar_nomination_exemplar_id"), table_name="exemplar_nomination")
    op.drop_table("exemplar_nomination")
    op.drop_index(op.f("ix_replication_unit_id"), table_name="replication")
    op.drop_index(op.f("ix_replication_introduction_id"), table_name="replication")
    op.drop_table("replication")
    op.drop_index(op.f("ix_introduced_picture_sha256"), table_name="introduced_picture")
    op.drop_table("introduced_picture")
    op.drop_table("introduction")
    op.drop_column("unit", "longitude")
    op.drop_column("unit", "latitude")
