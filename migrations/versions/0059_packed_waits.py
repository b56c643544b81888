"""Waits of cases are packed, so that a page can count those of a hundred thousand; what is derived is made anew.

What a step sent back and what is a red flag has changed: the worker reads the ways of cases, and looks them through for
flags, once more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE flag_examination SET event = 0")
    _empty(sa.LargeBinary())


def downgrade() -> None:
    _empty(sa.Text())


def _empty(kind: sa.types.TypeEngine[object]) -> None:
    """Forget the ways of cases, so that they are read anew with waits of this kind."""
    op.execute("DELETE FROM case_route")
    op.execute("DELETE FROM taken_route")
    op.execute("DELETE FROM system_fact WHERE name = 'routes_read'")
    with op.batch_alter_table("case_route") as table:
        table.drop_column("waits")
        table.add_column(sa.Column("waits", kind, nullable=False))
