"""What was awarded before, who is the same person, warnings let pass; who ordered a suspension and until when."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _foreign(table, column, target):
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    with op.batch_alter_table("nominee") as table:
        table.add_column(sa.Column("identity", sa.String(64), nullable=True))
        table.add_column(sa.Column("people", sa.Integer(), nullable=True))
        table.create_index(op.f("ix_nominee_identity"), ["identity"])
    op.create_table(
        "award_import",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("imported_at", types.Instant(), nullable=False),
        sa.Column("taken_back_at", types.Instant(), nullable=True),
        _foreign("award_import", "unit_id", "unit"),
        _foreign("award_import", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_award_import_public_id")),
    )
    op.create_index(op.f("ix_award_import_unit_id"), "award_import", ["unit_id"])
    _records()
    op.create_table(
        "same_person",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("nominee_id", ID, nullable=False),
        sa.Column("record_id", ID, nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("judged_at", types.Instant(), nullable=False),
        _foreign("same_person", "nominee_id", "nominee"),
        _foreign("same_person", "record_id", "award_record"),
        _foreign("same_person", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_person")),
        sa.UniqueConstraint("nominee_id", "record_id", name=op.f("uq_same_person_nominee_id")),
    )
    op.create_index(op.f("ix_same_person_record_id"), "same_person", ["record_id"])
    op.create_table(
        "eligibility_override",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("nomination_id", ID, nullable=False),
        sa.Column("condition", sa.String(120), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("overridden_at", types.Instant(), nullable=False),
        _foreign("eligibility_override", "nomination_id", "nomination"),
        _foreign("eligibility_override", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_override")),
        sa.UniqueConstraint("nomination_id", "condition", name=op.f("uq_eligibility_override_nomination_id")),
    )
    op.create_table(
        "suspension",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("ordered_by", sa.String(300), nullable=False),
        sa.Column("paper_number", sa.String(120), nullable=False),
        sa.Column("paper_date", sa.Date(), nullable=False),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("suspended_at", types.Instant(), nullable=False),
        sa.Column("reminded_at", types.Instant(), nullable=True),
        sa.Column("resumed_at", types.Instant(), nullable=True),
        _foreign("suspension", "case_id", "case"),
        _foreign("suspension", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index(op.f("ix_suspension_case_id"), "suspension", ["case_id"])


def _records() -> None:
    op.create_table(
        "award_record",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("identity", sa.String(64), nullable=True),
        sa.Column("award", sa.String(120), nullable=True),
        sa.Column("award_name", sa.String(500), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("movement", sa.String(20), nullable=False),
        sa.Column("decided_by", sa.String(300), nullable=True),
        sa.Column("decision_number", sa.String(120), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("import_id", ID, nullable=True),
        sa.Column("award_id", ID, nullable=True),
        sa.Column("sort_key", sa.String(1000), nullable=False),
        sa.Column("search_key", sa.String(500), nullable=False),
        _foreign("award_record", "unit_id", "unit"),
        _foreign("award_record", "import_id", "award_import"),
        _foreign("award_record", "award_id", "award"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_record")),
        sa.UniqueConstraint("public_id", name=op.f("uq_award_record_public_id")),
        sa.UniqueConstraint("award_id", name=op.f("uq_award_record_award_id")),
    )
    for column in ("unit_id", "identity", "import_id", "sort_key"):
        op.create_index(op.f(f"ix_award_record_{column}"), "award_record", [column])
    op.create_index("ix_award_record_search_key_unit_id", "award_record", ["search_key", "unit_id"])


def downgrade() -> None:
    for table in ("suspension", "eligibility_override", "same_person", "award_record", "award_import"):
        op.drop_table(table)
    with op.batch_alter_table("nominee") as table:
        table.drop_index(op.f("ix_nominee_identity"))
        table.drop_column("people")
        table.drop_column("identity")
