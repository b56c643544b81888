"""Clusters and blocks: members, criteria, years, scores, acclaim votes; grounds of nominations."""

import sqlalchemy as sa
from alembic import op

from webapp.models import types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "criteria_version",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("imported_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_version")),
        sa.UniqueConstraint("code", "digest", name=op.f("uq_criteria_version_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_criteria_version_public_id")),
    )
    op.create_index(op.f("ix_criteria_version_code"), "criteria_version", ["code"], unique=False)
    op.create_table(
        "cluster",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("sort_key", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_cluster_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster")),
        sa.UniqueConstraint("code", name=op.f("uq_cluster_code")),
    )
    op.create_index(op.f("ix_cluster_unit_id"), "cluster", ["unit_id"], unique=False)
    op.create_table(
        "cluster_member",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("cluster_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_cluster_member_cluster_id_cluster")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_cluster_member_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_member")),
        sa.UniqueConstraint("cluster_id", "unit_id", "from_date", name=op.f("uq_cluster_member_cluster_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cluster_member_public_id")),
    )
    op.create_index(op.f("ix_cluster_member_unit_id"), "cluster_member", ["unit_id"], unique=False)
    op.create_table(
        "cluster_year",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("cluster_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("leader_id", ID, nullable=False),
        sa.Column("deputy_id", ID, nullable=True),
        sa.Column("criteria_id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=True),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("self_closed_at", types.Instant(), nullable=True),
        sa.Column("published_at", types.Instant(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("candidates", types.JsonText(), nullable=False),
        sa.Column("counted", types.JsonText(), nullable=False),
        sa.Column("concluded_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_cluster_year_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_cluster_year_case_id_case")),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_cluster_year_cluster_id_cluster")
        ),
        sa.ForeignKeyConstraint(
            ["criteria_id"],
            ["criteria_version.id"],
            name=op.f("fk_cluster_year_criteria_id_criteria_version"),
        ),
        sa.ForeignKeyConstraint(["deputy_id"], ["unit.id"], name=op.f("fk_cluster_year_deputy_id_unit")),
        sa.ForeignKeyConstraint(["leader_id"], ["unit.id"], name=op.f("fk_cluster_year_leader_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_year")),
        sa.UniqueConstraint("case_id", name=op.f("uq_cluster_year_case_id")),
        sa.UniqueConstraint("cluster_id", "year", name=op.f("uq_cluster_year_cluster_id")),
    )
    op.create_table(
        "year_member",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("cluster_year_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("scorer_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("total", types.Points(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("acclaimed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_year_id"], ["cluster_year.id"], name=op.f("fk_year_member_cluster_year_id_cluster_year")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_year_member_case_id_case")),
        sa.ForeignKeyConstraint(["scorer_id"], ["unit.id"], name=op.f("fk_year_member_scorer_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_year_member_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_member")),
        sa.UniqueConstraint("case_id", "scorer_id", name="uq_year_member_scorer"),
        sa.UniqueConstraint("case_id", "unit_id", name=op.f("uq_year_member_case_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_year_member_public_id")),
    )
    op.create_index(op.f("ix_year_member_cluster_year_id"), "year_member", ["cluster_year_id"], unique=False)
    op.create_index(op.f("ix_year_member_unit_id"), "year_member", ["unit_id"], unique=False)
    op.create_table(
        "acclaim_vote",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("voter_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("choice_id", ID, nullable=True),
        sa.Column("at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["choice_id"], ["year_member.id"], name=op.f("fk_acclaim_vote_choice_id_year_member")
        ),
        sa.ForeignKeyConstraint(
            ["voter_id"], ["year_member.id"], name=op.f("fk_acclaim_vote_voter_id_year_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acclaim_vote")),
        sa.UniqueConstraint("voter_id", "round", name=op.f("uq_acclaim_vote_voter_id")),
    )
    op.create_table(
        "nomination_ground",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("nomination_id", ID, nullable=False),
        sa.Column("year_member_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_ground_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(
            ["year_member_id"],
            ["year_member.id"],
            name=op.f("fk_nomination_ground_year_member_id_year_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_ground")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_nomination_ground_nomination_id")),
    )
    op.create_index(
        op.f("ix_nomination_ground_year_member_id"), "nomination_ground", ["year_member_id"], unique=False
    )
    op.create_table(
        "score",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("year_member_id", ID, nullable=False),
        sa.Column("criterion", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("points", types.Points(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("evidence", types.JsonText(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_score_person_id_person")),
        sa.ForeignKeyConstraint(
            ["year_member_id"], ["year_member.id"], name=op.f("fk_score_year_member_id_year_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint(
            "year_member_id", "kind", "round", "criterion", name=op.f("uq_score_year_member_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("score")
    op.drop_index(op.f("ix_nomination_ground_year_member_id"), table_name="nomination_ground")
    op.drop_table("nomination_ground")
    op.drop_table("acclaim_vote")
    op.drop_index(op.f("ix_year_member_cluster_year_id"), table_name="year_member")
    op.drop_index(op.f("ix_year_member_unit_id"), table_name="year_member")
    op.drop_table("year_member")
    op.drop_table("cluster_year")
    op.drop_index(op.f("ix_cluster_member_unit_id"), table_name="cluster_member")
    op.drop_table("cluster_member")
    op.drop_index(op.f("ix_cluster_unit_id"), table_name="cluster")
    op.drop_table("cluster")
    op.drop_index(op.f("ix_criteria_version_code"), table_name="criteria_version")
    op.drop_table("criteria_version")
