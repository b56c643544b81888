"""Reminders of what units owe, and the codes by which somebody follows a case without an account."""

import datetime as dt

import sqlalchemy as sa
from alembic import op

from webapp.follow_codes import new_code
from webapp.models import types

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

FOLLOWED = ("registration", "nomination", "extraordinary")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "owed_reminder",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("item", sa.String(280), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("by_unit_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reminded_at", types.Instant(), nullable=False),
        _reference("owed_reminder", "unit_id", "unit"),
        _reference("owed_reminder", "by_unit_id", "unit"),
        _reference("owed_reminder", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owed_reminder")),
        sa.UniqueConstraint("by_unit_id", "item", "day", name=op.f("uq_owed_reminder_by_unit_id")),
    )
    op.create_index(op.f("ix_owed_reminder_unit_id"), "owed_reminder", ["unit_id"])
    op.create_table(
        "follow_code",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.Column("withdrawn_at", types.Instant(), nullable=True),
        _reference("follow_code", "case_id", "case"),
        _reference("follow_code", "made_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_code")),
        sa.UniqueConstraint("code", name=op.f("uq_follow_code_code")),
    )
    op.create_index(op.f("ix_follow_code_case_id"), "follow_code", ["case_id"])
    _give_codes()
    op.create_index(op.f("ix_notice_case_id"), "notice", ["case_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_notice_case_id"), "notice")
    op.drop_table("follow_code")
    op.drop_table("owed_reminder")


def _give_codes() -> None:
    """Cases that were opened before there were codes get theirs."""
    connection = op.get_bind()
    case = sa.table("case", sa.column("id"), sa.column("process"), sa.column("opened_at", types.Instant()))
    opened = sa.select(case.c.id, case.c.opened_at).where(case.c.process.in_(FOLLOWED)).order_by(case.c.id)
    rows = connection.execute(opened).all()
    codes: dict[str, tuple[int, dt.datetime]] = {}
    for row in rows:
        code = new_code()
        while code in codes:
            code = new_code()
        codes[code] = row.id, row.opened_at
    table = sa.table(
        "follow_code", sa.column("code"), sa.column("case_id"), sa.column("made_at", types.Instant())
    )
    given = [{"code": code, "case_id": case_id, "made_at": at} for code, (case_id, at) in codes.items()]
    if given:
        connection.execute(sa.insert(table), given)


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
