"""Rule sets drafted on pages and approved by the authority; days of the office's own."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
VERSION = sa.table("rule_set_version", sa.column("id", ID), sa.column("public_id", sa.String(36)))


def upgrade() -> None:
    with op.batch_alter_table("rule_set_version") as table:
        table.drop_constraint(op.f("uq_rule_set_version_code"), type_="unique")
        table.add_column(sa.Column("public_id", sa.String(36), nullable=True))
        table.add_column(sa.Column("unit_id", ID, nullable=True))
        table.add_column(sa.Column("drafted_by_id", ID, nullable=True))
        table.add_column(sa.Column("decided_by_id", ID, nullable=True))
        table.add_column(sa.Column("decided_at", types.Instant(), nullable=True))
        for column in ("drafted_by_id", "decided_by_id"):
            table.create_foreign_key(op.f(f"fk_rule_set_version_{column}_person"), "person", [column], ["id"])
        table.create_foreign_key(op.f("fk_rule_set_version_unit_id_unit"), "unit", ["unit_id"], ["id"])
    bind = op.get_bind()
    for row in bind.execute(sa.select(VERSION.c.id)).scalars().all():
        bind.execute(sa.update(VERSION).where(VERSION.c.id == row).values(public_id=types.new_public_id()))
    with op.batch_alter_table("rule_set_version") as table:
        table.alter_column("public_id", existing_type=sa.String(36), nullable=False)
        table.create_unique_constraint(op.f("uq_rule_set_version_public_id"), ["public_id"])
        table.create_index(op.f("ix_rule_set_version_code"), ["code"])
    op.create_table(
        "office_day",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("entered_by_id", ID, nullable=False),
        sa.Column("entered_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_office_day_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_office_day_entered_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_day")),
        sa.UniqueConstraint("unit_id", "day", name=op.f("uq_office_day_unit_id")),
    )


def downgrade() -> None:
    op.drop_table("office_day")
    with op.batch_alter_table("rule_set_version") as table:
        table.drop_index(op.f("ix_rule_set_version_code"))
        table.drop_constraint(op.f("uq_rule_set_version_public_id"), type_="unique")
        for column in ("drafted_by_id", "decided_by_id"):
            table.drop_constraint(op.f(f"fk_rule_set_version_{column}_person"), type_="foreignkey")
        table.drop_constraint(op.f("fk_rule_set_version_unit_id_unit"), type_="foreignkey")
        for column in ("unit_id", "public_id", "drafted_by_id", "decided_by_id", "decided_at"):
            table.drop_column(column)
        table.create_unique_constraint(op.f("uq_rule_set_version_code"), ["code", "digest"])
