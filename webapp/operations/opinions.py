"""Written opinions of absent members, entered with their scanned paper; relations that members declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import exists, select

from webapp.models import (
    AgendaItem,
    BallotMarker,
    BallotRound,
    Case,
    CouncilMembership,
    CouncilSession,
    DeclaredRelation,
    Nomination,
    Paper,
    SessionElector,
)
from webapp.operations.acting import Actor, Now
from webapp.operations.papers import Upload, add_paper_to
from webapp.operations.procedures.ballots import marks_of, running_round, write_open_votes
from webapp.operations.procedures.council import session_of
from webapp.operations.refusals import InvalidForm, NotFound, NotNow
from webapp.operations.rounds import mark_voted
from webapp.operations.sessions import (
    ballot_of,
    led,
    pass_over,
    refuse_after_ballot,
    refuse_by_correspondence,
    refuse_unless_voting,
)
from webapp.operations.steps import refuse_unless_active
from webapp.operations.transaction import Transaction, write
from webapp.queries.rounds import last_round, lines_of
from webapp.queries.standing import Standing
from workflows.council_events import OpinionEntered, RelationDeclared
from workflows.forms import Fault

ENTERERS = frozenset({"secretary"})
OPINION = "written_opinion"
"""The kind of the scanned paper; each is that of one member."""


def enter_opinion(
    code: str,
    membership: str,
    ballots: Sequence[Mapping[str, str]],
    paper: str,
    *,
    actor: Actor,
    now: Now,
) -> None:
    """Enter what an absent member has written, from their scanned paper (public id): until the vote is closed, and
    where all vote on paper until it is counted.

    It counts as the vote profile says, and is shown as what it is. Raises NotFound, Forbidden to all but the
    secretary, InvalidForm, NotNow("by_correspondence", "not_voting", "no_written_opinions", "has_voted", "passed_over",
    "is_present").
    """
    with write(actor, now) as transaction:
        case = led(transaction, code, ENTERERS)
        council_session = session_of(transaction, case)
        found = _round_taking_opinions(transaction, case, council_session)
        elector = _absent(council_session, membership)
        task = ballot_of(transaction, case, elector)
        refuse_after_ballot(found, elector, task)
        scan = _scan(transaction, case, elector, paper)
        marks = marks_of(transaction, elector, lines_of(found), ballots)
        mark_voted(transaction, found, elector, "written", scan.id)
        write_open_votes(transaction, found, elector, marks)
        transaction.log_case(
            case,
            OpinionEntered(
                round=found.public_id,
                person=elector.membership.person.public_id,
                paper=scan.public_id,
                sha256=scan.sha256,
            ),
        )
        if task is not None:
            pass_over(transaction, case, elector, task, "written")


def _round_taking_opinions(
    transaction: Transaction, case: Case, council_session: CouncilSession
) -> BallotRound:
    """The running round. Raises NotNow("not_voting") once it is closed, of paper ballots once they are counted."""
    refuse_by_correspondence(council_session)
    found = running_round(transaction, council_session)
    if found.medium != "paper":
        refuse_unless_voting(transaction, case)
    elif found.counted_at is not None:
        raise NotNow("not_voting")
    return found


def _scan(transaction: Transaction, case: Case, elector: SessionElector, paper: str) -> Paper:
    """The paper of this member: uploaded as an opinion by the actor, and not that of another member."""
    of_another = exists().where(
        BallotMarker.paper_id == Paper.id, BallotMarker.membership_id != elector.membership_id
    )
    found = transaction.session.scalar(
        select(Paper).where(
            Paper.public_id == paper,
            Paper.case_id == case.id,
            Paper.kind == OPINION,
            Paper.uploaded_by_id == transaction.actor.person_id,
            ~of_another,
        )
    )
    if found is None:
        raise InvalidForm([Fault("/paper", "required")])
    return found


def add_opinion_paper(code: str, upload: Upload, *, actor: Actor, now: Now) -> str:
    """Take in the scanned paper of a written opinion; returns its public id. Raises PaperRefused and as above."""

    def case_for(transaction: Transaction) -> Case:
        case = led(transaction, code, ENTERERS)
        _round_taking_opinions(transaction, case, session_of(transaction, case))
        return case

    return add_paper_to(case_for, upload, actor, now)


def may_enter_opinions(standing: Standing, case: Case) -> bool:
    """Whether a person may enter written opinions in a session."""
    return case.organiser_id in standing.units(*ENTERERS)


def _absent(council_session: CouncilSession, membership: str) -> SessionElector:
    if not council_session.profile["rule"]["written_opinions"]:
        raise NotNow("no_written_opinions")
    elector = next((e for e in council_session.voters if e.membership.public_id == membership), None)
    if elector is None:
        raise NotFound
    if elector.present:
        raise NotNow("is_present")
    elector.attendance = "absent"
    return elector


def declare_relation(code: str, nomination: str, *, actor: Actor, now: Now) -> None:
    """A member declares a relation to a nominee and stands aside; declaring it again does nothing.

    Raises NotFound, NotNow("has_voted").
    """
    with write(actor, now) as transaction:
        case, member, item_nomination = _own_seat(transaction, code, nomination)
        key = (member.id, item_nomination.id)
        if transaction.session.get(DeclaredRelation, key) is not None:
            return
        transaction.session.add(
            DeclaredRelation(
                membership_id=member.id, nomination_id=item_nomination.id, declared_at=transaction.now.at
            )
        )
        transaction.log_case(case, RelationDeclared(nomination=nomination, declared=True))


def take_back_relation(code: str, nomination: str, *, actor: Actor, now: Now) -> None:
    """A member takes back what they declared by mistake, before they vote. Raises NotFound, NotNow("has_voted")."""
    with write(actor, now) as transaction:
        case, member, item_nomination = _own_seat(transaction, code, nomination)
        declared = transaction.session.get(DeclaredRelation, (member.id, item_nomination.id))
        if declared is not None:
            transaction.session.delete(declared)
            transaction.log_case(case, RelationDeclared(nomination=nomination, declared=False))


def _own_seat(
    transaction: Transaction, code: str, nomination: str
) -> tuple[Case, CouncilMembership, Nomination]:
    """The session, locked, with the seat of the actor in it and the nomination on its agenda."""
    session = transaction.session
    case_id = session.scalar(select(Case.id).where(Case.code == code, Case.process == "council_vote"))
    if case_id is None:
        raise NotFound
    case = transaction.lock_case(case_id)
    seat = session.scalar(
        select(CouncilMembership)
        .join(SessionElector, SessionElector.membership_id == CouncilMembership.id)
        .join(CouncilSession, CouncilSession.id == SessionElector.session_id)
        .where(CouncilSession.case_id == case.id, CouncilMembership.person_id == transaction.actor.person_id)
    )
    found = session.scalar(
        select(Nomination)
        .join(AgendaItem, AgendaItem.nomination_id == Nomination.id)
        .join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
        .join(Case, Case.id == Nomination.case_id)
        .where(CouncilSession.case_id == case.id, Case.code == nomination)
    )
    if seat is None or found is None:
        raise NotFound
    refuse_unless_active(case)
    _refuse_after_voting(transaction, case, seat)
    return case, seat, found


def _refuse_after_voting(transaction: Transaction, case: Case, seat: CouncilMembership) -> None:
    session_id = transaction.session.execute(
        select(CouncilSession.id).where(CouncilSession.case_id == case.id)
    ).scalar_one()
    found = last_round(transaction.session, session_id)
    if found is None:
        return
    on_paper = select(SessionElector.on_paper).where(
        SessionElector.session_id == session_id, SessionElector.membership_id == seat.id
    )
    marker = select(BallotMarker.via).where(
        BallotMarker.round_id == found.id, BallotMarker.membership_id == seat.id
    )
    session = transaction.session
    if found.closed_at is not None or session.scalar(on_paper) or session.scalar(marker):
        raise NotNow("has_voted")
