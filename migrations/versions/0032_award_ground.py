"""What follows an award has its ground: kinds of decision, certificates as printed, their codes, kept facts."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AWARD = sa.table("award", sa.column("id", ID), sa.column("public_id", sa.String(36)))
REFERENCES = {
    "decision": {"original_id": "decision", "signed_paper_id": "paper", "permit_paper_id": "paper"},
    "award": {"revoked_by_id": "decision", "corrected_by_id": "decision"},
    "paper": {"origin_id": "paper"},
}
"""The new columns that point at other rows, and where."""
PLAIN = {
    "decision": ("kind", "status", "signing", "permit_number"),
    "award": ("public_id", "revoked_on"),
    "paper": ("facts", "type_digest"),
}


def _columns() -> dict[str, sa.Column]:
    """The other new columns by name."""
    columns = (
        sa.Column("kind", sa.String(20), nullable=False, server_default="award"),
        sa.Column("status", sa.String(20), nullable=False, server_default="valid"),
        sa.Column("signing", sa.String(20), nullable=True),
        sa.Column("permit_number", sa.String(120), nullable=True),
        sa.Column("public_id", sa.String(36), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("facts", types.JsonText(), nullable=True),
        sa.Column("type_digest", sa.String(64), nullable=True),
    )
    return {column.name: column for column in columns}


def upgrade() -> None:
    columns = _columns()
    for name, plain in PLAIN.items():
        with op.batch_alter_table(name) as table:
            for column in plain:
                table.add_column(columns[column])
            for column, other in REFERENCES[name].items():
                table.add_column(sa.Column(column, ID, nullable=True))
                table.create_foreign_key(op.f(f"fk_{name}_{column}_{other}"), other, [column], ["id"])
    bind = op.get_bind()
    for row in bind.execute(sa.select(AWARD.c.id)).scalars().all():
        bind.execute(sa.update(AWARD).where(AWARD.c.id == row).values(public_id=types.new_public_id()))
    with op.batch_alter_table("award") as table:
        table.alter_column("public_id", existing_type=sa.String(36), nullable=False)
        table.create_unique_constraint(op.f("uq_award_public_id"), ["public_id"])
    op.create_index(op.f("ix_decision_original_id"), "decision", ["original_id"])
    _create_certificates()
    _create_verifications()


def _create_certificates() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("award_id", ID, nullable=True),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(60), nullable=False),
        sa.Column("size", sa.String(20), nullable=False),
        sa.Column("printed", types.JsonText(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=True),
        sa.Column("copy_of_id", ID, nullable=True),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.Column("made_by_id", ID, nullable=True),
        _reference("certificate", "decision_id", "decision"),
        _reference("certificate", "award_id", "award"),
        _reference("certificate", "copy_of_id", "certificate"),
        _reference("certificate", "made_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificate_public_id")),
        sa.UniqueConstraint("award_id", "issue", name=op.f("uq_certificate_award_id")),
    )
    op.create_index(op.f("ix_certificate_decision_id"), "certificate", ["decision_id"])


def _create_verifications() -> None:
    op.create_table(
        "verification",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("decision_id", ID, nullable=True),
        sa.Column("certificate_id", ID, nullable=True),
        sa.Column("fields", types.JsonText(), nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("signature", sa.String(100), nullable=False),
        sa.Column("made_at", types.Instant(), nullable=False),
        _reference("verification", "decision_id", "decision"),
        _reference("verification", "certificate_id", "certificate"),
        sa.CheckConstraint(
            "(decision_id IS NULL) <> (certificate_id IS NULL)", name=op.f("ck_verification_one_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sa.UniqueConstraint("code", name=op.f("uq_verification_code")),
    )
    op.create_index(op.f("ix_verification_decision_id"), "verification", ["decision_id"])
    op.create_index(op.f("ix_verification_certificate_id"), "verification", ["certificate_id"])


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def downgrade() -> None:
    op.drop_table("verification")
    op.drop_table("certificate")
    op.drop_index(op.f("ix_decision_original_id"), "decision")
    with op.batch_alter_table("award") as table:
        table.drop_constraint(op.f("uq_award_public_id"), type_="unique")
    for name, plain in PLAIN.items():
        with op.batch_alter_table(name) as table:
            for column, other in REFERENCES[name].items():
                table.drop_constraint(op.f(f"fk_{name}_{column}_{other}"), type_="foreignkey")
            for column in (*REFERENCES[name], *plain):
                table.drop_column(column)
