"""Decisions signed elsewhere, compared with ours; copies of decisions: who got one, how and when.

Signing has become a process of its own: delegations of its tasks are of those of the new process, too.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

DELEGATION = sa.table("delegation", sa.column("id", ID), sa.column("kinds", types.JsonText()))
MOVED = {
    "award_issuance.submit_decision": ("decision_signing.submit_decision",),
    "award_issuance.check_decision": ("decision_signing.check_decision",),
    "award_issuance.sign_decision": ("decision_signing.sign_decision",),
    "award_issuance.number_decision": (
        "decision_signing.number_decision",
        "decision_signing.record_signed_decision",
    ),
}


def upgrade() -> None:
    _create_tables()
    _change_kinds(lambda kinds: {*kinds, *(new for old in kinds for new in MOVED.get(old, ()))})


def _change_kinds(changed: Callable[[list[str]], set[str]]) -> None:
    bind = op.get_bind()
    for row, kinds in bind.execute(sa.select(DELEGATION.c.id, DELEGATION.c.kinds)).all():
        after = sorted(changed(kinds))
        if after != sorted(kinds):
            bind.execute(sa.update(DELEGATION).where(DELEGATION.c.id == row).values(kinds=after))


def _create_tables() -> None:
    op.create_table(
        "decision_copy",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("recipient", sa.String(500), nullable=False),
        sa.Column("unit_id", ID, nullable=True),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_copy_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_decision_copy_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_decision_copy_sent_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_copy")),
    )
    op.create_index(op.f("ix_decision_copy_decision_id"), "decision_copy", ["decision_id"])
    op.create_table(
        "signed_comparison",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("paper_id", ID, nullable=False),
        sa.Column("found", types.JsonText(), nullable=False),
        sa.Column("reason", sa.String(4000), nullable=True),
        sa.Column("by_eye", sa.Boolean(), nullable=False),
        sa.Column("compared_at", types.Instant(), nullable=False),
        sa.Column("compared_by_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_signed_comparison_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_signed_comparison_paper_id_paper")),
        sa.ForeignKeyConstraint(
            ["compared_by_id"], ["person.id"], name=op.f("fk_signed_comparison_compared_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_comparison")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_signed_comparison_decision_id")),
    )


def downgrade() -> None:
    _change_kinds(lambda kinds: {each for each in kinds if not each.startswith("decision_signing.")})
    op.drop_table("signed_comparison")
    op.drop_index(op.f("ix_decision_copy_decision_id"), "decision_copy")
    op.drop_table("decision_copy")
