"""A unit may name the party body that manages its cadres."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BODY = "fk_unit_cadre_body_id_unit"


def upgrade() -> None:
    with op.batch_alter_table("unit") as table:
        table.add_column(sa.Column("cadre_body_id", ID, nullable=True))
        table.create_foreign_key(op.f(BODY), "unit", ["cadre_body_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("unit") as table:
        table.drop_constraint(op.f(BODY), type_="foreignkey")
        table.drop_column("cadre_body_id")
