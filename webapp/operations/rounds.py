"""Opens, voids and seals: what happens to a round of a council's vote as a whole."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import delete, func, or_, select, update

from webapp.ballot_keys import BallotKeys, ballot_keys, seal
from webapp.extensions import db
from webapp.models import (
    AgendaItem,
    BallotMarker,
    BallotRound,
    Case,
    CouncilSession,
    OutboxItem,
    RoundItem,
    SealedBallot,
    SessionElector,
)
from webapp.operations import hooks
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.purging import purge
from webapp.operations.refusals import NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.rounds import dossier_digests, last_round, lines_of
from workflows.council_events import BallotKeysDestroyed, RoundOpened, VoteVoided
from workflows.record import digest
from workflows.rules.groups import Mark
from workflows.rules.sheets import write_sheet

TRACKER_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
TRACKER_GROUPS = 3
GRACE = dt.timedelta(minutes=10)
"""A key is written before the row of its round is committed."""


@dataclass(frozen=True)
class Terms:
    """How a round is voted: by which kind of ballot, until when, and who counts paper ballots (membership ids)."""

    medium: str
    closes: dt.datetime
    counters: tuple[str, ...] = ()


def keys() -> BallotKeys:
    """The keys of this installation."""
    return ballot_keys(current_app.config["SETTINGS"].data_dir)


def open_round(
    transaction: Transaction,
    case: Case,
    council_session: CouncilSession,
    items: Iterable[AgendaItem],
    terms: Terms,
) -> BallotRound:
    """Open a round on these items: electorate, agenda with its dossiers and rule are frozen by digest.

    A secret ballot gets its key here.
    """
    session = transaction.session
    agenda = sorted(items, key=lambda item: item.position)
    _freeze_dossiers(transaction, agenda)
    secret = council_session.profile["rule"]["ballot"] == "secret" and terms.medium != "paper"
    opened = BallotRound(
        session_id=council_session.id,
        number=1 + _last_number(transaction, council_session),
        kind=_kind(transaction, council_session),
        medium=terms.medium,
        secret=council_session.profile["rule"]["ballot"] == "secret",
        electorate_digest=digest([e.membership.public_id for e in council_session.voters]),
        agenda_digest=digest([[item.nomination.case.code, item.dossier_digest] for item in agenda]),
        profile_digest=digest(council_session.profile),
        counters=list(terms.counters),
        opened_at=transaction.now.at,
        closes_at=terms.closes,
        items=[RoundItem(agenda_item_id=item.id) for item in agenda],
    )
    session.add(opened)
    session.flush()
    if secret:
        opened.public_key = _new_box(opened)
    council_session.electorate_digest = opened.electorate_digest
    council_session.opened_at = council_session.opened_at or transaction.now.at
    _log_opened(transaction, case, opened)
    return opened


def _new_box(opened: BallotRound) -> str:
    """The public key of a new ballot box. Raises NotNow("no_ballot_box") where its private half cannot be kept."""
    try:
        return keys().make(opened.public_id)
    except OSError as fault:
        raise NotNow("no_ballot_box") from fault


def _log_opened(transaction: Transaction, case: Case, opened: BallotRound) -> None:
    transaction.log_case(
        case,
        RoundOpened(
            round=opened.public_id,
            kind=opened.kind,
            medium=opened.medium,
            electorate_digest=opened.electorate_digest,
            agenda_digest=opened.agenda_digest,
            profile_digest=opened.profile_digest,
            public_key=opened.public_key,
        ),
    )


def _freeze_dossiers(transaction: Transaction, agenda: Iterable[AgendaItem]) -> None:
    items = list(agenda)
    digests = dossier_digests(transaction.session, [item.nomination.case for item in items])
    for item in items:
        item.dossier_digest = digests[item.nomination.case_id]


def _last_number(transaction: Transaction, council_session: CouncilSession) -> int:
    numbers = select(func.max(BallotRound.number)).where(BallotRound.session_id == council_session.id)
    return transaction.session.scalar(numbers) or 0


def _kind(transaction: Transaction, council_session: CouncilSession) -> str:
    if last_round(transaction.session, council_session.id) is not None:
        return "second"
    return "repeat" if _last_number(transaction, council_session) else "first"


def mark_voted(
    transaction: Transaction,
    found: BallotRound,
    elector: SessionElector,
    via: str,
    paper_id: int | None = None,
) -> None:
    """Note that a member has voted; the database lets nobody vote twice."""
    transaction.session.add(
        BallotMarker(
            round_id=found.id,
            membership_id=elector.membership_id,
            via=via,
            at=transaction.now.at,
            paper_id=paper_id,
        )
    )


def seal_ballot(transaction: Transaction, found: BallotRound, marks: Mapping[int, Mark]) -> str:
    """Lay a ballot sealed into the box and return its tracker, which nobody but its voter is shown."""
    assert found.public_key is not None
    tracker = "-".join(
        "".join(secrets.choice(TRACKER_LETTERS) for _ in range(4)) for _ in range(TRACKER_GROUPS)
    )
    body = write_sheet(tracker, [item.id for item in lines_of(found)], marks)
    transaction.session.add(SealedBallot(round_id=found.id, sealed=seal(found.public_key, body)))
    return tracker


def void_rounds(transaction: Transaction, case: Case, council_session: CouncilSession, reason: str) -> None:
    """Void the vote as it stands, all its rounds; they stay in the record, sealed ballots are never opened."""
    session = transaction.session
    standing = session.scalars(
        select(BallotRound).where(
            BallotRound.session_id == council_session.id, BallotRound.voided_at.is_(None)
        )
    ).all()
    for found in standing:
        found.voided_at, found.void_reason = transaction.now.at, reason
    _forget_sealed(transaction, standing)
    _drop_counts(transaction, case)
    for item in council_session.agenda:
        item.result = item.count = None
    council_session.closed_at = None
    transaction.log_case(
        case, VoteVoided(rounds=[found.public_id for found in standing]), private={"reason": reason}
    )


def _forget_sealed(transaction: Transaction, rounds: Iterable[BallotRound]) -> None:
    ids = [found.id for found in rounds]
    transaction.session.execute(delete(SealedBallot).where(SealedBallot.round_id.in_(ids)))


def _drop_counts(transaction: Transaction, case: Case) -> None:
    """What is still promised of a vote that is void must not count, nor steer, the next one."""
    of_case = or_(OutboxItem.case_id == case.id, OutboxItem.receiver_id == case.id)
    transaction.session.execute(
        update(OutboxItem)
        .where(
            of_case,
            OutboxItem.kind.in_(("count_votes", "votes_counted")),
            OutboxItem.status.not_in(("done", "dropped")),
        )
        .values(status="dropped", done_at=transaction.now.wall)
    )


@hooks.ended("council_vote")
def close_box(transaction: Transaction, case: Case) -> None:
    """A session that is cancelled while it votes: its ballots are never opened, and their key is destroyed."""
    rounds = transaction.session.scalars(
        select(BallotRound)
        .join(CouncilSession, CouncilSession.id == BallotRound.session_id)
        .where(CouncilSession.case_id == case.id, BallotRound.counted_at.is_(None))
    ).all()
    for found in rounds:
        found.voided_at = found.voided_at or transaction.now.at
    _forget_sealed(transaction, rounds)


def destroy_spent_keys(now: Now) -> int:
    """Destroy the keys of rounds that are counted or voided, and of none at all; returns how many.

    The ballots they opened are deleted already; what the database still holds of them on disk goes, too.
    """
    held = dict(keys().names())
    if not held:
        return 0
    needed = set(
        db.session.scalars(
            select(BallotRound.public_id).where(
                BallotRound.public_id.in_(held),
                BallotRound.counted_at.is_(None),
                BallotRound.voided_at.is_(None),
            )
        )
    )
    young = now.wall.timestamp() - GRACE.total_seconds()
    known = set(db.session.scalars(select(BallotRound.public_id).where(BallotRound.public_id.in_(held))))
    spent = sorted(
        name for name, made in held.items() if name not in needed and (name in known or made < young)
    )
    for name in spent:
        keys().destroy(name)
    if spent:
        purge("sealed_ballot")
        with write(SYSTEM, now) as transaction:
            transaction.log("system", BallotKeysDestroyed(rounds=spent))
    return len(spent)
