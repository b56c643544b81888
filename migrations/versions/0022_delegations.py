"""People act for others in their place, and say when they are away."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PRINCIPAL = "fk_task_principal_id_person"


def upgrade() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("principal_id", ID, nullable=False),
        sa.Column("delegate_id", ID, nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=False),
        sa.Column("campaign_id", ID, nullable=True),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["person.id"], name=op.f("fk_delegation_principal_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["person.id"], name=op.f("fk_delegation_delegate_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_delegation_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delegation_public_id")),
    )
    op.create_index(op.f("ix_delegation_principal_id"), "delegation", ["principal_id"])
    op.create_index("ix_delegation_delegate", "delegation", ["delegate_id", "state"])
    op.create_table(
        "delegated_role",
        sa.Column("id", ID, nullable=False),
        sa.Column("delegation_id", ID, nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegated_role_delegation_id_delegation")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_delegated_role_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegated_role")),
        sa.UniqueConstraint("delegation_id", "role", "unit_id", name=op.f("uq_delegated_role_delegation_id")),
    )
    op.create_table(
        "absence",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_absence_public_id")),
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"])
    op.create_index("ix_absence_to_date", "absence", ["to_date"])
    _add_principal()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(PRINCIPAL), "task", type_="foreignkey")
    op.execute("ALTER TABLE task DROP COLUMN principal_id")
    op.drop_table("absence")
    op.drop_table("delegated_role")
    op.drop_table("delegation")


def _add_principal() -> None:
    """In place: other tables refer to the tasks, so that SQLite does not let their table be made anew."""
    kind = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(
        f"ALTER TABLE task ADD COLUMN principal_id {kind} CONSTRAINT {PRINCIPAL} REFERENCES person (id)"
    )
