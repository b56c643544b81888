"""The order by which a nomination is suspended can be kept as a file."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PAPER = "fk_suspension_paper_id_paper"


def upgrade() -> None:
    with op.batch_alter_table("suspension") as table:
        table.add_column(sa.Column("paper_id", ID, nullable=True))
        table.create_foreign_key(op.f(PAPER), "paper", ["paper_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("suspension") as table:
        table.drop_constraint(op.f(PAPER), type_="foreignkey")
        table.drop_column("paper_id")
