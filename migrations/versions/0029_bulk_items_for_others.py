"""For whom each task of an act on many is done, where that is by delegation."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("bulk_item") as table:
        table.add_column(sa.Column("principal_id", ID, nullable=True))
        table.create_foreign_key(op.f("fk_bulk_item_principal_id_person"), "person", ["principal_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("bulk_item") as table:
        table.drop_constraint(op.f("fk_bulk_item_principal_id_person"), type_="foreignkey")
        table.drop_column("principal_id")
