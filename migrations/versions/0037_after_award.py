"""What follows an award: payees and payments, the fund of a year, consents to publish, files for the archive."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = sa.text("undone_at IS NULL")
AWARD = sa.table(
    "award",
    sa.column("decision_id", ID),
    sa.column("noticed_at", types.Instant()),
    sa.column("reminded_at", types.Instant()),
)
DECISION = sa.table(
    "decision",
    sa.column("id", ID),
    sa.column("number", sa.Integer()),
    sa.column("signed_at", types.Instant()),
)


def upgrade() -> None:
    with op.batch_alter_table("award") as table:
        table.add_column(sa.Column("received_relation", sa.String(300), nullable=True))
        table.add_column(sa.Column("proxy_paper_id", ID, nullable=True))
        table.add_column(sa.Column("noticed_at", types.Instant(), nullable=True))
        table.add_column(sa.Column("reminded_at", types.Instant(), nullable=True))
        table.create_foreign_key(op.f("fk_award_proxy_paper_id_paper"), "paper", ["proxy_paper_id"], ["id"])
    _note_earlier_awards()
    _create_payments()
    _create_fund()
    _create_consents()
    _create_archive()


def _note_earlier_awards() -> None:
    """Whoever was awarded before there were these notices is not told years later."""
    signed = sa.select(DECISION.c.signed_at).where(DECISION.c.id == AWARD.c.decision_id).scalar_subquery()
    numbered = sa.select(DECISION.c.id).where(DECISION.c.number.is_not(None))
    told = sa.update(AWARD).where(AWARD.c.decision_id.in_(numbered))
    op.get_bind().execute(told.values(noticed_at=signed, reminded_at=signed))


def _create_payments() -> None:
    op.create_table(
        "payee",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("award_id", ID, nullable=False),
        sa.Column("name", sa.String(300), nullable=True),
        sa.Column("identity_number", sa.String(20), nullable=True),
        sa.Column("account", sa.String(40), nullable=True),
        sa.Column("bank", sa.String(200), nullable=True),
        sa.Column("entered_by_id", ID, nullable=True),
        sa.Column("entered_at", types.Instant(), nullable=False),
        _reference("payee", "award_id", "award"),
        _reference("payee", "entered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee")),
        sa.UniqueConstraint("award_id", name=op.f("uq_payee_award_id")),
    )
    op.create_table(
        "award_payment",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("award_id", ID, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("entered_by_id", ID, nullable=True),
        sa.Column("entered_at", types.Instant(), nullable=False),
        sa.Column("undone_at", types.Instant(), nullable=True),
        sa.Column("undone_by_id", ID, nullable=True),
        sa.Column("undone_reason", sa.String(2000), nullable=True),
        _reference("award_payment", "award_id", "award"),
        _reference("award_payment", "entered_by_id", "person"),
        _reference("award_payment", "undone_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_payment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_award_payment_public_id")),
    )
    where = {"sqlite_where": LIVE, "postgresql_where": LIVE}
    op.create_index("uq_award_payment_live", "award_payment", ["award_id"], unique=True, **where)
    op.create_index("ix_award_payment_paid_on", "award_payment", ["paid_on"])


def _create_fund() -> None:
    op.create_table(
        "emulation_fund",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("estimate", sa.BigInteger(), nullable=False),
        sa.Column("paper_number", sa.String(120), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("set_by_id", ID, nullable=True),
        sa.Column("set_at", types.Instant(), nullable=False),
        _reference("emulation_fund", "unit_id", "unit"),
        _reference("emulation_fund", "set_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emulation_fund")),
    )
    op.create_index("ix_emulation_fund_unit_id", "emulation_fund", ["unit_id", "year"])


def _create_consents() -> None:
    op.create_table(
        "award_consent",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("award_id", ID, nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("paper_id", ID, nullable=True),
        sa.Column("public_until", sa.Date(), nullable=False),
        sa.Column("entered_by_id", ID, nullable=True),
        sa.Column("entered_at", types.Instant(), nullable=False),
        _reference("award_consent", "award_id", "award"),
        _reference("award_consent", "paper_id", "paper"),
        _reference("award_consent", "entered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_consent")),
        sa.UniqueConstraint("award_id", name=op.f("uq_award_consent_award_id")),
    )


def _create_archive() -> None:
    op.create_table(
        "archived_file",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("code", sa.String(300), nullable=True),
        sa.Column("kept_at", sa.String(300), nullable=True),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=True),
        sa.Column("retention", types.JsonText(), nullable=False),
        sa.Column("closed_by_id", ID, nullable=True),
        sa.Column("closed_at", types.Instant(), nullable=False),
        _reference("archived_file", "case_id", "case"),
        _reference("archived_file", "closed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archived_file")),
        sa.UniqueConstraint("case_id", name=op.f("uq_archived_file_case_id")),
    )


def _reference(name: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}_{other}"))


def downgrade() -> None:
    for table in ("archived_file", "award_consent", "emulation_fund", "award_payment", "payee"):
        op.drop_table(table)
    with op.batch_alter_table("award") as table:
        table.drop_constraint(op.f("fk_award_proxy_paper_id_paper"), type_="foreignkey")
        for column in ("received_relation", "proxy_paper_id", "noticed_at", "reminded_at"):
            table.drop_column(column)
