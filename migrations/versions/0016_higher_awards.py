"""Which record of the award history is the decision of a level above on a nomination of ours."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "higher_award",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("record_id", ID, nullable=False),
        sa.Column("nomination_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["award_record.id"], name=op.f("fk_higher_award_record_id_award_record")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_higher_award_nomination_id_nomination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_higher_award")),
        sa.UniqueConstraint("record_id", name=op.f("uq_higher_award_record_id")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_higher_award_nomination_id")),
    )


def downgrade() -> None:
    op.drop_table("higher_award")
