"""Numbers within names sort by their value, a name before longer ones: the kept sort keys are made anew."""

import sqlalchemy as sa
from alembic import op

from webapp.text import sort_key

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NAMED = ("unit", "cluster", "nominee", "award_record", "person")


def upgrade() -> None:
    connection = op.get_bind()
    for name in NAMED:
        rows = sa.table(name, sa.column("id"), sa.column("name"), sa.column("sort_key"))
        found = connection.execute(sa.select(rows.c.id, rows.c.name)).all()
        keys = [{"row": id_, "key": _key(name, text)} for id_, text in found]
        if keys:
            changed = sa.update(rows).where(rows.c.id == sa.bindparam("row"))
            connection.execute(changed.values(sort_key=sa.bindparam("key")), keys)


def downgrade() -> None:
    """The keys stay: they are in order for every version that reads them."""


def _key(table: str, name: str) -> str:
    return sort_key(" ".join(reversed(name.split())) if table == "person" else name)
