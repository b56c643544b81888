"""Waits of cases are kept packed, so that a page can count those of a hundred thousand; red flags are made anew."""

import json
from struct import Struct

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0057"
branch_labels = None
depends_on = None

WAIT = Struct("<4i")
AT_ONCE = 10_000


def upgrade() -> None:
    op.execute("UPDATE flag_examination SET event = 0")  # what is a red flag has changed
    _turn("waits", sa.LargeBinary(), lambda text: b"".join(WAIT.pack(*wait) for wait in json.loads(text)))


def downgrade() -> None:
    _turn(
        "waits", sa.Text(), lambda packed: json.dumps(list(WAIT.iter_unpack(packed)), separators=(",", ":"))
    )


def _turn(name, kind, turned) -> None:
    """Put the same waits in a column of another kind."""
    op.alter_column("case_route", name, new_column_name="before")
    op.add_column("case_route", sa.Column(name, kind, nullable=True))
    connection = op.get_bind()
    route = sa.table("case_route", sa.column("case_id"), sa.column("before"), sa.column(name, kind))
    first = sa.select(route.c.case_id, route.c.before).where(route.c[name].is_(None)).limit(AT_ONCE)
    write = (
        sa.update(route).where(route.c.case_id == sa.bindparam("case")).values({name: sa.bindparam("turned")})
    )
    while rows := connection.execute(first).all():
        connection.execute(write, [{"case": case, "turned": turned(before)} for case, before in rows])
    with op.batch_alter_table("case_route") as table:
        table.drop_column("before")
        table.alter_column(name, existing_type=kind, nullable=False)
