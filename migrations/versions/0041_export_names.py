"""Every file that the worker writes has its name from the beginning."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE list_export SET file_name = 'Hồ sơ.xlsx' WHERE file_name IS NULL")
    with op.batch_alter_table("list_export") as table:
        table.alter_column("file_name", existing_type=sa.String(300), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("list_export") as table:
        table.alter_column("file_name", existing_type=sa.String(300), nullable=True)
