"""Rounds of votes: sealed, counted, written and paper ballots, who has voted, declared relations.

A vote that was held before becomes the first round of its session.
"""

import sqlalchemy as sa
from alembic import op

from webapp.models import types
from workflows.record import digest

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("council_session", sa.Column("mode", sa.String(20), nullable=True))
    op.add_column("agenda_item", sa.Column("dossier_digest", sa.String(64), nullable=True))
    op.add_column(
        "session_elector", sa.Column("on_paper", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _rounds()
    _secret_ballots()
    _paper_ballots()
    _open_votes()
    op.drop_column("session_elector", "voted_at")


def _key(table: str, column: str, to: str, name: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.{name}"], name=op.f(f"fk_{table}_{column}_{to}"))


def _rounds() -> None:
    op.create_table(
        "ballot_round",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("medium", sa.String(20), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("electorate_digest", sa.String(64), nullable=False),
        sa.Column("agenda_digest", sa.String(64), nullable=False),
        sa.Column("profile_digest", sa.String(64), nullable=False),
        sa.Column("public_key", sa.String(64), nullable=True),
        sa.Column("counters", types.JsonText(), nullable=False),
        sa.Column("opened_at", types.Instant(), nullable=False),
        sa.Column("closes_at", types.Instant(), nullable=True),
        sa.Column("closed_at", types.Instant(), nullable=True),
        sa.Column("counted_at", types.Instant(), nullable=True),
        sa.Column("refused", sa.String(40), nullable=True),
        sa.Column("voided_at", types.Instant(), nullable=True),
        sa.Column("void_reason", sa.String(2000), nullable=True),
        _key("ballot_round", "session_id", "council_session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_round_public_id")),
        sa.UniqueConstraint("session_id", "number", name=op.f("uq_ballot_round_session_id")),
    )
    op.create_table(
        "round_item",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("agenda_item_id", ID, nullable=False),
        sa.Column("result", sa.String(30), nullable=True),
        sa.Column("count", types.JsonText(), nullable=True),
        sa.Column("chosen", sa.Boolean(), nullable=True),
        _key("round_item", "round_id", "ballot_round"),
        _key("round_item", "agenda_item_id", "agenda_item"),
        sa.PrimaryKeyConstraint("round_id", "agenda_item_id", name=op.f("pk_round_item")),
    )
    op.create_index(op.f("ix_round_item_agenda_item_id"), "round_item", ["agenda_item_id"])
    op.create_table(
        "ballot_marker",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("membership_id", ID, nullable=False),
        sa.Column("via", sa.String(20), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("paper_id", ID, nullable=True),
        _key("ballot_marker", "round_id", "ballot_round"),
        _key("ballot_marker", "membership_id", "council_membership"),
        _key("ballot_marker", "paper_id", "paper"),
        sa.PrimaryKeyConstraint("round_id", "membership_id", name=op.f("pk_ballot_marker")),
    )
    op.create_table(
        "declared_relation",
        sa.Column("membership_id", ID, nullable=False),
        sa.Column("nomination_id", ID, nullable=False),
        sa.Column("declared_at", types.Instant(), nullable=False),
        _key("declared_relation", "membership_id", "council_membership"),
        _key("declared_relation", "nomination_id", "nomination"),
        sa.PrimaryKeyConstraint("membership_id", "nomination_id", name=op.f("pk_declared_relation")),
    )
    op.create_index(op.f("ix_declared_relation_nomination_id"), "declared_relation", ["nomination_id"])


def _secret_ballots() -> None:
    op.create_table(
        "sealed_ballot",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _key("sealed_ballot", "round_id", "ballot_round"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sealed_ballot_round_id"), "sealed_ballot", ["round_id"])
    op.create_table(
        "counted_ballot",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("agenda_item_id", ID, nullable=False),
        sa.Column("choice", sa.String(20), nullable=False),
        _key("counted_ballot", "round_id", "ballot_round"),
        _key("counted_ballot", "agenda_item_id", "agenda_item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_counted_ballot_round_id"), "counted_ballot", ["round_id"])
    op.create_table(
        "ballot_tracker",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("tracker", sa.String(20), nullable=False),
        _key("ballot_tracker", "round_id", "ballot_round"),
        sa.PrimaryKeyConstraint("round_id", "tracker", name=op.f("pk_ballot_tracker")),
        sqlite_with_rowid=False,
    )


def _paper_ballots() -> None:
    op.create_table(
        "paper_count",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("membership_id", ID, nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("counts", types.JsonText(), nullable=False),
        sa.Column("entered_at", types.Instant(), nullable=False),
        _key("paper_count", "round_id", "ballot_round"),
        _key("paper_count", "membership_id", "council_membership"),
        sa.PrimaryKeyConstraint("round_id", "attempt", "membership_id", name=op.f("pk_paper_count")),
    )


def _open_votes() -> None:
    op.rename_table("open_vote", "open_vote_before")
    op.create_table(
        "open_vote",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("agenda_item_id", ID, nullable=False),
        sa.Column("membership_id", ID, nullable=False),
        sa.Column("choice", sa.String(20), nullable=False),
        _key("open_vote", "round_id", "ballot_round"),
        _key("open_vote", "agenda_item_id", "agenda_item"),
        _key("open_vote", "membership_id", "council_membership"),
        sa.PrimaryKeyConstraint("round_id", "agenda_item_id", "membership_id", name="pk_open_vote_of_round"),
    )
    _carry_over()
    op.drop_table("open_vote_before")


def _carry_over() -> None:
    """One round for each session that was opened, with its votes, its voters and its results."""
    bind = op.get_bind()
    opened = bind.execute(
        sa.text(
            "SELECT id, electorate_digest, profile, opened_at, closed_at FROM council_session"
            " WHERE opened_at IS NOT NULL"
        )
    ).all()
    for session_id, electorate, profile, opened_at, closed_at in opened:
        agenda = bind.execute(
            sa.text(
                "SELECT c.code FROM agenda_item a JOIN nomination n ON n.id = a.nomination_id"
                ' JOIN "case" c ON c.id = n.case_id WHERE a.session_id = :session ORDER BY a.position'
            ),
            {"session": session_id},
        ).scalars()
        values = {
            "public_id": types.new_public_id(),
            "session": session_id,
            "electorate": electorate or digest([]),
            "agenda": digest(list(agenda)),
            "profile": digest(types.JsonText().process_result_value(profile, bind.dialect)),
            "opened": opened_at,
            "closed": closed_at,
        }
        bind.execute(
            sa.text(
                "INSERT INTO ballot_round (public_id, session_id, number, kind, medium, secret, electorate_digest,"
                " agenda_digest, profile_digest, counters, opened_at, closed_at, counted_at) VALUES (:public_id,"
                " :session, 1, 'first', 'electronic', false, :electorate, :agenda, :profile, '[]', :opened, :closed,"
                " :closed)"
            ),
            values,
        )
    for statement in CARRIED:
        bind.execute(sa.text(statement))


CARRIED = (
    """
    INSERT INTO round_item (round_id, agenda_item_id, result, count)
    SELECT r.id, a.id, a.result, a.count FROM agenda_item a JOIN ballot_round r ON r.session_id = a.session_id
    """,
    """
    INSERT INTO ballot_marker (round_id, membership_id, via, at)
    SELECT r.id, e.membership_id, 'electronic', e.voted_at
    FROM session_elector e JOIN ballot_round r ON r.session_id = e.session_id WHERE e.voted_at IS NOT NULL
    """,
    """
    INSERT INTO open_vote (round_id, agenda_item_id, membership_id, choice)
    SELECT r.id, v.agenda_item_id, v.membership_id, v.choice
    FROM open_vote_before v JOIN agenda_item a ON a.id = v.agenda_item_id
    JOIN ballot_round r ON r.session_id = a.session_id
    """,
)


def downgrade() -> None:
    raise NotImplementedError("a secret ballot has no place in the tables before; restore a backup instead")
